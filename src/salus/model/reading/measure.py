"""One line of `inputs:` or `measures:` → :class:`Measure`."""

from __future__ import annotations

from collections.abc import Mapping

from salus.model.curve import Scale, WordScale
from salus.model.expressions.expression import Expression
from salus.model.expressions.names import split
from salus.model.measure import Kind, Measure
from salus.model.reading import option_checks
from salus.model.reading.context import Numbers, ReadContext
from salus.model.reading.line import MeasureDeclaration
from salus.model.reading.scale import scale
from salus.model.source import Entity, Source
from salus.model.yaml.document import Scalar
from salus.model.yaml.language.measure import KINDS, KindRule
from salus.model.yaml.section import Fields

WITH_WORDS = ("latest", "value")


class MeasureReader:
    """Reads the lines of one file: they name its entity's attributes and its sources."""

    def __init__(self, entity: Entity, sources: Mapping[str, Source], context: ReadContext) -> None:
        self.entity, self.sources, self.context = entity, sources, context

    def measure(
        self, key: Scalar, fields: Fields, dimension: str | None, numbers: Numbers
    ) -> Measure | None:
        """The measure, or None when its kind can't be read. `dimension` is None for inputs."""
        line = MeasureDeclaration(key, fields, dimension, self.context)
        kind = line.kind()
        if kind is None:
            return None
        source, column = self._target(line, kind, KINDS[kind])
        where, of = (self.context.expression(fields, name) for name in ("where", "of"))
        option_checks.check(line, kind, column, self.sources.get(source or ""), (where, of))
        if kind == "value" and column is not None:
            self._attribute(line, column)
        policy, hold = fields.get("if_missing", ("skip", 0))
        half_life = fields.get("half_life")
        return Measure(
            name=key.text,
            kind=kind,
            source=source,
            column=column,
            formula=self._formula(line, kind),
            of=of,
            where=where,
            within=fields.get("within"),
            baseline=fields.get("baseline"),
            open=kind == "oldest_open" or fields.get("open", False),
            per=self._per(line),
            ago=fields.get("ago", 0),
            at_least=fields.get("at_least", 1 if kind in ("trend", "median_gap") else 0),
            weighted_by=fields.get("weighted_by"),
            half_life=float(half_life) if half_life else None,
            working=fields.get("days") == "working",
            weight=fields.get("weight", 1.0),
            scale=self._scale(line, kind, numbers),
            if_missing=policy,
            hold=hold,
            dimension=dimension,
            line=key.place.line,
            column_of_line=key.place.column,
        )

    def _target(
        self, line: MeasureDeclaration, kind: Kind, rule: KindRule
    ) -> tuple[str | None, str | None]:
        """The source and the column read; for `value` the attribute."""
        text = line.fields.get(kind)
        if text is None or rule.reads == "formula":
            return None, None
        if rule.reads == "attribute":
            return None, str(text)
        (name, column), dot = split(str(text)), "." in str(text)
        place = line.fields.at(kind)
        known = self.context.known(
            name, place, self.context.names.sources, f"{line.title} reads source"
        )
        if known and rule.reads == "source" and dot:
            self.context.error(
                place,
                f"`{kind}` in {line.title} reads whole facts, not a column",
                f"write {kind}: {name}",
            )
        if known and rule.reads == "column" and not column:
            self.context.error(
                place,
                f"`{kind}` in {line.title} needs a column",
                f"write {kind}: {name}.column",
            )
        return name, column or None

    def _attribute(self, line: MeasureDeclaration, column: str) -> None:
        names = self.context.names
        place = line.fields.at("value")
        if column not in names.attributes and column in (*names.measures, *names.inputs):
            self.context.error(
                place,
                f"`value` needs an attribute, but `{column}` isn't one",
                f'write formula: "{column}"',
            )
            return
        known = self.context.known(column, place, names.attributes, f"{line.title} reads attribute")
        if known and line.fields.says("ago") and self.entity.history is None:
            self.context.warning(
                line.fields.keys["ago"].place,
                f"{line.title} has no value, because earlier values of `{column}` aren't kept",
                "add history: {table: …, time: …} to the entity",
            )

    def _formula(self, line: MeasureDeclaration, kind: Kind) -> Expression | None:
        return (
            self.context.expression(line.fields, kind, self.context.of_values)
            if kind == "formula"
            else None
        )

    def _per(self, line: MeasureDeclaration) -> float | str | None:
        per: float | str | None = line.fields.get("per")
        if isinstance(per, str):
            self.context.known(
                per, line.fields.at("per"), self.context.names.values, f"{line.title} is divided by"
            )
        return per

    def _scale(self, line: MeasureDeclaration, kind: Kind, numbers: Numbers) -> Scale | None:
        if line.dimension is None:
            return None
        result = scale(line.title, line.fields, numbers, self.context)
        if isinstance(result, WordScale) and kind not in WITH_WORDS:
            line.error(
                "points",
                f"{line.title} is a number, but its points are for words",
                "use bad and good, or a curve",
            )
        return result
