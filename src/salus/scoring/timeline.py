"""Scores facts on the days asked for, one chunk of entities after another. Nothing else does this.

`known` must hold the facts for `required_grid(model, days)`. Rows are sorted by entity, then day;
`scored.cells.entity` are positions in `known.attributes.ids`.

If the model smooths, the days that enter a smoothed score are scored as well. If it has a dead
zone, the band of a score inside a zone depends on the days since the last clear score. The search
for that day begins with the days asked for and then goes a month, some months and a year further
back, each time only for the entities that still need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.kernel.cells import (
    YEAR,
    Cells,
    SmoothingState,
    compute_cells,
    join_cells,
    smoothed_before,
)
from salus.model.model import Model
from salus.periods.grid import Days, Grid
from salus.scoring.dead_zone import (
    NEVER,
    NO_BAND,
    Bands,
    DeadZone,
    bands_before,
    bands_from_first_score,
)
from salus.scoring.score import score, score_uncapped
from salus.scoring.scored import Floats, Scored
from salus.scoring.smoothing import smooth, sum_earlier
from salus.scoring.subset import subset

BATCH = 65_536  # cells scored at a time: few enough for the cache of the processor
FactsOf = Callable[[NDArray[np.int64]], FactSet]  # all facts of the entities at these positions
LOOK_BACK = (32, 128, YEAR)  # days; most scores were clear not long ago


def score_dates(model: Model, known: FactSet, days: Days) -> Iterator[Scored]:
    """The scores of each entity on those of the days on which it is in the population."""
    if not model.remembers:
        for part in compute_cells(model, known, days):
            for first in range(0, max(len(part), 1), BATCH):
                yield score(model, part.at(slice(first, first + BATCH)))
        return
    days = np.unique(np.asarray(days, dtype=np.int32))
    grid = Grid.daily_before(days, smoothed_before(model)).days
    for part in compute_cells(model, known, grid):
        yield _score_with_past(model, known, part, days)


def score_all(model: Model, known: FactSet, days: Days) -> Scored | None:
    """The same as one result; None if no entity is in the population on these days."""
    return score_ranges(model, [(0, known)], days)


def score_ranges(model: Model, ranges: Iterable[tuple[int, FactSet]], days: Days) -> Scored | None:
    """The same for facts that come in ranges of entities, each with the position of its first
    entity.
    """
    cells: list[Cells] = []
    for first, known in ranges:
        parts = (
            (part.cells for part in score_dates(model, known, days))
            if model.remembers
            else compute_cells(model, known, days)
        )
        cells += [replace(part, entity=part.entity + first) for part in parts if len(part)]
        del known, parts  # frees the memory before the next range is read
    return score(model, join_cells(cells, model)) if cells else None


def _score_with_past(model: Model, known: FactSet, part: Cells, days: Days) -> Scored:
    """The scores of one chunk on `days`. `part` has its cells on these days and on the days that
    enter their means.
    """
    cells = part.at(np.flatnonzero(np.isin(part.day, days)))
    daily = DailyScores.of(model, part, days)
    positions, bands = daily.positions(cells), find_bands_before(model, known, daily).band
    past = SmoothingState(daily.total[positions], daily.weight[positions], bands[positions])
    return score(model, replace(cells, past=past))


@dataclass(frozen=True)
class EntityFacts:
    """All facts of some entities, at these rising positions."""

    entities: NDArray[np.int64]
    facts: FactSet

    @classmethod
    def of(cls, facts_of: FactsOf, entities: NDArray[np.int64]) -> EntityFacts:
        return cls(entities, facts_of(entities))

    def some(self, entities: NDArray[np.int64]) -> FactSet:
        """Those of some of them."""
        if len(entities) == len(self.entities):
            return self.facts
        return subset(self.facts, np.searchsorted(self.entities, entities))


@dataclass(frozen=True)
class TableBands:
    """The band before each score of a table, and the day since which scores settle it (NEVER: none)."""

    band: Bands
    since: Days

    @classmethod
    def nothing(cls, shape: tuple[int, ...]) -> TableBands:
        """No band before any score."""
        return cls(np.full(shape, NO_BAND, dtype=np.int8), np.full(shape, NEVER, dtype=np.int32))


@dataclass(frozen=True)
class DailyScores:
    """The smoothed main scores before caps: one row per entity, one column per day, NaN without a
    score.
    """

    entities: NDArray[np.int64]  # rising positions
    days: Days
    scores: Floats
    total: Floats  # Σ w·g of the days before each
    weight: Floats  # Σ w of the days before each
    uncapped: Floats  # as they are before they are smoothed, on all days that enter the means

    @classmethod
    def of(cls, model: Model, part: Cells, days: Days) -> DailyScores:
        """The scores on `days`, from the cells of all days that enter their means."""
        grid = Grid.daily_before(days, smoothed_before(model))
        entities, row = np.unique(part.entity, return_inverse=True)
        table = np.full((len(entities), len(grid)), np.nan)
        table[row, grid.index(part.day)] = score_uncapped(model, part)
        return cls.smoothed(model, entities, days, table, grid.index(days))

    @classmethod
    def smoothed(
        cls,
        model: Model,
        entities: NDArray[np.int64],
        days: Days,
        table: Floats,
        columns: NDArray[np.integer],
    ) -> DailyScores:
        """The scores on `days`, from a table with these columns and those of the days before."""
        today = table[:, columns]
        if model.smooth is None:
            nothing = np.zeros(today.shape)
            return cls(entities, days, today, nothing, nothing, table)
        total, weight = sum_earlier(table, columns, model.smooth)
        return cls(entities, days, smooth(today, total, weight), total, weight, table)

    def positions(self, part: Cells) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """The rows and columns of the cells of `part`."""
        return np.searchsorted(self.entities, part.entity), np.searchsorted(self.days, part.day)


def find_bands_before(model: Model, known: FactSet, daily: DailyScores) -> TableBands:
    """The band before each score that is inside a zone; NO_BAND for clear scores."""
    if not model.dead_zone:
        return TableBands.nothing(daily.scores.shape)
    return settle_bands(
        model,
        lambda entities: subset(known, entities),
        daily,
        TableBands(*bands_before(DeadZone.of(model), daily.scores, daily.days)),
    )


def settle_bands(
    model: Model, facts_of: FactsOf, daily: DailyScores, before: TableBands
) -> TableBands:
    """The same from what is known of the bands before each score: where its last clear day is more
    than a year ago, the scores of earlier days are computed.
    """
    zone = DeadZone.of(model)
    bands, since = before.band.copy(), before.since.copy()
    inside, unsettled = find_unsettled(zone, daily, since)
    bands[~inside] = NO_BAND
    known = None
    for look_back in LOOK_BACK:
        rows, columns = np.nonzero(unsettled)
        if not len(rows):
            break
        known = known or EntityFacts.of(facts_of, daily.entities[unsettled.any(axis=1)])
        earlier = _earlier_scores(model, known, daily, unsettled, look_back)
        entities, days = daily.entities[rows], daily.days[columns]
        earlier_bands, earlier_since, settled = _settled_bands(
            zone, earlier, entities, days, look_back
        )
        rows, columns = rows[settled], columns[settled]
        bands[rows, columns], since[rows, columns] = earlier_bands[settled], earlier_since[settled]
        unsettled[rows, columns] = False
    return TableBands(bands, since)


def find_unsettled(
    zone: DeadZone, daily: DailyScores, since: Days
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which scores are inside a zone, and which of them were last clear more than a year ago."""
    inside = ~np.isnan(daily.scores) & ~zone.clear(daily.scores)
    return inside, inside & (daily.days - since > YEAR)


def _earlier_scores(
    model: Model,
    known: EntityFacts,
    daily: DailyScores,
    unsettled: NDArray[np.bool_],
    look_back: int,
) -> Iterator[DailyScores]:
    """The scores of the unsettled entities on the unsettled days and the `look_back` days before."""
    entities = daily.entities[unsettled.any(axis=1)]
    days = Grid.daily_before(daily.days[unsettled.any(axis=0)], look_back).days
    grid = Grid.daily_before(days, smoothed_before(model)).days
    without_caps = replace(model, caps=())
    for part in compute_cells(without_caps, known.some(entities), grid):
        if len(part):
            scores = DailyScores.of(without_caps, part, days)
            yield replace(scores, entities=entities[scores.entities])


def _settled_bands(
    zone: DeadZone,
    parts: Iterator[DailyScores],
    entities: NDArray[np.int64],
    days: Days,
    look_back: int,
) -> tuple[Bands, Days, NDArray[np.bool_]]:
    """The band before each (entity, day), since when scores settle it, and whether it is settled: it
    follows a clear day, or a whole year was searched.
    """
    bands = np.full(len(entities), NO_BAND, dtype=np.int8)
    result_since = np.full(len(entities), NEVER, dtype=np.int32)
    settled = np.zeros(len(entities), dtype=bool)
    for part in parts:
        members = np.flatnonzero(np.isin(entities, part.entities))
        rows = np.searchsorted(part.entities, entities[members])
        columns = np.searchsorted(part.days, days[members])
        part_bands, since = bands_before(zone, part.scores, part.days)
        bands[members] = part_bands[rows, columns]
        result_since[members] = since[rows, columns]
        settled[members] = days[members] - since[rows, columns] <= YEAR
        if look_back == YEAR:
            rest = ~settled[members]
            bands[members[rest]], first = bands_from_first_score(
                zone, part.scores, rows[rest], columns[rest], YEAR
            )
            result_since[members[rest]] = np.where(first > 0, days[members[rest]] - first, NEVER)
            settled[members] = True
    return bands, result_since, settled
