"""Cells of many past dates, with what the days before contribute to each.

The scores of every day are computed once for the whole time, because dates a month apart need
nearly all of the days between them. The cells and their scores equal those of `scoring.timeline`
bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.facts.build import FactSet
from salus.kernel.cells import YEAR, Cells, SmoothingState, compute_cells, smoothed_before
from salus.model.model import Model
from salus.periods.grid import Days, Grid
from salus.scoring.dead_zone import NO_BAND, Bands, DeadZone, bands_from_first_score
from salus.scoring.score import score_uncapped
from salus.scoring.scored import Floats, Truths
from salus.scoring.smoothing import smooth, sum_earlier
from salus.scoring.subset import subset
from salus.scoring.timeline import score_dates

TOGETHER = 64  # entities with days of their own, computed at a time
ROWS = 16  # entities smoothed at a time: few enough for the cache of the processor
LOOK_BACK = (32, 128, YEAR)  # days; most scores were clear not long ago


@dataclass(frozen=True)
class PastDates:
    """What is asked for: every entity on each of `days`, and further entities on days of their own
    (`entity`, a position in the list of entities, and `day`).
    """

    days: Days  # rising
    entity: NDArray[np.int64]
    day: Days

    @classmethod
    def of(cls, days: Days) -> PastDates:
        """Every entity on each of these days."""
        return cls(days, np.zeros(0, np.int64), np.zeros(0, np.int32))

    @property
    def all_days(self) -> Days:
        """All days on which an entity is asked for."""
        return np.union1d(self.days, self.day).astype(np.int32)

    def part(self, first: int, stop: int) -> PastDates:
        """The same for the entities [first, stop), renumbered from 0."""
        rows = np.flatnonzero((self.entity >= first) & (self.entity < stop))
        return PastDates(self.days, self.entity[rows] - first, self.day[rows])

    def includes(self, cells: Cells) -> Truths:
        """Which cells are asked for."""
        return np.asarray(np.isin(cells.day, self.days) | self.includes_own(cells))

    def includes_own(self, cells: Cells) -> Truths:
        """Which cells are of an entity on a day of its own."""
        far = np.int64(2**32)
        return np.isin(cells.entity * far + cells.day, self.entity * far + self.day)


def compute_past_cells(model: Model, known: FactSet, dates: PastDates) -> Iterator[Cells]:
    """The cells that are asked for, one chunk of entities at a time, each with its past if the model
    smooths or has a dead zone. `known` must hold the facts for `required_grid` of all days.
    """
    grid = _daily_grid(model, dates.all_days)
    if grid is None:
        yield from _cells_on(model, known, dates.days)
        yield from _cells_on_own_days(model, known, dates)
        return
    for part in compute_cells(model, known, grid.days):
        yield _with_past(model, part, grid, np.flatnonzero(dates.includes(part)))


def _daily_grid(model: Model, days: Days) -> Grid | None:
    """Every day that the scores on `days` depend on, and the days between; None if most of these are
    not needed.
    """
    before = smoothed_before(model) + (YEAR if model.dead_zone else 0)
    first, last = int(days[0]) - before, int(days[-1])
    if not model.remembers or 2 * len(Grid.daily_before(days, before)) < last - first:
        return None
    return Grid.of(np.arange(first, last + 1))


def _cells_on(model: Model, known: FactSet, days: Days) -> Iterator[Cells]:
    if not model.remembers:
        return compute_cells(model, known, days)
    return (scored.cells for scored in score_dates(model, known, days))


def _cells_on_own_days(model: Model, known: FactSet, dates: PastDates) -> Iterator[Cells]:
    """The cells of entities on days of their own, for days near one another at a time."""
    order = np.argsort(dates.day, kind="stable")
    for start in range(0, len(order), TOGETHER):
        rows = order[start : start + TOGETHER]
        entities = np.unique(dates.entity[rows])
        days = np.unique(dates.day[rows]).astype(np.int32)
        own = PastDates(days[:0], dates.entity[rows], dates.day[rows])
        for part in _cells_on(model, subset(known, entities), days):
            cells = replace(part, entity=entities[part.entity])
            yield cells.at(np.flatnonzero(own.includes(cells) & ~np.isin(cells.day, dates.days)))


def _with_past(model: Model, part: Cells, grid: Grid, rows: NDArray[np.int64]) -> Cells:
    """The cells `rows` of a chunk that has the cells of every day of the grid."""
    entities, row = np.unique(part.entity, return_inverse=True)
    column = part.day - grid.days[0]
    daily = np.full((len(entities), len(grid)), np.nan)
    daily[row, column] = score_uncapped(model, part)
    total, weight = _sum_earlier(model, daily)
    row, column = row[rows], column[rows]
    cells = part.at(rows)
    bands = np.full(len(rows), NO_BAND, dtype=np.int8)
    if model.dead_zone:
        scores = daily if model.smooth is None else smooth(daily, total, weight)
        bands = _bands_before(DeadZone.of(model), scores, row, column)
    return replace(cells, past=SmoothingState(total[row, column], weight[row, column], bands))


def _sum_earlier(model: Model, daily: Floats) -> tuple[Floats, Floats]:
    """What the days before add to the mean of each day; NaN for the first days, whose past isn't
    complete.
    """
    before = smoothed_before(model)
    total, weight = (np.zeros(daily.shape) for _ in range(2))
    if model.smooth is None:
        return total, weight
    total[:, :before] = np.nan
    columns = np.arange(before, daily.shape[1])
    for start in range(0, len(daily), ROWS):
        block = slice(start, start + ROWS)
        total[block, before:], weight[block, before:] = sum_earlier(
            daily[block], columns, model.smooth
        )
    return total, weight


def _bands_before(
    zone: DeadZone, scores: Floats, row: NDArray[np.integer], column: NDArray[np.integer]
) -> Bands:
    """The band before each of these cells whose score is inside a zone; NO_BAND for clear scores.

    `scores` has one column per day. A clear score has one band, whatever came before. So it doesn't
    matter how many days before the last clear score are looked at.
    """
    bands = np.full(len(row), NO_BAND, dtype=np.int8)
    clear = zone.clear(scores)
    last_clear = np.maximum.accumulate(
        np.where(clear, np.arange(scores.shape[1], dtype=np.int32), np.int32(-YEAR)), axis=1
    )
    inside = np.flatnonzero(~np.isnan(scores[row, column]) & ~clear[row, column])
    ago = column[inside] - last_clear[row[inside], column[inside]]
    near = 0
    for back in LOOK_BACK:
        cells = inside[(ago > near) & ((ago <= back) | (back == YEAR))]
        bands[cells], _ = bands_from_first_score(zone, scores, row[cells], column[cells], back)
        near = back
    return bands
