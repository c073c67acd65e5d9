"""How the model uses the columns of a table: as words, times or numbers. In files, where everything
is text, this decides their type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from salus.facts.partials.requirements import columns_read, id_columns
from salus.facts.rate_columns import USUAL_NAMES
from salus.model.contracts import RateTable
from salus.model.curve import WordScale
from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.model.measure import Measure
from salus.model.metrics import Quantity
from salus.model.model import Model, flag_value
from salus.model.source import Source
from salus.sources.files import Use

_SUMMED = ("sum", "mean", "trend", "median")
_EXTREME = ("min", "max", "latest")  # of numbers, if the points are those of numbers
AS_OF = "as_of"
Vote = tuple[str | None, Use]


def column_uses(model: Model, table: str) -> dict[str, Use | None]:
    """Every column of `table` that the model names, and how it is used (None: the model doesn't
    say).

    Declarations come first: keys and ids are text, `time` is a time, `sum` adds numbers. Then comes
    what the column is compared or computed with.
    """
    votes = [
        (name, use)
        for part in (_entity, _contracts, _sources, _outcomes, _links)
        for name, use in part(model, table)
        if name
    ]
    declared = dict(votes) | {
        name: use for name, use in votes if use == "end"
    }  # `until` may be a column that is also a time
    uses_by_name: dict[str, set[Use]] = {}
    for name, use in _usage_votes(model, table):
        if name:
            uses_by_name.setdefault(name, set()).add(use)
    unanimous = {name: next(iter(uses)) for name, uses in uses_by_name.items() if len(uses) == 1}
    ids: dict[str, Use] = dict.fromkeys(id_columns(model, table), "text")
    result = unanimous | declared | ids
    return {name: result.get(name) for name in columns_read(model, table)}


def _entity(model: Model, table: str) -> Iterator[Vote]:
    entity, history = model.entity, model.entity.history
    if history is not None and history.table == table:
        yield from ((history.time, "time"), (history.recorded, "time"))
        if history.changes is not None:
            changes = history.changes
            yield from ((changes.field, "text"), (changes.value, "text"), (changes.before, "text"))
    if table in (entity.table, entity.wide_history):
        yield from (
            (entity.label, "text"),
            (entity.owner, "text"),
            (entity.value, "number"),
            (entity.starts, "time"),
            (entity.ends, "end"),
        )
        if entity.renewal is not None:
            yield from ((column, "end") for column in entity.renewal.columns)


def _contracts(model: Model, table: str) -> Iterator[Vote]:
    contracts = model.entity.contracts
    if contracts is not None and contracts.table == table:
        yield from (
            (contracts.starts, "time"),
            (contracts.ends, "end"),
            (contracts.decided, "end"),
        )
        if contracts.value is not None:
            parts: list[tuple[ex.Expression, Use]] = [
                (contracts.value.amount, "amount"),
                (contracts.value.months, "number"),
            ]
            for part, use in parts:
                if isinstance(part, ex.Name):
                    yield part.name, use
            if isinstance(contracts.value.currency, ex.Name):
                yield contracts.value.currency.name, "text"
    if contracts is not None and contracts.rates is not None and contracts.rates.table == table:
        yield from _rates(contracts.rates)


def _rates(rates: RateTable) -> Iterator[Vote]:
    """The columns of exchange rates, under their usual names if the model doesn't name them."""
    uses: dict[str, Use] = {"date": "time", "currency": "text", "rate": "number"}
    for key, use in uses.items():
        name = getattr(rates, key)
        yield from ((each, use) for each in (USUAL_NAMES[key] if name is None else (name,)))
    if rates.to is not None:
        yield rates.to, "text"


def _sources_over(model: Model, table: str) -> Iterator[Source]:
    """The sources that read or look up in the table."""
    for source in model.sources.values():
        if table in (source.table, source.lookup.table if source.lookup else None):
            yield source


def _sources(model: Model, table: str) -> Iterator[Vote]:
    for source in _sources_over(model, table):
        lookup = source.lookup.time if source.lookup else None
        yield source.until, "end"
        for name in (source.time, source.recorded, source.until_recorded, lookup):
            yield name, "time"
        purchases = model.entity.purchases
        if (
            purchases is not None
            and purchases.source == source.name
            and purchases.amount not in source.columns
        ):
            yield purchases.amount, "amount"
        for measure in _measures(model, source):
            yield measure.weighted_by, "amount"
            if measure.kind in _SUMMED and measure.column not in source.columns:
                yield measure.column, "amount"
        for quantity in _quantities(model, source):
            if quantity.column not in source.columns:
                yield quantity.column, "amount"


def _outcomes(model: Model, table: str) -> Iterator[Vote]:
    for outcome in model.outcomes:
        if outcome.table == table:
            yield from (
                (outcome.time, "end"),
                (outcome.decided, "end"),
            )  # an empty day means that it hasn't happened


def _links(model: Model, table: str) -> Iterator[Vote]:
    for link in model.links.values():
        if link.table == table:
            yield link.time, "time"


def _measures(model: Model, source: Source) -> Iterator[Measure]:
    return (measure for measure in model.everything if measure.source == source.name)


def _quantities(model: Model, source: Source) -> Iterator[Quantity]:
    return (
        quantity for quantity in model.metrics.declared.values() if quantity.source == source.name
    )


def _usage_votes(model: Model, table: str) -> Iterator[Vote]:
    for source in _sources_over(model, table):
        measures = list(_measures(model, source))
        conditions = [
            source.where,
            *source.columns.values(),
            *(m.where for m in measures),
            *(m.of for m in measures),
            *(quantity.of for quantity in _quantities(model, source)),
        ]
        yield from _votes(conditions)
        for measure in measures:
            if _words(measure) or measure.kind == "count_distinct":
                yield measure.column, "text"
            elif (
                _numbers(measure)
                and measure.kind in _EXTREME
                and measure.column not in source.columns
            ):
                yield measure.column, "number"
    for outcome in model.outcomes:
        quiet = model.sources[outcome.quiet].table if outcome.quiet else None
        if table in (outcome.table, quiet, model.entity.table if outcome.flag else None):
            yield from _votes([outcome.where])
        if outcome.flag is not None and table == model.entity.table:
            yield from _constant_votes(
                outcome.flag, [ex.Constant(flag_value(value)) for value in outcome.values]
            )
    yield from _population_votes(model, table)
    if table in (model.entity.table, model.entity.wide_history):
        for measure in model.everything:
            if isinstance(measure.per, str):
                yield measure.per, "number"
            if measure.kind == "value" and (_words(measure) or _numbers(measure)):
                yield measure.column, "text" if _words(measure) else "number"
        yield from _votes(
            [
                *(m.formula for m in model.everything),
                *(cap.when for cap in model.caps),
                *(segment.when for segment in model.segments),
            ]
        )


def _population_votes(model: Model, table: str) -> Iterator[Vote]:
    """The conditions on who is in the population."""
    contracts = model.entity.contracts
    if table == model.entity.table:
        yield from _votes([model.entity.where])
    if contracts is not None and contracts.table == table:
        value = contracts.value
        yield from _votes(
            [contracts.where, *([value.amount, value.months] if value is not None else [])]
        )


def _words(measure: Measure) -> bool:
    """Whether the points are those of words. Points of only `true` and `false` don't count, because
    files write these in many ways.
    """
    return isinstance(measure.scale, WordScale) and not set(measure.scale.points) <= {
        "true",
        "false",
    }


def _numbers(measure: Measure) -> bool:
    return measure.scale is not None and not isinstance(measure.scale, WordScale)


def _votes(expressions: Iterable[ex.Expression | None]) -> Iterator[Vote]:
    for expression in expressions:
        for node in ex.walk(expression) if expression is not None else ():
            yield from _operand_votes(node)


def _operand_votes(node: ex.Expression) -> Iterator[Vote]:
    """How columns beside constants are used: compared with text, subtracted from a date,
    multiplied.
    """
    match node:
        case ex.Compare(_, ex.Name(name), other) | ex.Compare(_, other, ex.Name(name)):
            yield from _constant_votes(name, [other])
        case ex.In(ex.Name(name), options):
            yield from _constant_votes(name, options)
        case ex.Like(ex.Name(name), _):
            yield name, "text"
        case ex.Compute("-", ex.Name(a), ex.Name(b)) if AS_OF in (a, b):
            yield (b if a == AS_OF else a), "time"
        case ex.Compute("*" | "/", left, right):
            yield from (
                (side.name, "number") for side in (left, right) if isinstance(side, ex.Name)
            )
        case _:
            return


def _constant_votes(name: str, others: Iterable[ex.Expression]) -> Iterator[Vote]:
    for other in others:
        use = (
            _use(other.value)
            if isinstance(other, ex.Constant)
            else "time"
            if other == ex.Name(AS_OF)
            else None
        )
        if use is not None and name != AS_OF:
            yield name, use


def _use(value: float | str | bool | dt.date | None) -> Use | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, dt.date):
        return "time"
    if isinstance(value, str):
        return "text" if parse_local_time(value) is None else "time"
    return "number"
