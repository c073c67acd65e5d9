"""One line of `inputs:` or `measures:` → :class:`Measure`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salus.model.curve import Words
from salus.model.document import Scalar
from salus.model.expression import names
from salus.model.language import KINDS, OF_FACTS, OF_SOME, KindRule
from salus.model.measure import Kind, Measure
from salus.model.reading.context import Context, Scope
from salus.model.reading.scale import Numbers, scale
from salus.model.reading.source import OPEN_DAYS
from salus.model.section import Fields
from salus.model.source import Entity, Source

WITH_OPEN_DAYS = ("sum", "mean", "max")
WITH_WORDS = ("latest", "value")


class Line:
    """One line, while it is read: its kind decides which options fit."""

    def __init__(self, key: Scalar, fields: Fields, dimension: str | None, context: Context) -> None:
        self.key, self.fields, self.dimension, self.context = key, fields, dimension, context
        self.title = f"{'input' if dimension is None else 'measure'} `{key.text}`"

    def measure(self, entity: Entity, sources: Mapping[str, Source], numbers: Numbers) -> Measure | None:
        """The measure, or None when its kind can't be read."""
        kind = self._kind()
        if kind is None:
            return None
        rule = KINDS[kind]
        self._fitting(kind, rule)
        source, column = self._target(kind, rule)
        self._check_source(kind, column, sources.get(source or ""))
        self._check_attribute(kind, column, entity)
        self._check_spans(kind)
        policy, hold = self.fields.get("if_missing", ("skip", 0))
        points = scale(self.title, self.fields, numbers, self.context) if self.dimension is not None else None
        if isinstance(points, Words) and kind not in WITH_WORDS:
            self._error("points", f"{self.title} is a number, but has points of words", "use bad and good, or a curve")
        get = self.fields.get
        return Measure(self.key.text, kind, source, column, self._formula(kind), self._condition("of"),
                       self._condition("where"), get("within"), get("baseline"), get("open", False) or kind == "oldest_open",
                       self._per(), get("ago", 0), get("at_least", 1 if kind in ("trend", "median_gap") else 0),
                       get("weighted_by"), float(get("half_life")) if get("half_life") else None, get("days") == "working",
                       get("weight", 1.0), points, policy, hold, self.dimension, self.key.place.line, self.key.place.column)

    def _error(self, key: str, what: str, fix: str) -> None:
        place = self.fields.keys[key].place if key in self.fields.keys else self.fields.place
        self.context.error(place, what, fix)

    def _kind(self) -> Kind | None:
        found: list[Kind] = [kind for kind in KINDS if self.fields.says(kind)]
        if len(found) > 1:
            self._error(found[1], f"{self.title} has two kinds, `{found[0]}` and `{found[1]}`", "keep one; make the other an input")
        elif not found and not self.fields.strange:
            self._error("", f"{self.title} has no kind", f"add one of {', '.join(KINDS)}")
        return found[0] if len(found) == 1 else None

    def _fitting(self, kind: Kind, rule: KindRule) -> None:
        """Options that this kind can't use would be passed over in silence."""
        of_facts = OF_FACTS if rule.reads in ("source", "column", "either") else ()
        for option in (*OF_FACTS, *OF_SOME):
            if self.fields.says(option) and option not in of_facts and option not in rule.options:
                users = [name for name, other in KINDS.items() if option in other.options]
                fix = f"it goes with {', '.join(users)}" if users else f"`{kind}` reads no facts; remove it"
                self._error(option, f"`{option}` doesn't fit `{kind}` in {self.title}", fix)
        needed = {"share": ("of",), "trend": ("within", "baseline")}.get(kind, ())
        for option in needed:
            if not self.fields.says(option):
                self._error(kind, f"{self.title} needs `{option}`", f"add {option}: …")

    def _target(self, kind: Kind, rule: KindRule) -> tuple[str | None, str | None]:
        """The source and the column read; for `value` the attribute."""
        text = self.fields.get(kind)
        if text is None or rule.reads == "formula":
            return None, None
        if rule.reads == "attribute":
            return None, str(text)
        name, dot, column = str(text).partition(".")
        self.context.known(name, self.fields.at(kind), self.context.names.sources, f"{self.title} reads source")
        if rule.reads == "source" and dot:
            self.context.error(self.fields.at(kind), f"`{kind}` in {self.title} reads whole facts, not a column",
                               f"write {kind}: {name}")
        if rule.reads == "column" and not column:
            self.context.error(self.fields.at(kind), f"`{kind}` in {self.title} reads a column, and none is named",
                               f"write {kind}: {name}.column")
        return name, column or None

    def _check_source(self, kind: Kind, column: str | None, source: Source | None) -> None:
        if source is None:
            return
        if (self.fields.get("open") or kind == "oldest_open") and not source.ends:
            key = "open" if self.fields.get("open") else kind
            self._error(key, f"{self.title} asks for what is open, but source `{source.name}` has no `until`",
                        f"add until: … to source `{source.name}`")
        if self.fields.get("open") is False and kind == "oldest_open":
            self._error("open", f"{self.title} is about open facts only", "remove `open: false`")
        self._check_open_days(kind, column, source)
        moments = (source.time, source.recorded, source.until)
        if column and column in moments and column not in source.columns:
            self._check_moment(kind, column)

    def _check_open_days(self, kind: Kind, column: str | None, source: Source) -> None:
        place = self.fields.at(kind)
        if column == OPEN_DAYS and kind not in WITH_OPEN_DAYS:
            self.context.error(place, f"`{OPEN_DAYS}` goes with sum, mean and max, not with `{kind}`", "choose one of these")
        elif column == OPEN_DAYS and not source.ends:
            self.context.error(place, f"{self.title} asks for `{OPEN_DAYS}`, but source `{source.name}` has no `until`",
                               f"add until: … to source `{source.name}`")
        days = {"sum", "mean", "max"} & {kind}
        if self.fields.says("days") and days and column != OPEN_DAYS:
            self._error("days", f"{self.title} counts no days", f"`days` goes with {OPEN_DAYS}, days_since, oldest_open and median_gap")
        for key in ("where", "of"):
            condition = self._condition(key)
            if condition is not None and OPEN_DAYS in names(condition):
                self._error(key, f"`{OPEN_DAYS}` changes from day to day, so a condition can't ask for it", "use `within`, or an input")

    def _check_moment(self, kind: Kind, column: str) -> None:
        if kind in ("sum", "mean", "median", "trend"):
            self.context.error(self.fields.at(kind), f"`{column}` is a date; {self.title} needs numbers", "choose another column")
        elif kind in ("min", "max", "latest") and self.dimension is not None:
            self.context.error(self.fields.at(kind), f"{self.title} is a date, and dates have no points",
                               "make it an input, and score `as_of` less the input by a formula")

    def _check_attribute(self, kind: Kind, column: str | None, entity: Entity) -> None:
        if kind != "value" or column is None:
            return
        attributes = self.context.names.attributes
        if column not in attributes and column in (*self.context.names.measures, *self.context.names.inputs):
            self._error(kind, f"`value` reads an attribute, and `{column}` is a measure", f'write formula: "{column}"')
        elif self.context.known(column, self.fields.at(kind), attributes, f"{self.title} reads attribute"):
            if self.fields.says("ago") and entity.history is None:
                self.context.warning(self.fields.keys["ago"].place, f"{self.title} has no value: what `{column}` was is not kept",
                                     "add history: {table: …, time: …} to the entity")

    def _check_spans(self, kind: Kind) -> None:
        if kind == "trend":
            for key in ("within", "baseline"):
                days = self.fields.get(key)
                if days is not None and days % 7:
                    self.context.warning(self.fields.at(key), f"{days} days of {self.title} are no whole weeks, so weekends distort the trend",
                                         f"use {max(1, round(days / 7))}w")

    def _condition(self, key: str) -> Any:
        return self.context.expression(self.fields, key)

    def _formula(self, kind: Kind) -> Any:
        return self.context.expression(self.fields, kind, self._scope()) if kind == "formula" else None

    def _scope(self) -> Scope:
        return self.context.of_values()

    def _per(self) -> float | str | None:
        per: float | str | None = self.fields.get("per")
        if isinstance(per, str):
            self.context.known(per, self.fields.at("per"), self.context.names.values, f"{self.title} is divided by")
        return per
