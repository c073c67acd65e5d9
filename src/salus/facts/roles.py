"""How the model uses each column, and which kinds of values fit. This is the only place that says
so.

Conditions and formulas have a rule of their own (model/expressions/kinds.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salus.facts.partials.requirements import OPEN_DAYS
from salus.model.contracts import Contracts, RateTable
from salus.model.curve import Scale, WordScale
from salus.model.expressions.expression import Compute, Constant, Expression, Name
from salus.model.expressions.kinds import NUMBER, Kind
from salus.model.link import Link
from salus.model.measure import Measure
from salus.model.model import Model, Outcome
from salus.model.source import FieldChanges, Source
from salus.model.yaml.places import Path

Needs = tuple[Kind, ...]
ANY: Needs = ("text", "number", "bool", "date")
KEY: Needs = ("text", "number", "date")  # true and false can't identify an entity
DATE: Needs = ("date",)
MONEY: Needs = ("number",)
WORDS: Needs = ("text", "number", "bool")
NO_TEXT: Needs = ("number", "bool", "date")
_SUMMED = ("sum", "mean", "median", "trend")
_EXTREME = ("min", "max", "latest")


@dataclass(frozen=True)
class Role:
    """A column and its use: where the model says so, which tables may have the column, which kinds
    fit.
    """

    path: Path
    title: str  # "`ends` of the entity"
    tables: tuple[str, ...]
    column: str
    needs: Needs


def entity_roles(model: Model) -> Iterator[Role]:
    """Columns of the entity's table and of its history."""
    entity, history = model.entity, model.entity.history
    if entity.table is None:
        return
    own = (entity.table,)
    both = (*own, *filter(None, [entity.wide_history]))
    yield Role(("entity", "key"), "`key` of the entity", own, entity.key, KEY)
    named = {"label": ANY, "owner": ANY, "value": MONEY, "starts": DATE, "ends": DATE}
    for key, needs in named.items():
        column = getattr(entity, key)
        if column and not (key == "value" and entity.valued_by_contracts):
            yield Role(
                ("entity", key),
                f"`{key}` of the entity",
                both if column in entity.readable else own,
                column,
                needs,
            )
    for key in ("decide_by", "term_end"):
        column = getattr(entity.renewal, key, None)
        if column and entity.renewal is not None and column in entity.renewal.columns:
            yield Role(("entity", "renewal", key), f"`{key}` of the entity", both, column, DATE)
    for place, column in enumerate(entity.attributes):
        yield Role(("entity", "attributes", place), f"attribute `{column}`", both, column, ANY)
    if history is not None:
        title = "of the entity's history"
        path: Path = ("entity", "history", "key") if history.key else ("entity", "key")
        for name in entity.history_key_columns:
            yield Role(path, f"`key` {title}", (history.table,), name, KEY)
        yield Role(
            ("entity", "history", "time"), f"`time` {title}", (history.table,), history.time, DATE
        )
        if history.recorded:
            yield Role(
                ("entity", "history", "recorded"),
                f"`recorded` {title}",
                (history.table,),
                history.recorded,
                DATE,
            )
        if history.changes is not None:
            yield from _change_roles(entity.table, history.table, history.changes)


def _change_roles(entity: str, table: str, changes: FieldChanges) -> Iterator[Role]:
    """The columns of changes of fields. Their attributes are columns of the entity's table."""
    path, title = ("entity", "history"), "of the entity's history"
    yield Role((*path, "field"), f"`field` {title}", (table,), changes.field, ("text",))
    for key, column in (("value", changes.value), ("before", changes.before)):
        if column:
            yield Role((*path, key), f"`{key}` {title}", (table,), column, ANY)
    for attribute, _ in changes.names:
        yield Role(
            (*path, "fields", attribute), f"field `{attribute}` {title}", (entity,), attribute, ANY
        )


def contract_roles(contracts: Contracts) -> Iterator[Role]:
    """The columns of the entity's contracts, except those in the condition."""
    path, tables = ("entity", "contracts"), (contracts.table,)
    for column in contracts.key_columns:
        yield Role((*path, "key"), "`key` of the contracts", tables, column, KEY)
    for key in ("starts", "ends", "decided"):
        column = getattr(contracts, key)
        if column:
            yield Role((*path, key), f"`{key}` of the contracts", tables, column, DATE)


def contract_expressions(contracts: Contracts) -> Iterator[CheckedExpression]:
    """The condition and the arithmetic over rows of the contracts."""
    path, value = ("entity", "contracts"), contracts.value
    if contracts.where is not None:
        yield CheckedExpression((*path, "where"), "`where` of the contracts", contracts.where)
    if value is not None:
        for key, part in {"amount": value.amount, "per": value.months}.items():
            numeric = Compute("*", part, Constant(1.0))
            yield CheckedExpression((*path, key), f"`{key}` of the contracts", numeric, truth=False)


def currency_roles(contracts: Contracts) -> Iterator[Role]:
    """The column of the currency of the amounts."""
    currency = None if contracts.value is None else contracts.value.currency
    if isinstance(currency, Name):
        yield Role(
            ("entity", "contracts", "currency"),
            "`currency` of the contracts",
            (contracts.table,),
            currency.name,
            ("text",),
        )


def rate_roles(rates: RateTable) -> Iterator[Role]:
    """The columns of the exchange rates, all of them named."""
    needs: dict[str, Needs] = {
        "date": DATE,
        "currency": ("text",),
        "rate": MONEY,
        "to": ("text",),
    }
    for key, kinds in needs.items():
        column = getattr(rates, key)
        if column is not None:
            yield Role(
                ("entity", "contracts", "rates"),
                f"`{key}` of the exchange rates",
                (rates.table,),
                column,
                kinds,
            )


def source_roles(model: Model, source: Source) -> Iterator[Role]:
    """The columns that a source names, except those in conditions."""
    path, title = ("sources", source.name), f"of source `{source.name}`"
    own, lookup = (source.table,), source.lookup
    both = own if lookup is None else (source.table, lookup.table)
    yield Role((*path, "time"), f"`time` {title}", own, source.time, DATE)
    for column in source.key_columns:
        yield Role((*path, "key"), f"`key` {title}", both, column, KEY)
    for key, needs in {"recorded": DATE, "until": DATE, "until_recorded": DATE, "id": ANY}.items():
        column = getattr(source, key)
        if column:
            yield Role((*path, key), f"`{key}` {title}", both, column, needs)
    if source.until_group:
        yield Role((*path, "until"), f"`until` {title}", both, source.until_group, ANY)
    if lookup is not None:
        for table in own if lookup.path is not None else both:
            yield Role(
                (*path, "lookup", "on"), f"`on` of the lookup {title}", (table,), lookup.column, KEY
            )
        if model.finds_by_entity(source):
            title_ = f"key of the rows in the lookup {title}"
            yield Role((*path, "lookup", "on"), title_, (lookup.table,), model.entity.key, KEY)
        if lookup.time:
            yield Role(
                (*path, "lookup", "time"),
                f"`time` of the lookup {title}",
                (lookup.table,),
                lookup.time,
                DATE,
            )


def link_roles(link: Link) -> Iterator[Role]:
    """The columns of a link's table."""
    path, title = ("links", link.name), f"of link `{link.name}`"
    for key, column in (("from", link.source.column), ("to", link.to.expression.column)):
        yield Role((*path, key), f"`{key}` {title}", (link.table,), column, KEY)
    if link.time:
        yield Role((*path, "time"), f"`time` {title}", (link.table,), link.time, DATE)


def outcome_roles(model: Model, outcome: Outcome) -> Iterator[Role]:
    """The columns of an outcome's table, or the flag in the entity's table."""
    path, title = ("outcomes", outcome.name), f"of outcome `{outcome.name}`"
    if outcome.flag is not None and model.entity.table is not None:
        yield Role((*path, "flag"), f"`flag` {title}", (model.entity.table,), outcome.flag, ANY)
    if outcome.table is not None:
        for column in outcome.key_columns:
            yield Role((*path, "key"), f"`key` {title}", (outcome.table,), column, KEY)
        for key, needs in {"time": DATE, "decided": DATE}.items():
            column = getattr(outcome, key)
            if column:
                yield Role((*path, key), f"`{key}` {title}", (outcome.table,), column, needs)


def measured_roles(model: Model, source: Source) -> Iterator[Role]:
    """The columns of a source that measures, metrics and purchases read, except those in
    conditions.
    """
    tables = (source.table,) if source.lookup is None else (source.table, source.lookup.table)
    for measure in model.everything:
        if measure.source != source.name:
            continue
        title = measure_title(measure)
        if measure.column and measure.column != OPEN_DAYS:
            yield Role(
                measure_path(measure, measure.kind),
                title,
                tables,
                measure.column,
                _needs(model, measure),
            )
        if measure.weighted_by:
            yield Role(
                measure_path(measure, "weighted_by"),
                f"`weighted_by` of {title}",
                tables,
                measure.weighted_by,
                NUMBER,
            )
    purchases = model.entity.purchases
    if purchases is not None and purchases.source == source.name and purchases.amount:
        yield Role(
            ("entity", "purchases"), "`purchases` of the entity", tables, purchases.amount, MONEY
        )


def metric_roles(model: Model, source: Source) -> Iterator[Role]:
    """The columns of a source that `metrics:` reads."""
    tables = (source.table,) if source.lookup is None else (source.table, source.lookup.table)
    for name, quantity in model.metrics.declared.items():
        if quantity.source == source.name and quantity.column:
            yield Role(("metrics", name), f"metric `{name}`", tables, quantity.column, MONEY)


@dataclass(frozen=True)
class CheckedExpression:
    """A condition (or a formula, if not `truth`), and where the model has it."""

    path: Path
    title: str  # "`where` of source `use`"
    expression: Expression
    truth: bool = True


def source_expressions(model: Model, source: Source) -> Iterator[CheckedExpression]:
    """The conditions over facts of a source, its own `where` first."""
    if source.where is not None:
        yield CheckedExpression(
            ("sources", source.name, "where"), f"`where` of source `{source.name}`", source.where
        )
    for measure in model.everything:
        if measure.source == source.name:
            for key, condition in (("where", measure.where), ("of", measure.of)):
                if condition is not None:
                    yield CheckedExpression(
                        measure_path(measure, key),
                        f"`{key}` of {measure_title(measure)}",
                        condition,
                    )


def entity_expressions(model: Model) -> Iterator[CheckedExpression]:
    """The conditions and formulas that read attributes and measures."""
    for measure in model.everything:
        if measure.formula is not None:
            yield CheckedExpression(
                measure_path(measure, "formula"),
                f"`formula` of {measure_title(measure)}",
                measure.formula,
                truth=False,
            )
    for segment in model.segments:
        yield CheckedExpression(
            ("segments", segment.name, "when"), f"`when` of segment `{segment.name}`", segment.when
        )
    for place, cap in enumerate(model.caps):
        yield CheckedExpression(("caps", place, "when"), f"`when` of cap `{cap.name}`", cap.when)


def measure_title(measure: Measure) -> str:
    """The name of a measure or input in messages."""
    return f"measure `{measure.name}`" if measure.scored else f"input `{measure.name}`"


def measure_path(measure: Measure, key: str) -> Path:
    """The path of a key of a measure or input in the model."""
    if measure.dimension is None:
        return ("inputs", measure.name, key)
    return ("dimensions", measure.dimension, "measures", measure.name, key)


def scales(model: Model, measure: Measure) -> Iterator[Scale]:
    """The scales of a measure: its own, and those of segments."""
    if measure.scale is not None:
        yield measure.scale
        yield from (
            segment.scales[measure.name]
            for segment in model.segments
            if measure.name in segment.scales
        )


def value_needs(model: Model, measure: Measure) -> Needs:
    """The kinds of values that the points of a measure accept; of an input all that may be shown."""
    needs = set(ANY)
    for scale in scales(model, measure):
        needs &= set(WORDS if isinstance(scale, WordScale) else NUMBER)
    if measure.per is not None:
        needs &= set(NUMBER)
    return tuple(kind for kind in (*NUMBER, "text", "date") if kind in needs)


def _needs(model: Model, measure: Measure) -> Needs:
    if measure.kind in _SUMMED:
        return NUMBER
    return value_needs(model, measure) if measure.kind in _EXTREME else ANY
