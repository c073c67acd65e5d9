"""Continues from the scores of an earlier date: what that date leaves to the next one, and the scores
of the next one from it.

What is left: the daily scores that enter later means, the band and since when scores settle it, and
the last usable value of each measure that `hold` or `missing_guard` may use. So only the days after
the earlier date are computed. Entities that weren't part of the population on it, or whose facts of
earlier days have changed, are computed from all their days. The result is the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.kernel.cells import (
    Cells,
    FromScratchError,
    LastUsable,
    LastValue,
    SmoothingState,
    compute_cells,
    compute_next_cells,
    join_cells,
    last_usable,
    recode,
    smoothed_before,
)
from salus.model.model import Model
from salus.periods.grid import Days, Grid
from salus.scoring.dead_zone import NEVER, NO_BAND, BandState, DeadZone
from salus.scoring.score import score, score_uncapped
from salus.scoring.scored import Floats, Scored
from salus.scoring.subset import subset
from salus.scoring.timeline import (
    DailyScores,
    EntityFacts,
    FactsOf,
    TableBands,
    find_bands_before,
    find_unsettled,
    settle_bands,
)

FEW = 100  # entities that are computed from all their facts although others aren't
SHARE = 0.05  # the same as a share of all entities
Positions = NDArray[np.int64]
#: The position of a range's first entity, the range's ids, cells of some of its entities, and what
#: their days contribute.
RangePart = tuple[int, tuple[str, ...], "Cells", "DayContribution"]


@dataclass(frozen=True)
class KnownOfSources:
    """What is known of whole sources: for each the days on which facts became known and the newest day
    begun by then, and the sources with rows whose key is not an entity.
    """

    newest: Mapping[str, tuple[Days, Days]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    def then(
        self, later: Mapping[str, tuple[Days, Days]], day: int
    ) -> dict[str, tuple[Days, Days]]:
        """The days of all sources, where `later` is right from `day` on."""
        joined = dict(later)
        for name, (known, begun) in self.newest.items():
            if name in later:
                old, new = known < day, later[name][0] >= day
                joined[name] = (
                    np.concatenate([known[old], later[name][0][new]]),
                    np.concatenate([begun[old], later[name][1][new]]),
                )
        return joined


@dataclass(frozen=True, kw_only=True)
class EarlierScores:
    """What the scores of `day` leave to later dates: one row per entity that has a score on it."""

    day: int
    ids: tuple[str, ...]
    uncapped: Floats  # the daily scores that enter later means, up to `day`
    bands: BandState
    last: Mapping[str, LastUsable]
    sources: KnownOfSources = KnownOfSources()

    def at(self, rows: Positions) -> EarlierScores:
        """These rows, in this order."""
        return EarlierScores(
            day=self.day,
            ids=tuple(self.ids[row] for row in rows),
            uncapped=self.uncapped[rows],
            bands=self.bands.at(rows),
            last={name: last.at(rows) for name, last in self.last.items()},
            sources=self.sources,
        )

    def rows(self, ids: Iterable[str]) -> Positions:
        """The row of each of these entities; -1: it has none."""
        places = pc.index_in(pa.array(ids, pa.string()), value_set=pa.array(self.ids, pa.string()))
        return np.asarray(places.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


@dataclass(frozen=True)
class DayContribution:
    """What the days up to a date contribute to its scores and to those of later dates, by cell."""

    past: SmoothingState
    uncapped: Floats  # the daily scores that enter later means, up to the date
    bands: BandState  # after the date

    @classmethod
    def of(
        cls, model: Model, daily: DailyScores, before: TableBands, bands: BandState
    ) -> DayContribution:
        """For the only day of `daily`. `before`: the bands before it, settled for scores inside a
        zone; `bands`: what is known of the others.
        """
        zone, today, day = DeadZone.of(model), daily.scores[:, 0], int(daily.days[0])
        inside = ~np.isnan(today) & ~zone.clear(today)
        band = np.where(inside, before.band[:, 0], bands.band).astype(np.int8)
        since = np.where(inside, before.since[:, 0], bands.since)
        begins = inside & (band == NO_BAND)  # this score is the first one
        state = BandState(band, np.where(begins, day, since).astype(np.int32))
        columns = daily.uncapped.shape[1]
        return cls(
            SmoothingState(daily.total[:, 0], daily.weight[:, 0], before.band[:, 0]),
            daily.uncapped[:, columns - smoothed_before(model) :],
            state.after(zone, today, day),
        )

    def at(self, rows: Positions) -> DayContribution:
        """These rows, in this order."""
        return DayContribution(self.past.at(rows), self.uncapped[rows], self.bands.at(rows))


def join_contributions(parts: Sequence[DayContribution]) -> DayContribution:
    """Several as one, in their order."""
    states = [part.past for part in parts]
    past = SmoothingState(
        np.concatenate([state.total for state in states]),
        np.concatenate([state.weight for state in states]),
        np.concatenate([state.band for state in states]),
    )
    bands = BandState(
        np.concatenate([part.bands.band for part in parts]),
        np.concatenate([part.bands.since for part in parts]),
    )
    return DayContribution(past, np.concatenate([part.uncapped for part in parts]), bands)


def score_next(
    model: Model,
    ranges: Iterable[tuple[int, FactSet]],
    day: int,
    earlier: EarlierScores | None = None,
    whole: FactsOf | None = None,
) -> tuple[Scored, EarlierScores] | None:
    """The scores of `day`, and what they leave to later dates; None if no entity is in the population.

    `earlier`: what an earlier day has left. For the ranges see `score_ranges`. If they hold only the
    facts for the days after the earlier one, `whole` gives all facts of the entities at some
    positions; it is asked once, and only for those that need them. Raises FromScratchError where
    `earlier` can't be continued.
    """
    cells: list[Cells] = []
    contributions: list[DayContribution] = []
    ids: list[str] = []
    parts = (
        _from_ranges(model, ranges, day)
        if earlier is None
        else _continue_ranges(model, ranges, day, earlier, whole)
    )
    for first, names, part, contribution in parts:
        if len(part):
            ids += [names[position] for position in part.entity]
            cells.append(replace(part, entity=part.entity + first, past=contribution.past))
            contributions.append(contribution)
    if not cells:
        return None
    joined, every = join_cells(cells, model), join_contributions(contributions)
    left = EarlierScores(
        day=day,
        ids=tuple(ids),
        uncapped=every.uncapped,
        bands=every.bands,
        last=last_usable(model, joined),
    )
    return score(model, joined), left


def _from_ranges(
    model: Model, ranges: Iterable[tuple[int, FactSet]], day: int
) -> Iterator[RangePart]:
    for first, known in ranges:
        for part, contribution in _from_facts(model, known, day):
            yield first, known.attributes.ids, part, contribution
        del known  # frees the memory before the next range is read


def _continue_ranges(
    model: Model,
    ranges: Iterable[tuple[int, FactSet]],
    day: int,
    earlier: EarlierScores,
    whole: FactsOf | None,
) -> Iterator[RangePart]:
    """All ranges are computed before any entity's whole facts are read, because reading those of a few
    takes as long as reading those of many.
    """
    chunks: list[tuple[int, tuple[str, ...], NextChunk]] = []
    needed, count = [np.zeros(0, dtype=np.int64)], 0
    for first, known in ranges:
        ids = known.attributes.ids
        own = list(_next_chunks(model, known, day, earlier))
        few = np.unique(np.concatenate([needed[0], *(chunk.find_needed(model) for chunk in own)]))
        if whole is None:  # the range has all facts
            _limit(len(few), len(ids))
            for chunk in own:
                yield first, ids, *chunk.complete(model, partial(subset, known))
        else:
            chunks += [(first, ids, chunk) for chunk in own]
            needed.append(few + first)
            count += len(ids)
        del known  # frees the memory before the next range is read
    if whole is None:
        return
    entities = np.concatenate(needed)
    _limit(len(entities), count)
    some = EntityFacts.of(whole, entities) if len(entities) else None
    for first, ids, chunk in chunks:
        yield first, ids, *chunk.complete(model, _shifted(some.some if some else whole, first))


def _limit(needed: int, count: int) -> None:
    if needed > max(FEW, count * SHARE):
        raise FromScratchError


def _shifted(facts_of: FactsOf, first: int) -> FactsOf:
    """The same for positions in a range that starts at `first`."""
    return lambda entities: facts_of(entities + first)


def _from_facts(model: Model, known: FactSet, day: int) -> Iterator[tuple[Cells, DayContribution]]:
    days = np.array([day], dtype=np.int32)
    grid = Grid.daily_before(days, smoothed_before(model)).days
    for part in compute_cells(model, known, grid):
        cells = part.at(np.flatnonzero(part.day == day))
        daily = DailyScores.of(model, part, days)
        before = find_bands_before(model, known, daily)
        bands = BandState(before.band[:, 0], before.since[:, 0])
        rows = daily.positions(cells)[0].astype(np.int64)
        yield cells, DayContribution.of(model, daily, before, bands).at(rows)


def _next_chunks(
    model: Model, known: FactSet, day: int, earlier: EarlierScores
) -> Iterator[NextChunk]:
    days = np.arange(earlier.day + 1, day + 1, dtype=np.int32)
    rows = earlier.rows(known.attributes.ids)
    last = {name: _of_entities(values, rows) for name, values in earlier.last.items()}
    for part in compute_next_cells(model, known, days, last):
        yield NextChunk.of(model, part, days, rows, earlier)


@dataclass(frozen=True)
class NextChunk:
    """Cells of a date, some of which continue from an earlier one: their scores, and their bands
    before the date.
    """

    cells: Cells
    has: NDArray[np.bool_]  # which of the cells
    daily: DailyScores
    bands: BandState

    @classmethod
    def of(
        cls, model: Model, part: Cells, days: Days, rows: Positions, earlier: EarlierScores
    ) -> NextChunk:
        """From the cells of `days`, which follow one another. `rows`: the row of each entity in
        `earlier`, -1: none.
        """
        cells = part.at(np.flatnonzero(part.day == days[-1]))
        has = rows[cells.entity] >= 0
        own = cells.entity[has]
        daily = _daily_scores(model, part, days, own, earlier.uncapped[rows[own]])
        bands, zone = earlier.bands.at(rows[own]), DeadZone.of(model)
        for column in range(len(days) - 1):
            bands = bands.after(zone, daily.scores[:, column], int(days[column]))
        last = replace(
            daily,
            days=days[-1:],
            scores=daily.scores[:, -1:],
            total=daily.total[:, -1:],
            weight=daily.weight[:, -1:],
        )
        return cls(cells, has, last, bands)

    def find_needed(self, model: Model) -> Positions:
        """The entities whose scores need all facts."""
        new = self.cells.entity[~self.has]
        if not model.dead_zone:
            return new
        _, unsettled = find_unsettled(DeadZone.of(model), self.daily, self.bands.since[:, None])
        return np.concatenate([new, self.daily.entities[unsettled[:, 0]]])

    def complete(self, model: Model, facts_of: FactsOf) -> tuple[Cells, DayContribution]:
        """All cells with their contributions."""
        before = TableBands(self.bands.band[:, None], self.bands.since[:, None])
        if model.dead_zone:
            before = settle_bands(model, facts_of, self.daily, before)
        else:
            before = TableBands.nothing(self.daily.scores.shape)
        some = DayContribution.of(model, self.daily, before, self.bands)
        return _complete(model, facts_of, self.cells, self.has, some)


def _of_entities(values: LastUsable, rows: Positions) -> LastUsable:
    """The last values by entity, from the row of each (-1: none)."""
    data = np.append(values.data, np.nan)[rows]  # -1 is the last position
    day = np.append(values.day, np.int32(NEVER))[rows]
    return LastUsable(data, day.astype(np.int32), values.words)


def _daily_scores(
    model: Model, part: Cells, days: Days, entities: Positions, before: Floats
) -> DailyScores:
    """The scores of these entities on `days`, which follow one another, from their cells and the
    daily scores before.
    """
    count = before.shape[1]
    table = np.concatenate([before, np.full((len(entities), len(days)), np.nan)], axis=1)
    own = np.isin(part.entity, entities)
    row = np.searchsorted(entities, part.entity[own])
    table[row, count + part.day[own] - days[0]] = score_uncapped(model, part)[own]
    return DailyScores.smoothed(model, entities, days, table, count + np.arange(len(days)))


def _complete(
    model: Model,
    facts_of: FactsOf,
    cells: Cells,
    has: NDArray[np.bool_],
    some: DayContribution,
) -> tuple[Cells, DayContribution]:
    """All cells of a date with their contributions. `some` are those of the cells where `has` is
    true; the others are computed from the facts.
    """
    new = np.flatnonzero(~has)
    if not len(new):
        return cells, some
    parts = list(_from_facts(model, facts_of(cells.entity[new]), int(cells.day[0])))
    fresh = join_cells([part for part, _ in parts], model)
    order = np.argsort(np.concatenate([np.flatnonzero(has), new]), kind="stable").astype(np.int64)
    every = join_contributions([some, *(contribution for _, contribution in parts)]).at(order)
    held, last = (
        {
            name: _replace_rows(
                each,
                other[name],
                new,
                fresh.values[name].words,
                cells.values[name].words,
            )
            for name, each in own.items()
        }
        for own, other in ((cells.held, fresh.held), (cells.last, fresh.last))
    )
    return replace(cells, held=held, last=last), every


def _replace_rows(
    values: LastValue,
    fresh: LastValue,
    rows: Positions,
    words: tuple[str, ...],
    vocabulary: tuple[str, ...],
) -> LastValue:
    """The last values with others at some rows, whose texts are positions in `words`."""
    data, day = values.data.copy(), values.day.copy()
    data[rows], day[rows] = recode(fresh.data, words, vocabulary), fresh.day
    return LastValue(data, day)
