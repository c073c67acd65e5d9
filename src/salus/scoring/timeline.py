"""From known facts to scored cells of the days asked for, chunk by chunk of entities: the one way
there.

`known` must hold facts for `grid_for(model, days)`. Rows are ordered by entity, then day;
`scored.cells.entity` are positions in `known.attributes.ids`.

Where a model smooths, the days that enter a smoothed score are scored too. Where it has a dead
zone, the band of a score within a zone follows from the days since the last clear one: they are
looked for first among the days asked for, then a month, some months and a year further back, each
time only for the entities that still need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from salus.scoring.dead_zone import NOBODY, Bands, DeadZone, before_each, from_the_first
from salus.scoring.score import score, uncapped
from salus.scoring.scored import Floats, Scored
from salus.scoring.smoothing import earlier, smoothed
from salus.scoring.subset import subset

AT_ONCE = 65_536  # cells scored at a time: their arrays stay near the processor
REACHES = (32, 128, YEAR)  # days back, in steps: most scores were clear not long ago


def score_dates(model: Model, known: FactSet, days: Days) -> Iterator[Scored]:
    """The entities' scores on each of these days on which they are in the population."""
    if not model.remembers:
        for part in compute_cells(model, known, days):
            for first in range(0, max(len(part), 1), AT_ONCE):
                yield score(model, part.at(slice(first, first + AT_ONCE)))
        return
    days = np.unique(np.asarray(days, dtype=np.int32))
    every = Grid.daily_before(days, smoothed_before(model)).days
    for part in compute_cells(model, known, every):
        yield _remembering(model, known, part, days)


def score_everyone(model: Model, known: FactSet, days: Days) -> Scored | None:
    """The same as one; None when nobody is there."""
    return join_ranges(model, [(0, known)], days)


def join_ranges(model: Model, ranges: Iterable[tuple[int, FactSet]], days: Days) -> Scored | None:
    """The same where facts come range by range of entities, each with the position of its first."""
    found: list[Cells] = []
    for first, known in ranges:
        parts = (
            (part.cells for part in score_dates(model, known, days))
            if model.remembers
            else compute_cells(model, known, days)
        )
        found += [replace(part, entity=part.entity + first) for part in parts if len(part)]
        del known, parts  # before the next range is read
    return score(model, join_cells(found, model)) if found else None


def _remembering(model: Model, known: FactSet, part: Cells, days: Days) -> Scored:
    """The scores of one chunk: `part` are its cells on the days asked for, and on those that enter
    their means.
    """
    now = part.at(np.flatnonzero(np.isin(part.day, days)))
    line = DailyScores.of(model, part, days)
    place = line.places(now)
    bands = np.full(line.scores.shape, NOBODY, dtype=np.int8)
    if model.dead_zone:
        bands = _bands_before(model, known, line)
    past = SmoothingState(line.total[place], line.weight[place], bands[place])
    return score(model, replace(now, past=past))


@dataclass(frozen=True)
class DailyScores:
    """Smoothed, uncapped main scores of some entities on some days: (entities, days), NaN where
    there is none.
    """

    entities: NDArray[np.int64]  # rising positions
    days: Days
    scores: Floats
    total: Floats  # what the days before added to each
    weight: Floats

    @classmethod
    def of(cls, model: Model, part: Cells, days: Days) -> DailyScores:
        """From the cells of each day that enters the means of `days`."""
        grid = Grid.daily_before(days, smoothed_before(model))
        entities, row = np.unique(part.entity, return_inverse=True)
        table = np.full((len(entities), len(grid)), np.nan)
        table[row, grid.index(part.day)] = uncapped(model, part)
        columns = grid.index(days)
        today = table[:, columns]
        if model.smooth is None:
            return cls(entities, days, today, np.zeros(today.shape), np.zeros(today.shape))
        total, weight = earlier(table, columns, model.smooth)
        return cls(entities, days, smoothed(today, total, weight), total, weight)

    def places(self, part: Cells) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """Where the cells of `part` stand."""
        return np.searchsorted(self.entities, part.entity), np.searchsorted(self.days, part.day)


def _bands_before(model: Model, known: FactSet, line: DailyScores) -> Bands:
    """The band before each score that lies within a zone; no band where it is clear."""
    zone = DeadZone.of(model)
    found, since = before_each(zone, line.scores, line.days)
    within = ~np.isnan(line.scores) & ~zone.clear(line.scores)
    found[~within] = NOBODY
    left = within & (line.days - since > YEAR)
    for reach in REACHES:
        rows, columns = np.nonzero(left)
        if not len(rows):
            break
        further = _further_back(model, known, line, left, reach)
        bands, settled = _settled(zone, further, line.entities[rows], line.days[columns], reach)
        found[rows[settled], columns[settled]] = bands[settled]
        left[rows[settled], columns[settled]] = False
    return found


def _further_back(
    model: Model, known: FactSet, line: DailyScores, left: NDArray[np.bool_], reach: int
) -> Iterator[DailyScores]:
    """The scores of the entities that are left, on the days that are left and up to `reach` days
    before.
    """
    entities, asked = line.entities[left.any(axis=1)], line.days[left.any(axis=0)]
    days = Grid.daily_before(asked, reach).days
    every = Grid.daily_before(days, smoothed_before(model)).days
    some = replace(model, caps=())
    for part in compute_cells(some, subset(known, entities), every):
        if len(part):
            one = DailyScores.of(some, part, days)
            yield replace(one, entities=entities[one.entities])


def _settled(
    zone: DeadZone,
    lines: Iterator[DailyScores],
    entities: NDArray[np.int64],
    days: Days,
    reach: int,
) -> tuple[Bands, NDArray[np.bool_]]:
    """The band before each (entity, day), and where it is sure: after a clear day, or once a year
    was looked at.
    """
    found, settled = (
        np.full(len(entities), NOBODY, dtype=np.int8),
        np.zeros(len(entities), dtype=bool),
    )
    for line in lines:
        here = np.flatnonzero(np.isin(entities, line.entities))
        row, column = (
            np.searchsorted(line.entities, entities[here]),
            np.searchsorted(line.days, days[here]),
        )
        bands, since = before_each(zone, line.scores, line.days)
        found[here] = bands[row, column]
        settled[here] = days[here] - since[row, column] <= YEAR
        if reach == YEAR:
            loose = ~settled[here]
            found[here[loose]] = from_the_first(zone, line.scores, row[loose], column[loose], YEAR)
            settled[here] = True
    return found, settled
