"""Where a score goes from here: how far scores like it had moved after so many days.

From every earlier date and entity: the score then, and so many days on. Starts are sorted into
tenths; the 10th, 50th and 90th percentile of the changes in a tenth, added to a score, are its path
and its 80 % range, within 0 and 100. Nothing is assumed of their shape. Whether such ranges hold is
tried forward: ranges from the earlier dates, on later ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import rate
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.scoring.scored import Floats

LEVELS = 10
FEWEST = 30  # changes of a tenth, on average
RANGE = (0.1, 0.5, 0.9)
EARLIER = 2 / 3  # of the dates give the ranges that are tried on the rest


@dataclass(frozen=True)
class ScorePairs:
    """Pairs of scores of one entity that lie so many days apart."""

    entity: NDArray[np.int64]
    day: Days  # of the first
    start: Floats
    end: Floats

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: NDArray[np.intp]) -> ScorePairs:
        """These pairs."""
        return ScorePairs(self.entity[rows], self.day[rows], self.start[rows], self.end[rows])


@dataclass(frozen=True)
class ScoreTransition:
    """Quantiles of the change by tenth of the start. `held`: the share of later scores that such
    ranges held.
    """

    days: int
    edges: Floats  # between the tenths
    changes: Floats  # (tenths, 3)
    pairs: int
    held: Interval | None

    def ahead(self, score: Floats) -> Floats:
        """Low, middle and high of each score after these days: (scores, 3)."""
        found = score[:, None] + self.changes[np.searchsorted(self.edges, score, "right")]
        return np.asarray(np.clip(found, 0, 100))


def pair_scores(entity: NDArray[np.int64], day: Days, score: Floats, apart: int) -> ScorePairs:
    """All pairs `apart` days from one another; rows by entity, then day, without a score none.

    >>> found = pair_scores(np.array([0, 0, 1]), np.array([10, 40, 40]), np.array([50.0, 60.0, 70.0]), 30)
    >>> found.start.tolist(), found.end.tolist()
    ([50.0], [60.0])
    """
    there = np.flatnonzero(~np.isnan(score))
    entity, day, score = entity[there], day[there], score[there]
    keys = entity * np.int64(2 * NEVER) + day
    place = np.minimum(np.searchsorted(keys, keys + apart), max(len(keys) - 1, 0))
    rows = np.flatnonzero(keys[place] == keys + apart) if len(keys) else place
    return ScorePairs(entity[rows], day[rows], score[rows], score[place[rows]])


def estimate_transition(found: ScorePairs, apart: int) -> ScoreTransition | None:
    """None where too little has been seen."""
    if len(found) < FEWEST * LEVELS:
        return None
    edges, changes = _levels(found)
    return ScoreTransition(apart, edges, changes, len(found), _held(found, apart))


def _levels(found: ScorePairs) -> tuple[Floats, Floats]:
    edges = np.unique(np.quantile(found.start, np.arange(1, LEVELS) / LEVELS))
    level = np.searchsorted(edges, found.start, "right")
    change = found.end - found.start
    every = np.quantile(change, RANGE)
    some = [change[level == one] for one in range(len(edges) + 1)]
    return edges, np.array([np.quantile(one, RANGE) if len(one) else every for one in some])


def _held(found: ScorePairs, apart: int) -> Interval | None:
    """Tried on dates after the last score that gave the ranges; None where either part is too
    small.
    """
    dates = np.unique(found.day)
    cut = dates[min(int(len(dates) * EARLIER), len(dates) - 1)]
    before, after = (
        found.at(np.flatnonzero(rows)) for rows in (found.day + apart <= cut, found.day >= cut)
    )
    if len(before) < FEWEST * LEVELS or len(after) < FEWEST:
        return None
    low, _, high = ScoreTransition(apart, *_levels(before), len(before), None).ahead(after.start).T
    return rate((after.end >= low - 1e-9) & (after.end <= high + 1e-9), after.entity)
