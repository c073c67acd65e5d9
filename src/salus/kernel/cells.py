"""The values of each entity of the population at each date asked for: one cell per (entity, date).

A cell holds the value of every measure. Where a value is missing it holds the last value that may
replace it: `held` by the measure's own `if_missing: hold`, `last` for the model's `missing_guard`,
which keeps scores from improving because data stopped. Where the model smooths scores or has a dead
zone, `past` holds what the scores of earlier days contribute (scoring/timeline.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.facts.partials.requirements import PartialSpec
from salus.kernel.alive import FactDays, find_alive
from salus.kernel.chunk import EntityChunk
from salus.kernel.sums import sum_alive
from salus.kernel.values import MeasureValues
from salus.model.contracts import VALUE
from salus.model.curve import WordScale
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.periods.grid import Days, Grid

YEAR = 365  # days over which a dead zone may keep a band
CELLS = (
    100_000  # entity-days of one chunk: an array of a measure takes 0.8 MB and stays in the cache
)


Rows = NDArray[np.int64] | slice


@dataclass(frozen=True)
class LastValue:
    """The last value before a date: the value (NaN: none) and its day, by cell."""

    data: NDArray[np.float64]
    day: NDArray[np.int32]

    def at(self, rows: Rows) -> LastValue:
        """These rows, in this order."""
        return LastValue(self.data[rows], self.day[rows])


class FromScratchError(Exception):
    """Earlier scores can't be continued, or it would take as long as computing all days."""


@dataclass(frozen=True)
class LastUsable:
    """The last usable value of a measure up to some date: the value (NaN: none; a position in `words`
    for texts) and its day, by entity.
    """

    data: NDArray[np.float64]
    day: NDArray[np.int32]
    words: tuple[str, ...] = ()

    def at(self, rows: Rows) -> LastUsable:
        """These rows, in this order."""
        return LastUsable(self.data[rows], self.day[rows], self.words)


@dataclass(frozen=True)
class SmoothingState:
    """What the main scores of earlier days contribute to a cell: the rest of the smoothed mean, and
    the band so far.
    """

    total: NDArray[np.float64]  # Σ weight · score over the days before
    weight: NDArray[np.float64]  # Σ weight over those of them that have a score
    band: NDArray[
        np.int8
    ]  # yesterday's band, where it can matter today; -1: there is none, or it can't

    def at(self, rows: Rows) -> SmoothingState:
        """These rows, in this order."""
        return SmoothingState(self.total[rows], self.weight[rows], self.band[rows])


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Arrays of the same length. `entity` holds positions in the list of entities, `day` holds
    as-of dates.
    """

    entity: NDArray[np.int64]
    day: NDArray[np.int32]
    values: Mapping[
        str, MeasureValues
    ]  # every measure, input and attribute that is used, one value per cell
    held: Mapping[str, LastValue]
    last: Mapping[str, LastValue]
    segment: NDArray[np.int16]  # position in the model's segments, -1: none
    capped: Mapping[str, NDArray[np.bool_]]  # cap name -> whether it applies
    past: SmoothingState | None = None  # only for models that smooth scores or have a dead zone

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: Rows) -> Cells:
        """These rows, in this order."""
        values = {
            name: MeasureValues(each.data[rows], each.reason[rows], each.kind, each.words)
            for name, each in self.values.items()
        }
        return Cells(
            entity=self.entity[rows],
            day=self.day[rows],
            values=values,
            held={name: value.at(rows) for name, value in self.held.items()},
            last={name: value.at(rows) for name, value in self.last.items()},
            segment=self.segment[rows],
            capped={name: holds[rows] for name, holds in self.capped.items()},
            past=None if self.past is None else self.past.at(rows),
        )


def required_grid(model: Model, days: Days) -> Grid:
    """The dates whose values the scores of `days` depend on."""
    return Grid.daily_before(days, look_back(model))


def look_back(model: Model) -> int:
    """How many earlier days a score depends on, beyond the windows of the measures."""
    return (YEAR if model.dead_zone else 0) + smoothed_before(model) + missing_before(model)


def smoothed_before(model: Model) -> int:
    """How many earlier days enter a smoothed score: together with the date itself, four half-lives."""
    return 4 * model.smooth - 1 if model.smooth else 0


def missing_before(model: Model) -> int:
    """How many earlier days `if_missing: hold` or `missing_guard` may look at."""
    return max((measure.hold + model.missing_guard for measure in model.measures), default=0)


def compute_cells(model: Model, facts: FactSet, days: Days) -> Iterator[Cells]:
    """The cells of all entities for `days`, one chunk of entities at a time.

    Earlier days, which only `hold` and `missing_guard` look at, are computed only for measures that
    are missing somewhere.
    """
    days = np.asarray(days, dtype=np.int32)
    grid, now = Grid.daily_before(days, missing_before(model)), Grid.of(days)
    if len(grid) <= 2 * len(now):
        now = grid
    for first, stop in _ranges(facts, grid):
        chunk = EntityChunk(model, facts, now, first, stop)
        before = chunk if now is grid else EntityChunk(model, facts, grid, first, stop)
        yield _cells(
            chunk, days, lambda measure, *at, c=chunk, b=before: _find_stand_ins(c, b, measure, *at)
        )


def compute_next_cells(
    model: Model, facts: FactSet, days: Days, earlier: Mapping[str, LastUsable]
) -> Iterator[Cells]:
    """The same for `days` that follow one another, from the last usable values of the days before
    them. `earlier` has one value per entity for each measure that may use it.

    The chunks are those that `compute_cells` has for the last day and all that its score depends on.
    Raises FromScratchError where a text of `earlier` isn't among the facts.
    """
    days = np.asarray(days, dtype=np.int32)
    grid = Grid.daily_before(days[-1:], smoothed_before(model) + missing_before(model))
    for first, stop in _ranges(facts, grid):
        chunk = EntityChunk(model, facts, Grid.of(days), first, stop)
        part = {name: last.at(slice(first, stop)) for name, last in earlier.items()}
        yield _cells(
            chunk,
            days,
            lambda measure, *at, c=chunk, p=part: _continue_stand_ins(
                c, p[measure.name], measure, *at
            ),
        )


def last_usable(model: Model, cells: Cells) -> dict[str, LastUsable]:
    """The last usable value of each measure that `if_missing: hold` or `missing_guard` may use, for
    cells of one date: that of the date itself, else the earlier one that the cell uses.
    """
    result = {}
    for measure in model.measures:
        if measure.name not in cells.held:
            continue
        values = cells.values[measure.name]
        held, last = cells.held[measure.name], cells.last[measure.name]
        usable = _is_usable(values, measure)
        is_held = ~np.isnan(held.data)
        data = np.where(usable, values.data, np.where(is_held, held.data, last.data))
        day = np.where(usable, cells.day, np.where(is_held, held.day, last.day))
        day = np.where(np.isnan(data), np.int32(-(2**30)), day)
        result[measure.name] = LastUsable(data, day.astype(np.int32), values.words)
    return result


def _ranges(facts: FactSet, grid: Grid) -> Iterator[tuple[int, int]]:
    """The entities of each chunk."""
    count, size = len(facts.attributes.ids), max(1, CELLS // max(len(grid), 1))
    for first in range(0, count, size):
        yield first, min(first + size, count)


def used_names(model: Model) -> tuple[str, ...]:
    """The measures and inputs, then the attributes that conditions and formulas read."""
    own_names = dict.fromkeys(measure.name for measure in model.everything)
    readable = {*model.entity.readable, *([VALUE] if model.entity.valued_by_contracts else [])}
    expressions = [
        *(segment.when for segment in model.segments),
        *(cap.when for cap in model.caps),
        *(measure.formula for measure in model.everything),
    ]
    attributes = {name for expression in expressions for name in find_names(expression)} & readable
    attributes |= {
        measure.per for measure in model.everything if isinstance(measure.per, str)
    } & readable
    attributes |= {m.column for m in model.everything if m.kind == "value" and m.column} & readable
    return (*own_names, *sorted(attributes - set(own_names)))


def _cells(
    chunk: EntityChunk, days: Days, stand_ins: Callable[..., tuple[LastValue, LastValue]]
) -> Cells:
    """The cells of `chunk`. `stand_ins` gives the last values of a measure for the cells at rows and
    columns of the chunk.
    """
    model = chunk.model
    dates = chunk.grid.index(days)
    population = _population(chunk, days, dates)
    entity, date = np.nonzero(population)
    columns = dates[date]

    all_cells = bool(population.all()) and np.array_equal(dates, np.arange(len(chunk.grid)))

    def select(array: NDArray[Any]) -> NDArray[Any]:
        return array.ravel() if all_cells else array[entity, columns]

    def select_values(values: MeasureValues) -> MeasureValues:
        return MeasureValues(select(values.data), select(values.reason), values.kind, values.words)

    segment = np.full(len(entity), -1, dtype=np.int16)
    for position in range(len(model.segments) - 1, -1, -1):
        segment[select(chunk.condition(model.segments[position].when))] = position
    capped = {cap.name: select(chunk.condition(cap.when)) for cap in model.caps}
    held, last = {}, {}
    for measure in model.measures:
        if measure.hold + model.missing_guard:
            held[measure.name], last[measure.name] = stand_ins(measure, entity, columns)
    return Cells(
        entity=entity + chunk.first,
        day=days[date],
        values={name: select_values(chunk.values(name)) for name in used_names(model)},
        held=held,
        last=last,
        segment=segment,
        capped=capped,
    )


def _population(chunk: EntityChunk, days: Days, dates: NDArray[np.integer]) -> NDArray[np.bool_]:
    entity, active, contracted = chunk.model.entity, chunk.active, chunk.contracted
    if active is not None:
        present = active[:, dates]
    elif contracted is not None:
        present = contracted[:, dates]
    elif entity.table is None:
        return _ever_known(chunk)[:, dates]
    else:
        present = np.ones((chunk.entities, len(days)), dtype=bool)
    if entity.starts:
        starts = np.floor(chunk.attribute(entity.starts).data[:, dates])
        present &= starts < days
    if entity.ends:
        ends = np.floor(chunk.attribute(entity.ends).data[:, dates])
        present &= np.isnan(ends) | (ends >= days)
    return present


def _ever_known(chunk: EntityChunk) -> NDArray[np.bool_]:
    """Without a table of its own, an entity belongs to the population from its first known fact on."""
    present = np.zeros((chunk.entities, len(chunk.grid)), dtype=bool)
    for source in chunk.model.sources:
        part = chunk.facts.partials[PartialSpec(source, "newest")].part(chunk.first, chunk.stop)
        present |= (
            sum_alive(
                find_alive(
                    FactDays(part.entity, part["known"], part["known"]), chunk.grid, chunk.entities
                )
            )
            > 0
        )
    return present


def _usable(chunk: EntityChunk, measure: Measure) -> NDArray[np.bool_]:
    return _is_usable(chunk.values(measure.name), measure)


def _is_usable(values: MeasureValues, measure: Measure) -> NDArray[np.bool_]:
    usable = ~np.isnan(values.data)
    if isinstance(measure.scale, WordScale):
        usable &= ~np.isnan(values.points(measure.scale, values.data))
    return usable


def _find_stand_ins(
    now: EntityChunk,
    chunk: EntityChunk,
    measure: Measure,
    entity: NDArray[np.int64],
    columns: NDArray[np.integer],
) -> tuple[LastValue, LastValue]:
    """The value that the measure's own `hold` keeps, and the one that `missing_guard` may use; NaN
    where neither applies.
    """
    today = now.grid.days[columns]
    if _usable(now, measure)[entity, columns].all():
        nothing = LastValue(np.full(len(today), np.nan), today)
        return nothing, nothing
    index = np.where(
        _usable(chunk, measure), np.arange(len(chunk.grid), dtype=np.int32), np.int32(-1)
    )
    at = np.maximum.accumulate(index, axis=1)[
        entity, chunk.grid.index(today)
    ]  # the last date with a usable value
    day = np.where(at >= 0, chunk.grid.days[at], np.int32(-(2**30)))
    age = today - day
    value = np.where(at >= 0, chunk.values(measure.name).data[entity, at], np.nan)
    held, guarded = _may_use(age, measure, chunk.model)
    return _stand_ins(value, day, held, guarded)


def _may_use(
    age: NDArray[np.int32], measure: Measure, model: Model
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where `hold` uses a value of this age, in days, and where `missing_guard` does."""
    missing = age > 0  # no usable value on the date itself
    held = missing & (age <= measure.hold)
    return held, missing & ~held & (age <= measure.hold + model.missing_guard)


def _stand_ins(
    value: NDArray[np.float64],
    day: NDArray[np.int32],
    held: NDArray[np.bool_],
    guarded: NDArray[np.bool_],
) -> tuple[LastValue, LastValue]:
    return (
        LastValue(np.where(held, value, np.nan), day.astype(np.int32)),
        LastValue(np.where(guarded, value, np.nan), day.astype(np.int32)),
    )


def _continue_stand_ins(
    chunk: EntityChunk,
    earlier: LastUsable,
    measure: Measure,
    entity: NDArray[np.int64],
    columns: NDArray[np.integer],
) -> tuple[LastValue, LastValue]:
    """The same from the chunk's own days, which follow one another, and the last usable values
    before them.
    """
    values, today = chunk.values(measure.name), chunk.grid.days[columns]
    index = np.where(
        _usable(chunk, measure), np.arange(len(chunk.grid), dtype=np.int32), np.int32(-1)
    )
    at = np.maximum.accumulate(index, axis=1)[entity, columns]
    day = np.where(at >= 0, chunk.grid.days[at], earlier.day[entity])
    data = recode(earlier.data, earlier.words, values.words)
    value = np.where(at >= 0, values.data[entity, at], data[entity])
    held, guarded = _may_use(today - day, measure, chunk.model)
    if np.isnan(value[held | guarded]).any():
        raise FromScratchError(measure.name)
    return _stand_ins(value, day, held, guarded)


def join_cells(parts: list[Cells], model: Model) -> Cells:
    """The cells of all chunks as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    names = parts[0].values if parts else {}
    vocabulary = {
        name: tuple(sorted({word for part in parts for word in part.values[name].words}))
        for name in names
    }
    values = {
        name: _join_values([part.values[name] for part in parts], vocabulary[name])
        for name in names
    }
    return Cells(
        entity=np.concatenate([part.entity for part in parts]),
        day=np.concatenate([part.day for part in parts]),
        values=values,
        held=_join_stand_ins([part.held for part in parts], parts, vocabulary),
        last=_join_stand_ins([part.last for part in parts], parts, vocabulary),
        segment=np.concatenate([part.segment for part in parts]),
        capped={
            cap.name: np.concatenate([part.capped[cap.name] for part in parts])
            for cap in model.caps
        },
        past=_join_past([part.past for part in parts if part.past is not None]),
    )


def _join_past(states: list[SmoothingState]) -> SmoothingState | None:
    if not states:
        return None
    return SmoothingState(
        np.concatenate([state.total for state in states]),
        np.concatenate([state.weight for state in states]),
        np.concatenate([state.band for state in states]),
    )


def recode(
    data: NDArray[np.float64], words: tuple[str, ...], vocabulary: tuple[str, ...]
) -> NDArray[np.float64]:
    """Positions in `words` as positions in another `vocabulary`, NaN for words that it lacks; numbers
    (no words) stay as they are.
    """
    if words == vocabulary or not words:
        return data
    where = {word: position for position, word in enumerate(vocabulary)}
    table = np.array([where.get(word, np.nan) for word in words] + [np.nan])
    return table[np.where(np.isnan(data), -1, data).astype(np.int64)]


def _join_values(values: list[MeasureValues], vocabulary: tuple[str, ...]) -> MeasureValues:
    data = [recode(each.data, each.words, vocabulary) for each in values]
    kind = next((each.kind for each in values if each.kind != "number"), "number")
    return MeasureValues(
        np.concatenate(data), np.concatenate([each.reason for each in values]), kind, vocabulary
    )


def _join_stand_ins(
    stand_ins: list[Mapping[str, LastValue]],
    parts: list[Cells],
    vocabulary: Mapping[str, tuple[str, ...]],
) -> dict[str, LastValue]:
    joined = {}
    for name in stand_ins[0] if stand_ins else ():
        data = [
            recode(values[name].data, part.values[name].words, vocabulary[name])
            for values, part in zip(stand_ins, parts, strict=True)
        ]
        joined[name] = LastValue(
            np.concatenate(data), np.concatenate([values[name].day for values in stand_ins])
        )
    return joined
