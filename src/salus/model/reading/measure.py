"""Reads one measure of `inputs:` or `measures:`."""

from __future__ import annotations

from collections.abc import Mapping

from salus.model.contracts import VALUE
from salus.model.curve import Scale, WordScale
from salus.model.expressions.expression import Expression
from salus.model.expressions.names import split_name
from salus.model.measure import Kind, Measure
from salus.model.reading import option_checks
from salus.model.reading.context import Numbers, ReadContext
from salus.model.reading.declaration import MeasureDeclaration
from salus.model.reading.scale import read_scale
from salus.model.source import Entity, Source
from salus.model.yaml.document import Scalar
from salus.model.yaml.language.measure import KINDS, KindRule
from salus.model.yaml.section import Fields

WITH_WORDS = ("latest", "value")


class MeasureReader:
    """Reads the measures of one file, which has this entity and these sources."""

    def __init__(self, entity: Entity, sources: Mapping[str, Source], context: ReadContext) -> None:
        self.entity, self.sources, self.context = entity, sources, context

    def read(
        self, key: Scalar, fields: Fields, dimension: str | None, numbers: Numbers
    ) -> Measure | None:
        """Read a measure; None if its kind can't be read. `dimension` is None for inputs."""
        declaration = MeasureDeclaration(key, fields, dimension, self.context)
        kind = declaration.kind()
        if kind is None:
            return None
        source, column = self._read_target(declaration, kind, KINDS[kind])
        where, of = (self.context.expression(fields, name) for name in ("where", "of"))
        option_checks.check_options(
            declaration, kind, column, self.sources.get(source or ""), (where, of)
        )
        if kind == "value" and column is not None:
            self._check_attribute(declaration, column)
        policy, hold = fields.get("if_missing", ("skip", 0))
        half_life = fields.get("half_life")
        return Measure(
            name=key.text,
            kind=kind,
            source=source,
            column=column,
            formula=self._read_formula(declaration, kind),
            of=of,
            where=where,
            within=fields.get("within"),
            baseline=fields.get("baseline"),
            open=kind == "oldest_open" or fields.get("open", False),
            per=self._read_divisor(declaration),
            ago=fields.get("ago", 0),
            at_least=fields.get("at_least", 1 if kind in ("trend", "median_gap") else 0),
            weighted_by=fields.get("weighted_by"),
            half_life=float(half_life) if half_life else None,
            working=fields.get("days") == "working",
            weight=fields.get("weight", 1.0),
            scale=self._read_scale(declaration, kind, numbers),
            if_missing=policy,
            hold=hold,
            dimension=dimension,
            line=key.place.line,
            column_of_line=key.place.column,
            label=fields.get("label"),
        )

    def _read_target(
        self, declaration: MeasureDeclaration, kind: Kind, rule: KindRule
    ) -> tuple[str | None, str | None]:
        """Return the source and the column; for `value` the attribute is the column."""
        text = declaration.fields.get(kind)
        if text is None or rule.reads == "formula":
            return None, None
        if rule.reads == "attribute":
            return None, str(text)
        (name, column), dot = split_name(str(text)), "." in str(text)
        place = declaration.fields.place_of(kind)
        known = self.context.check_declared(
            name, place, self.context.names.sources, f"{declaration.title} reads source"
        )
        if known and rule.reads == "source" and dot:
            self.context.error(
                place,
                f"`{kind}` in {declaration.title} reads whole facts, not a column",
                f"write {kind}: {name}",
            )
        if known and rule.reads == "column" and not column:
            self.context.error(
                place,
                f"`{kind}` in {declaration.title} needs a column",
                f"write {kind}: {name}.column",
            )
        return name, column or None

    def _check_attribute(self, declaration: MeasureDeclaration, column: str) -> None:
        names = self.context.names
        place = declaration.fields.place_of("value")
        if column not in names.attributes and column in (*names.measures, *names.inputs):
            self.context.error(
                place,
                f"`value` needs an attribute, but `{column}` isn't one",
                f'write formula: "{column}"',
            )
            return
        known = self.context.check_declared(
            column, place, names.attributes, f"{declaration.title} reads attribute"
        )
        history = self.entity.history
        kept = (history is not None and column in history.attributes([column])) or (
            column == VALUE and self.entity.valued_by_contracts
        )
        if known and declaration.fields.has("ago") and not kept:
            self.context.warning(
                declaration.fields.keys["ago"].place,
                f"{declaration.title} has no value, because earlier values of `{column}` aren't kept",
                "add history: {table: …, time: …} to the entity"
                if history is None
                else "add it to `fields` of the history",
            )

    def _read_formula(self, declaration: MeasureDeclaration, kind: Kind) -> Expression | None:
        return (
            self.context.expression(declaration.fields, kind, self.context.value_scope)
            if kind == "formula"
            else None
        )

    def _read_divisor(self, declaration: MeasureDeclaration) -> float | str | None:
        per: float | str | None = declaration.fields.get("per")
        if isinstance(per, str):
            self.context.check_declared(
                per,
                declaration.fields.place_of("per"),
                self.context.names.values,
                f"{declaration.title} is divided by",
            )
        return per

    def _read_scale(
        self, declaration: MeasureDeclaration, kind: Kind, numbers: Numbers
    ) -> Scale | None:
        if declaration.dimension is None:
            return None
        result = read_scale(declaration.title, declaration.fields, numbers, self.context)
        if isinstance(result, WordScale) and kind not in WITH_WORDS:
            declaration.error(
                "points",
                f"{declaration.title} is a number, but its points are for words",
                "use bad and good, or a curve",
            )
        return result
