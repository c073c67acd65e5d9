"""What each measure needs of its source: the shape of the partial, and its columns.

Five shapes, each one grouped query (reference: the kernel page of the docs):

    ever     (entity, known)               totals without a window: only the day a fact became known matters
    daily    (entity, begun, known)        totals with a window, active days, gaps, decay
    until    (entity, begun, known, ended) the same for facts that can end
    newest   (entity, known)               the newest day begun
    keys     (entity, key, begun[, known, ended]) distinct values of one column
    rows     every fact with a value of one column: medians, extremes, the latest
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.source import Source

OPEN_DAYS = "open_days"
RECENT = 31  # days in which a source that is alive has a fact
Mode = Literal["ever", "daily", "until", "newest", "keys", "rows"]


@dataclass(frozen=True)
class PartialSpec:
    """One partial of a source. `column` for keys and rows; `ending` when facts may end in it."""

    source: str
    mode: Mode
    column: str | None = None
    ending: bool = False


@dataclass(frozen=True)
class PartialColumn:
    """One column of a partial: how many rows (with a value of `column`), the sum of its values,
    products or weights.

    `where` are conditions that all hold. In `rows` partials a cell is the truth of its conditions.
    """

    what: Literal["rows", "value", "weight", "product"]
    column: str | None = None
    weight: str | None = None
    where: tuple[ex.Expression, ...] = ()


@dataclass(frozen=True)
class MeasureColumns:
    """A measure's partial and the cells it reads by their role: count, total, weight, part."""

    shape: PartialSpec
    cells: Mapping[str, PartialColumn]


def required_columns(measure: Measure) -> MeasureColumns:
    """What `measure`, of a kind that reads a source, needs."""
    assert measure.source is not None
    where = (measure.where,) if measure.where is not None else ()
    count = PartialColumn(
        "rows", measure.column if measure.column != OPEN_DAYS else None, measure.weighted_by, where
    )
    shape = PartialSpec(measure.source, _mode(measure), _key(measure), _ending(measure))
    return MeasureColumns(shape, {"count": count, **_further(measure, where)})


def count_columns(measure: Measure) -> MeasureColumns | None:
    """Where `at_least` counts facts that the measure's own partial has merged: distinct keys,
    newest days.
    """
    mode = _mode(measure)
    if measure.at_least <= 1 or mode not in ("keys", "newest"):
        return None
    assert measure.source is not None
    plain: Mode = "ever" if measure.within is None else "daily"
    shape = PartialSpec(
        measure.source, "until" if _ending(measure) else plain, None, _ending(measure)
    )
    return MeasureColumns(shape, {"count": required_columns(measure).cells["count"]})


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


def _further(measure: Measure, where: tuple[ex.Expression, ...]) -> dict[str, PartialColumn]:
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
    """All that one partial must hold: its cells, and how many days back from the first as-of date
    it reaches.
    """

    shape: PartialSpec
    cells: tuple[PartialColumn, ...]
    reach: int | None  # None: to the very first fact
    only_open: bool  # every measure aggregates what is open
    only_latest: bool = False  # every measure counts distinct values: of two days of one, the later
    reaches: tuple[
        int | None, ...
    ] = ()  # the same as `reach` of each cell: of the measures that read it

    def alias(self, cell: PartialColumn) -> str:
        return f"c{self.cells.index(cell)}"


def required_partials(model: Model) -> dict[PartialSpec, PartialColumns]:
    """The partials the model needs, each with everything its measures read.

    Every source has a `newest` or a `daily`: one of them tells whether the source is alive.
    """
    found: dict[PartialSpec, list[tuple[Measure | None, tuple[PartialColumn, ...]]]] = {}
    for measure in (*model.everything, *filter(None, [model.activity])):
        if measure.source is not None:
            for one in filter(None, (required_columns(measure), count_columns(measure))):
                found.setdefault(one.shape, []).append((measure, tuple(one.cells.values())))
    nobody = model.entity.table is None  # then whoever was ever known is part of the population
    for source in model.sources:
        newest = PartialSpec(source, "newest")
        if nobody or newest in found or PartialSpec(source, "daily") not in found:
            found[newest] = [(None, (PartialColumn("rows"),)), *found.get(newest, [])]
    return {
        shape: _wanted(shape, users, nobody and shape.mode == "newest")
        for shape, users in found.items()
        if shape.source in _read(model)
    }


def _read(model: Model) -> frozenset[str]:
    """Sources that a measure reads; all of them make up the population where the entity has no
    table.
    """
    if model.entity.table is None:
        return frozenset(model.sources)
    quiet = {outcome.quiet for outcome in model.outcomes if outcome.quiet}
    active = {model.entity.active.source} if model.entity.active else set()
    return frozenset(m.source for m in model.everything if m.source is not None) | quiet | active


def _wanted(
    shape: PartialSpec, users: list[tuple[Measure | None, tuple[PartialColumn, ...]]], whole: bool
) -> PartialColumns:
    cells: dict[PartialColumn, list[int | None]] = {}
    for measure, several in users:
        for cell in several:
            cells.setdefault(cell, []).extend([] if measure is None else [_reach(measure)])
    measures = [measure for measure, _ in users if measure is not None]
    reach = None if whole or shape.mode == "ever" else _furthest(map(_reach, measures))
    only_open = bool(measures) and all(measure.open for measure in measures)
    only_latest = bool(measures) and all(measure.kind == "count_distinct" for measure in measures)
    return PartialColumns(
        shape, tuple(cells), reach, only_open, only_latest, tuple(map(_furthest, cells.values()))
    )


def _furthest(reaches: Iterable[int | None]) -> int | None:
    """How far back the measure goes that goes furthest."""
    several = list(reaches)
    return (
        None
        if None in several
        else max((reach for reach in several if reach is not None), default=RECENT)
    )


def _reach(measure: Measure) -> int | None:
    return None if measure.within is None else measure.within + (measure.baseline or 0)


def columns_read(model: Model, table: str) -> frozenset[str]:
    """Every column of `table` that the model names, wherever: nothing else is ever read."""
    entity = model.entity
    found: set[str] = set()
    if entity.table == table:
        found.update(entity.columns)
    if entity.history and entity.history.table == table:
        found.update(_named([entity.key, entity.history.time, entity.history.recorded]))
        found.update(entity.readable)
    for source in model.sources.values():
        if table in (source.table, source.lookup.table if source.lookup else None):
            found |= source_columns(model, source) | metric_columns(model, source)
    for outcome in model.outcomes:
        if outcome.table == table:
            found.update(
                _named([outcome.key, outcome.time, outcome.decided]), ex.find_names(outcome.where)
            )
        if outcome.flag is not None and entity.table == table:
            found.update([outcome.flag], ex.find_names(outcome.where))
        if outcome.quiet is not None and model.sources[outcome.quiet].table == table:
            found |= ex.find_names(outcome.where) - set(model.sources[outcome.quiet].columns)
    return frozenset(found)


def source_columns(model: Model, source: Source) -> frozenset[str]:
    """Raw columns that a source and the measures reading it name, of its table or its lookup's."""
    found = set(
        _named(
            [
                source.key,
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
        found.update(_named([source.lookup.on, source.lookup.time]))
    read: set[str] = set(ex.find_names(source.where))
    for measure in model.everything:
        if measure.source == source.name:
            read |= ex.find_names(measure.where) | ex.find_names(measure.of)
            read.update(_named([measure.column, measure.weighted_by]))
    if model.entity.purchases is not None and model.entity.purchases.source == source.name:
        read.add(model.entity.purchases.amount)
    for expression in source.columns.values():
        read |= ex.find_names(expression)
    return frozenset((found | read) - set(source.columns) - {OPEN_DAYS})


def metric_columns(model: Model, source: Source) -> frozenset[str]:
    """Raw columns of a source that only `metrics:` needs; scores and what is kept for them don't
    depend on these.
    """
    read = [
        ex.find_names(quantity.value)
        for quantity in model.metrics.declared.values()
        if quantity.source == source.name
    ]
    return frozenset().union(*read) - set(source.columns)


def _named(names: Iterable[str | None]) -> list[str]:
    return [name for name in names if name]


def id_columns(model: Model, table: str) -> frozenset[str]:
    """Columns of `table` that are keys or ids: always text, so that leading zeros stay."""
    entity = model.entity
    found: set[str | None] = set()
    if entity.table == table or (entity.history and entity.history.table == table):
        found.add(entity.key)
    for source in model.sources.values():
        if table in (source.table, source.lookup.table if source.lookup else None):
            found |= {
                source.key,
                source.id,
                source.until_group,
                source.lookup.on if source.lookup else None,
            }
    for outcome in model.outcomes:
        if outcome.table == table:
            found.add(outcome.key)
    return frozenset(name for name in found if name)
