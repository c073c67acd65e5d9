"""What each measure needs of its source: the kind of partial, and its columns.

There are six kinds of partials, each with one grouped query (reference: the kernel page of the
docs):

    ever     (entity, known)               sums without a window: only the day a fact became known matters
    daily    (entity, begun, known)        sums with a window, active days, gaps, decay
    until    (entity, begun, known, ended) the same for facts that can end
    newest   (entity, known)               the newest day begun
    keys     (entity, key, begun[, known, ended]) distinct values of one column
    rows     every fact with a value of one column: medians, extremes, the latest
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from salus.facts.rate_columns import USUAL_NAMES
from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.source import Source

OPEN_DAYS = "open_days"
RECENT = 31  # a source that is alive has a fact within so many days
Mode = Literal["ever", "daily", "until", "newest", "keys", "rows"]


@dataclass(frozen=True)
class PartialSpec:
    """One partial of a source. `column` is for keys and rows; `ending` if its facts may end."""

    source: str
    mode: Mode
    column: str | None = None
    ending: bool = False


@dataclass(frozen=True)
class PartialColumn:
    """One column of a partial: the number of rows (with a value of `column`), or the sum of its
    values, products or weights.

    All conditions in `where` must hold. In `rows` partials a cell says whether they do.
    """

    what: Literal["rows", "value", "weight", "product"]
    column: str | None = None
    weight: str | None = None
    where: tuple[ex.Expression, ...] = ()


@dataclass(frozen=True)
class MeasureColumns:
    """The partial of a measure, and the cells it reads by their role: count, total, weight, part."""

    spec: PartialSpec
    cells: Mapping[str, PartialColumn]


def required_columns(measure: Measure) -> MeasureColumns:
    """What `measure` needs; its kind must read a source."""
    assert measure.source is not None
    where = (measure.where,) if measure.where is not None else ()
    count = PartialColumn(
        "rows", measure.column if measure.column != OPEN_DAYS else None, measure.weighted_by, where
    )
    spec = PartialSpec(measure.source, _mode(measure), _key(measure), _ending(measure))
    return MeasureColumns(spec, {"count": count, **_further_columns(measure, where)})


def count_columns(measure: Measure) -> MeasureColumns | None:
    """What `at_least` needs where the measure's own partial doesn't hold single facts: distinct
    keys, newest days. None elsewhere.
    """
    mode = _mode(measure)
    if measure.at_least <= 1 or mode not in ("keys", "newest"):
        return None
    assert measure.source is not None
    plain: Mode = "ever" if measure.within is None else "daily"
    spec = PartialSpec(
        measure.source, "until" if _ending(measure) else plain, None, _ending(measure)
    )
    return MeasureColumns(spec, {"count": required_columns(measure).cells["count"]})


def _ending(measure: Measure) -> bool:
    return measure.open or measure.column == OPEN_DAYS


def _key(measure: Measure) -> str | None:
    return measure.column if _mode(measure) in ("keys", "rows") else None


def _mode(measure: Measure) -> Mode:
    if measure.kind in ("count_distinct", "active_days") and measure.column:
        return "keys"
    if measure.kind in ("median", "min", "max", "latest") and measure.column != OPEN_DAYS:
        return "rows"
    if _ending(measure):
        return "until"
    if measure.kind == "days_since" and measure.within is None:
        return "newest"
    dated = measure.within is not None or measure.half_life is not None
    return "daily" if dated or measure.kind in ("active_days", "median_gap", "trend") else "ever"


def _further_columns(
    measure: Measure, where: tuple[ex.Expression, ...]
) -> dict[str, PartialColumn]:
    column, weight = measure.column, measure.weighted_by
    if measure.kind == "share" and measure.of is not None:
        return {"part": PartialColumn("rows", None, None, (*where, measure.of))}
    if column == OPEN_DAYS:
        return {"weight": PartialColumn("weight", None, weight, where)} if weight else {}
    if measure.kind == "mean" and weight:
        return {
            "total": PartialColumn("product", column, weight, where),
            "weight": PartialColumn("weight", column, weight, where),
        }
    if measure.kind in ("sum", "mean", "trend") and column:
        return {"total": PartialColumn("value", column, None, where)}
    return {}


@dataclass(frozen=True)
class PartialColumns:
    """Everything one partial must hold: its cells, and how many days before the first as-of date it
    reaches.
    """

    spec: PartialSpec
    cells: tuple[PartialColumn, ...]
    reach: int | None  # None: back to the first fact
    only_open: bool  # every measure reads only open facts
    only_latest: bool = (
        False  # every measure counts distinct values: only the latest day of each counts
    )
    reaches: tuple[int | None, ...] = ()  # the `reach` of each cell, from the measures that read it

    def alias(self, cell: PartialColumn) -> str:
        return f"c{self.cells.index(cell)}"


def required_partials(model: Model) -> dict[PartialSpec, PartialColumns]:
    """The partials the model needs, each with everything its measures read.

    Every source has a `newest` or a `daily` partial, which shows whether the source is alive.
    """
    users_by_spec: dict[PartialSpec, list[tuple[Measure | None, tuple[PartialColumn, ...]]]] = {}
    for measure in (*model.everything, *filter(None, [model.activity])):
        if measure.source is not None:
            for columns in filter(None, (required_columns(measure), count_columns(measure))):
                users_by_spec.setdefault(columns.spec, []).append(
                    (measure, tuple(columns.cells.values()))
                )
    without_table = (
        model.entity.table is None
    )  # then every entity ever known is part of the population
    for source in model.sources:
        newest = PartialSpec(source, "newest")
        if (
            without_table
            or newest in users_by_spec
            or PartialSpec(source, "daily") not in users_by_spec
        ):
            users_by_spec[newest] = [
                (None, (PartialColumn("rows"),)),
                *users_by_spec.get(newest, []),
            ]
    return {
        spec: _merge_columns(spec, users, without_table and spec.mode == "newest")
        for spec, users in users_by_spec.items()
        if spec.source in _sources_read(model)
    }


def _sources_read(model: Model) -> frozenset[str]:
    """The sources that a measure reads. If the entity has no table, all sources, because they make
    up the population.
    """
    if model.entity.table is None:
        return frozenset(model.sources)
    quiet = {outcome.quiet for outcome in model.outcomes if outcome.quiet}
    active = {model.entity.active.source} if model.entity.active else set()
    return frozenset(m.source for m in model.everything if m.source is not None) | quiet | active


def _merge_columns(
    spec: PartialSpec, users: list[tuple[Measure | None, tuple[PartialColumn, ...]]], whole: bool
) -> PartialColumns:
    cells: dict[PartialColumn, list[int | None]] = {}
    for measure, cells_read in users:
        for cell in cells_read:
            cells.setdefault(cell, []).extend([] if measure is None else [_reach(measure)])
    measures = [measure for measure, _ in users if measure is not None]
    reach = None if whole or spec.mode == "ever" else _furthest(map(_reach, measures))
    only_open = bool(measures) and all(measure.open for measure in measures)
    only_latest = bool(measures) and all(measure.kind == "count_distinct" for measure in measures)
    return PartialColumns(
        spec, tuple(cells), reach, only_open, only_latest, tuple(map(_furthest, cells.values()))
    )


def _furthest(reach_days: Iterable[int | None]) -> int | None:
    """The longest reach of several measures."""
    known_reaches = list(reach_days)
    return (
        None
        if None in known_reaches
        else max((reach for reach in known_reaches if reach is not None), default=RECENT)
    )


def _reach(measure: Measure) -> int | None:
    return None if measure.within is None else measure.within + (measure.baseline or 0)


def columns_read(model: Model, table: str) -> frozenset[str]:
    """Every column of `table` that the model names anywhere. Nothing else is ever read."""
    entity = model.entity
    columns: set[str] = set()
    if entity.table == table:
        columns.update(entity.columns, ex.find_names(entity.where))
    if entity.history and entity.history.table == table:
        columns.update(entity.history_key_columns, entity.history.own_columns)
        columns.update(entity.readable if entity.wide_history else ())
    contracts = entity.contracts
    if contracts is not None and contracts.table == table:
        columns.update(
            _given([*contracts.key_columns, contracts.starts, contracts.ends, contracts.decided]),
            ex.find_names(contracts.where),
            contracts.value_columns,
        )
    columns.update(_rate_columns(model, table))
    for source in model.sources.values():
        if table in (source.table, source.lookup.table if source.lookup else None):
            columns |= source_columns(model, source) | metric_columns(model, source)
            if model.finds_by_entity(source, table):
                columns.add(entity.key)
    for outcome in model.outcomes:
        if outcome.table == table:
            columns.update(
                _given([*outcome.key_columns, outcome.time, outcome.decided]),
                ex.find_names(outcome.where),
            )
        if outcome.flag is not None and entity.table == table:
            columns.update([outcome.flag], ex.find_names(outcome.where))
        if outcome.quiet is not None and model.sources[outcome.quiet].table == table:
            columns |= ex.find_names(outcome.where) - set(model.sources[outcome.quiet].columns)
    columns.update(_link_columns(model, table))
    return frozenset(columns)


def _rate_columns(model: Model, table: str) -> Iterator[str]:
    """The columns of a table of exchange rates. Where the model doesn't name one, every usual name
    of it is read.
    """
    rates = None if model.entity.contracts is None else model.entity.contracts.rates
    if rates is not None and rates.table == table:
        for key, usual in USUAL_NAMES.items():
            name = getattr(rates, key)
            yield from usual if name is None else (name,)
        yield from _given([rates.to])


def _link_columns(model: Model, table: str) -> Iterator[str]:
    """The columns of `table` that links read."""
    for link in model.links.values():
        if link.table == table:
            yield from _given([link.source.column, link.to.expression.column, link.time])


def source_columns(model: Model, source: Source) -> frozenset[str]:
    """The raw columns that a source and its measures name, of its table or its lookup's."""
    declared = set(
        _given(
            [
                *source.key_columns,
                source.time,
                source.id,
                source.recorded,
                source.until,
                source.until_group,
                source.until_recorded,
            ]
        )
    )
    if source.lookup:
        declared.update(_given([source.lookup.column, source.lookup.time]))
    read: set[str] = set(ex.find_names(source.where))
    for measure in model.everything:
        if measure.source == source.name:
            read |= ex.find_names(measure.where) | ex.find_names(measure.of)
            read.update(_given([measure.column, measure.weighted_by]))
    if model.entity.purchases is not None and model.entity.purchases.source == source.name:
        read.add(model.entity.purchases.amount)
    for expression in source.columns.values():
        read |= ex.find_names(expression)
    return frozenset((declared | read) - set(source.columns) - {OPEN_DAYS})


def metric_columns(model: Model, source: Source) -> frozenset[str]:
    """The raw columns of a source that only `metrics:` needs. Scores and kept partials don't depend
    on them.
    """
    read = [
        ex.find_names(quantity.value)
        for quantity in model.metrics.declared.values()
        if quantity.source == source.name
    ]
    return frozenset().union(*read) - set(source.columns)


def _given(names: Iterable[str | None]) -> list[str]:
    return [name for name in names if name]


def id_columns(model: Model, table: str) -> frozenset[str]:
    """The columns of `table` that are keys or ids. They are always text, so that leading zeros
    stay.
    """
    entity = model.entity
    columns: set[str | None] = set()
    if entity.table == table:
        columns.add(entity.key)
    if entity.history and entity.history.table == table:
        columns.update(entity.history_key_columns)
    if entity.contracts is not None and entity.contracts.table == table:
        columns.update(entity.contracts.key_columns)
    for source in model.sources.values():
        if table in (source.table, source.lookup.table if source.lookup else None):
            columns |= {
                *source.key_columns,
                source.id,
                source.until_group,
                source.lookup.column if source.lookup else None,
            }
            if model.finds_by_entity(source, table):
                columns.add(entity.key)
    for outcome in model.outcomes:
        if outcome.table == table:
            columns.update(outcome.key_columns)
    for link in model.links.values():
        if link.table == table:
            columns |= {link.source.column, link.to.expression.column}
    return frozenset(name for name in columns if name)
