"""What is known of each entity of the population at each date asked for: one cell an (entity,
date).

A cell holds every value, and for missing ones the last value that may stand in: `held` by the
measure's own `if_missing: hold`, `last` for the model's guard against scores that improve because
data stopped. Where the model smooths scores or has a dead zone, `past` is what the scores of the
days before bring along (scoring/timeline.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.facts.partials.requirements import PartialSpec
from salus.kernel.alive import find_alive
from salus.kernel.chunk import EntityChunk
from salus.kernel.sums import sum_alive
from salus.kernel.values import MeasureValues
from salus.model.curve import WordScale
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.periods.grid import Days, Grid

YEAR = 365  # days over which a dead zone may keep a band
CELLS = 200_000  # entity-days of one chunk: a measure's array is 1.6 MB and stays near


Rows = NDArray[np.int64] | slice


@dataclass(frozen=True)
class LastValue:
    """A value seen before: the value (NaN: none) and its day, by cell."""

    data: NDArray[np.float64]
    day: NDArray[np.int32]

    def at(self, rows: Rows) -> LastValue:
        """These rows, in this order."""
        return LastValue(self.data[rows], self.day[rows])


@dataclass(frozen=True)
class SmoothingState:
    """What the main scores of the days before bring to a cell: the rest of the smoothed mean, and
    the band so far.
    """

    total: NDArray[np.float64]  # Σ weight · score over the days before
    weight: NDArray[np.float64]  # Σ weight of those of them that have a score
    band: NDArray[np.int8]  # the band yesterday, where it can matter today; -1: it can't, or none

    def at(self, rows: Rows) -> SmoothingState:
        """These rows, in this order."""
        return SmoothingState(self.total[rows], self.weight[rows], self.band[rows])


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Arrays of one length. `entity` are positions in the list of entities, `day` the as-of
    dates.
    """

    entity: NDArray[np.int64]
    day: NDArray[np.int32]
    values: Mapping[
        str, MeasureValues
    ]  # one-dimensional: every measure, input and attribute that is used
    held: Mapping[str, LastValue]
    last: Mapping[str, LastValue]
    segment: NDArray[np.int16]  # position in the model's segments, -1: none
    capped: Mapping[str, NDArray[np.bool_]]  # cap name -> whether it holds
    past: SmoothingState | None = None  # of models that smooth or have a dead zone

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: Rows) -> Cells:
        """These rows, in this order."""
        values = {
            name: MeasureValues(one.data[rows], one.reason[rows], one.kind, one.words)
            for name, one in self.values.items()
        }
        return Cells(
            entity=self.entity[rows],
            day=self.day[rows],
            values=values,
            held={name: one.at(rows) for name, one in self.held.items()},
            last={name: one.at(rows) for name, one in self.last.items()},
            segment=self.segment[rows],
            capped={name: holds[rows] for name, holds in self.capped.items()},
            past=None if self.past is None else self.past.at(rows),
        )


def required_grid(model: Model, days: Days) -> Grid:
    """The dates that the scores of the days asked for depend on."""
    return Grid.daily_before(days, look_back(model))


def look_back(model: Model) -> int:
    """How many days before a date its scores depend on, beyond the windows of the measures."""
    return (YEAR if model.dead_zone else 0) + smoothed_before(model) + missing_before(model)


def smoothed_before(model: Model) -> int:
    """How many days before a date enter its smoothed score: with the date itself, four
    half-lives.
    """
    return 4 * model.smooth - 1 if model.smooth else 0


def missing_before(model: Model) -> int:
    """How many days before a date a hold or guard may look at."""
    return max((measure.hold + model.missing_guard for measure in model.measures), default=0)


def compute_cells(model: Model, known: FactSet, days: Days) -> Iterator[Cells]:
    """The cells of all entities for the days asked for, chunk by chunk of entities.

    The days before, which only a guard or hold looks at, are computed only for measures that are
    missing somewhere.
    """
    days = np.asarray(days, dtype=np.int32)
    grid, now = Grid.daily_before(days, missing_before(model)), Grid.of(days)
    if len(grid) <= 2 * len(now):
        now = grid
    count = len(known.attributes.ids)
    size = max(1, CELLS // max(len(grid), 1))
    for first in range(0, count, size):
        chunk = EntityChunk(model, known, now, first, min(first + size, count))
        yield _cells(
            chunk,
            chunk if now is grid else EntityChunk(model, known, grid, first, chunk.stop),
            days,
        )


def used_names(model: Model) -> tuple[str, ...]:
    """Measures, inputs, and the attributes that conditions and formulas read."""
    found = dict.fromkeys(measure.name for measure in model.everything)
    own = set(model.entity.readable)
    expressions = [
        *(segment.when for segment in model.segments),
        *(cap.when for cap in model.caps),
        *(measure.formula for measure in model.everything),
    ]
    attributes = {name for expression in expressions for name in find_names(expression)} & own
    attributes |= {
        measure.per for measure in model.everything if isinstance(measure.per, str)
    } & own
    attributes |= {m.column for m in model.everything if m.kind == "value" and m.column} & own
    return (*found, *sorted(attributes - set(found)))


def _cells(chunk: EntityChunk, before: EntityChunk, days: Days) -> Cells:
    """The cells of `chunk`; `before` are the same entities, with all the days that may stand in."""
    model = chunk.model
    asked = chunk.grid.index(days)
    there = _population(chunk, days, asked)
    entity, date = np.nonzero(there)
    columns = asked[date]

    everyone = bool(there.all()) and np.array_equal(asked, np.arange(len(chunk.grid)))

    def asked_of(array: NDArray[Any]) -> NDArray[Any]:
        return array.ravel() if everyone else array[entity, columns]

    def pick(values: MeasureValues) -> MeasureValues:
        return MeasureValues(
            asked_of(values.data), asked_of(values.reason), values.kind, values.words
        )

    segment = np.full(len(entity), -1, dtype=np.int16)
    for position in range(len(model.segments) - 1, -1, -1):
        segment[asked_of(chunk.condition(model.segments[position].when))] = position
    capped = {cap.name: asked_of(chunk.condition(cap.when)) for cap in model.caps}
    held, last = {}, {}
    for measure in model.measures:
        if measure.hold + model.missing_guard:
            held[measure.name], last[measure.name] = _stand_ins(
                chunk, before, measure, entity, columns
            )
    return Cells(
        entity=entity + chunk.first,
        day=days[date],
        values={name: pick(chunk.values(name)) for name in used_names(model)},
        held=held,
        last=last,
        segment=segment,
        capped=capped,
    )


def _population(chunk: EntityChunk, days: Days, asked: NDArray[np.integer]) -> NDArray[np.bool_]:
    entity, active = chunk.model.entity, chunk.active
    if active is not None:
        there = active[:, asked]
    elif entity.table is None:
        return _ever_known(chunk)[:, asked]
    else:
        there = np.ones((chunk.entities, len(days)), dtype=bool)
    if entity.starts:
        starts = np.floor(chunk.attribute(entity.starts).data[:, asked])
        there &= starts < days
    if entity.ends:
        ends = np.floor(chunk.attribute(entity.ends).data[:, asked])
        there &= np.isnan(ends) | (ends >= days)
    return there


def _ever_known(chunk: EntityChunk) -> NDArray[np.bool_]:
    """Without a table an entity is there from its first known fact on."""
    there = np.zeros((chunk.entities, len(chunk.grid)), dtype=bool)
    for source in chunk.model.sources:
        part = chunk.known.partials[PartialSpec(source, "newest")].part(chunk.first, chunk.stop)
        there |= (
            sum_alive(
                find_alive(part.entity, part["known"], part["known"], chunk.grid, chunk.entities)
            )
            > 0
        )
    return there


def _usable(chunk: EntityChunk, measure: Measure) -> NDArray[np.bool_]:
    values = chunk.values(measure.name)
    usable = ~np.isnan(values.data)
    if isinstance(measure.scale, WordScale):
        usable &= ~np.isnan(values.points(measure.scale, values.data))
    return usable


def _stand_ins(
    now: EntityChunk,
    chunk: EntityChunk,
    measure: Measure,
    entity: NDArray[np.int64],
    columns: NDArray[np.integer],
) -> tuple[LastValue, LastValue]:
    """The value held by the measure's own rule, and the one the guard may use; NaN where neither
    applies.
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
    missing = age > 0  # no usable value on the date itself
    held = missing & (age <= measure.hold)
    guarded = missing & ~held & (age <= measure.hold + chunk.model.missing_guard)
    return (
        LastValue(np.where(held, value, np.nan), day.astype(np.int32)),
        LastValue(np.where(guarded, value, np.nan), day.astype(np.int32)),
    )


def join_cells(parts: list[Cells], model: Model) -> Cells:
    """Cells of all chunks as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    names_ = parts[0].values if parts else {}
    vocabulary = {
        name: tuple(sorted({word for part in parts for word in part.values[name].words}))
        for name in names_
    }
    values = {
        name: _one([part.values[name] for part in parts], vocabulary[name]) for name in names_
    }
    return Cells(
        entity=np.concatenate([part.entity for part in parts]),
        day=np.concatenate([part.day for part in parts]),
        values=values,
        held=_stood_in([part.held for part in parts], parts, vocabulary),
        last=_stood_in([part.last for part in parts], parts, vocabulary),
        segment=np.concatenate([part.segment for part in parts]),
        capped={
            cap.name: np.concatenate([part.capped[cap.name] for part in parts])
            for cap in model.caps
        },
        past=_past([part.past for part in parts if part.past is not None]),
    )


def _past(several: list[SmoothingState]) -> SmoothingState | None:
    if not several:
        return None
    return SmoothingState(
        np.concatenate([one.total for one in several]),
        np.concatenate([one.weight for one in several]),
        np.concatenate([one.band for one in several]),
    )


def recode(
    data: NDArray[np.float64], words: tuple[str, ...], vocabulary: tuple[str, ...]
) -> NDArray[np.float64]:
    """Positions in `words` as positions in a larger `vocabulary`; numbers (no words) stay."""
    if words == vocabulary or not words:
        return data
    where = {word: position for position, word in enumerate(vocabulary)}
    table = np.array([where[word] for word in words] + [np.nan])
    return table[np.where(np.isnan(data), -1, data).astype(np.int64)]


def _one(values: list[MeasureValues], vocabulary: tuple[str, ...]) -> MeasureValues:
    data = [recode(one.data, one.words, vocabulary) for one in values]
    kind = next((one.kind for one in values if one.kind != "number"), "number")
    return MeasureValues(
        np.concatenate(data), np.concatenate([one.reason for one in values]), kind, vocabulary
    )


def _stood_in(
    several: list[Mapping[str, LastValue]],
    parts: list[Cells],
    vocabulary: Mapping[str, tuple[str, ...]],
) -> dict[str, LastValue]:
    found = {}
    for name in several[0] if several else ():
        data = [
            recode(one[name].data, part.values[name].words, vocabulary[name])
            for one, part in zip(several, parts, strict=True)
        ]
        found[name] = LastValue(
            np.concatenate(data), np.concatenate([one[name].day for one in several])
        )
    return found
