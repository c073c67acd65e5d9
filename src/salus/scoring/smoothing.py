"""The smoothed score: a weighted mean of the daily scores of four half-lives, today's counting
most.

    smoothed(D) = Σ w·g(D − i) ÷ Σ w over i = 0 … 4h − 1 where g(D − i) is there; w = 2^(−i ÷ h)

In: daily scores, one row an entity and one column a day, NaN without one. Sums are taken day by day
in a fixed order, each an addition of whole columns, so that a date alone has the same bits as among
many.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.scoring.scored import Floats


def earlier(daily: Floats, columns: NDArray[np.integer], half_life: int) -> tuple[Floats, Floats]:
    """What the days before each of these columns add to its mean: Σ w·g and Σ w.

    The days before a column are the columns before it, as far as its mean goes back.

    >>> total, weight = earlier(np.array([[80.0, np.nan, 60.0, 50.0]]), np.array([3]), 1)
    >>> total, weight                        # 60 ÷ 2, nothing the day before, 80 ÷ 8
    (array([[40.]]), array([[0.625]]))
    """
    there = ~np.isnan(daily)
    scores, present = np.where(there, daily, 0.0), there.astype(np.float64)
    total, weight = (np.zeros((len(daily), len(columns))) for _ in range(2))
    for back in range(1, 4 * half_life):
        share = 2.0 ** (-back / half_life)
        total += share * _at(scores, columns - back)
        weight += share * _at(present, columns - back)
    return total, weight


def _at(daily: Floats, columns: NDArray[np.integer]) -> Floats:
    """These columns; as a view where they are neighbours."""
    first, last = int(columns[0]), int(columns[-1])
    if last - first == len(columns) - 1:
        return daily[:, first : last + 1]
    return daily[:, columns]


def smoothed(today: Floats, total: Floats, weight: Floats) -> Floats:
    """Today's score with what the days before add; NaN where there is none today.

    >>> smoothed(np.array([50.0]), np.array([40.0]), np.array([0.625]))
    array([55.38461538])
    """
    return np.asarray((today + total) / (1.0 + weight))
