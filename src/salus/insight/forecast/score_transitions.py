"""Scores ahead: how far similar scores had moved after a number of days.

Each earlier date and entity gives a pair: the score then, and some days later. The first scores are
divided into tenths. The 10th, 50th and 90th percentile of the changes in a tenth, added to a score,
are its expected score and its 80 % range, within 0 and 100. Nothing is assumed about their shape. The
ranges are tested forward in time: ranges from earlier dates on later ones.
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
FEWEST = 30  # changes per tenth, on average
RANGE = (0.1, 0.5, 0.9)
EARLIER = 2 / 3  # of the dates give the ranges that are tested on the rest


@dataclass(frozen=True)
class ScorePairs:
    """Pairs of scores of the same entity, a number of days apart."""

    entity: NDArray[np.int64]
    day: Days  # of the first score
    start: Floats
    end: Floats

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: NDArray[np.intp]) -> ScorePairs:
        """These pairs."""
        return ScorePairs(self.entity[rows], self.day[rows], self.start[rows], self.end[rows])


@dataclass(frozen=True)
class ScoreTransition:
    """The changes of scores after a number of days."""

    days: int
    edges: Floats  # between the tenths of first scores
    changes: Floats  # quantiles by tenth: (tenths, 3)
    pairs: int
    held: Interval | None  # the share of later scores within such ranges

    def ahead(self, score: Floats) -> Floats:
        """Low, middle and high of each score after these days: (scores, 3)."""
        change = self.changes[np.searchsorted(self.edges, score, "right")]
        return np.asarray(np.clip(score[:, None] + change, 0, 100))


def pair_scores(entity: NDArray[np.int64], day: Days, score: Floats, apart: int) -> ScorePairs:
    """All pairs that lie `apart` days from each other. Rows by entity, then day; rows without a score
    are left out.

    >>> pairs = pair_scores(np.array([0, 0, 1]), np.array([10, 40, 40]), np.array([50.0, 60.0, 70.0]), 30)
    >>> pairs.start.tolist(), pairs.end.tolist()
    ([50.0], [60.0])
    """
    known = np.flatnonzero(~np.isnan(score))
    entity, day, score = entity[known], day[known], score[known]
    keys = entity * np.int64(2 * NEVER) + day
    place = np.minimum(np.searchsorted(keys, keys + apart), max(len(keys) - 1, 0))
    rows = np.flatnonzero(keys[place] == keys + apart) if len(keys) else place
    return ScorePairs(entity[rows], day[rows], score[rows], score[place[rows]])


def estimate_transition(pairs: ScorePairs, apart: int) -> ScoreTransition | None:
    """The changes of these pairs; None where there are too few."""
    if len(pairs) < FEWEST * LEVELS:
        return None
    edges, changes = _changes(pairs)
    return ScoreTransition(apart, edges, changes, len(pairs), _test_ranges(pairs, apart))


def _changes(pairs: ScorePairs) -> tuple[Floats, Floats]:
    """The edges between the tenths, and the quantiles of the change in each."""
    edges = np.unique(np.quantile(pairs.start, np.arange(1, LEVELS) / LEVELS))
    level = np.searchsorted(edges, pairs.start, "right")
    change = pairs.end - pairs.start
    overall = np.quantile(change, RANGE)
    groups = [change[level == number] for number in range(len(edges) + 1)]
    return edges, np.array([np.quantile(part, RANGE) if len(part) else overall for part in groups])


def _test_ranges(pairs: ScorePairs, apart: int) -> Interval | None:
    """The share of scores within the ranges, on dates after the last score that gave them. None
    where either part is too small.
    """
    dates = np.unique(pairs.day)
    cut = dates[min(int(len(dates) * EARLIER), len(dates) - 1)]
    before, after = (
        pairs.at(np.flatnonzero(rows)) for rows in (pairs.day + apart <= cut, pairs.day >= cut)
    )
    if len(before) < FEWEST * LEVELS or len(after) < FEWEST:
        return None
    low, _, high = ScoreTransition(apart, *_changes(before), len(before), None).ahead(after.start).T
    return rate((after.end >= low - 1e-9) & (after.end <= high + 1e-9), after.entity)
