"""The smoothed score: a weighted mean of the daily scores of four half-lives; today's weighs most.

    smoothed(D) = Σ w·g(D − i) ÷ Σ w over i = 0 … 4h − 1 where g(D − i) exists; w = 2^(−i ÷ h)

Daily scores have one row per entity and one column per day; NaN means no score. Days are added one
after another in a fixed order, as whole columns. So a date has the same bits whether it is computed
alone or with others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.scoring.scored import Floats


def sum_earlier(
    daily: Floats, columns: NDArray[np.integer], half_life: int
) -> tuple[Floats, Floats]:
    """What the days before each of these columns add to its mean: Σ w·g and Σ w.

    Every column must have the columns of its 4h − 1 days before it.

    >>> total, weight = sum_earlier(np.array([[80.0, np.nan, 60.0, 50.0]]), np.array([3]), 1)
    >>> total, weight                        # 60 ÷ 2, nothing the day before, 80 ÷ 8
    (array([[40.]]), array([[0.625]]))
    """
    exists = ~np.isnan(daily)
    scores, present = np.where(exists, daily, 0.0), exists.astype(np.float64)
    total, weight = (np.zeros((len(daily), len(columns))) for _ in range(2))
    for back in range(1, 4 * half_life):
        share = 2.0 ** (-back / half_life)
        total += share * _at(scores, columns - back)
        weight += share * _at(present, columns - back)
    return total, weight


def _at(daily: Floats, columns: NDArray[np.integer]) -> Floats:
    """These columns; a view if they are next to one another."""
    first, last = int(columns[0]), int(columns[-1])
    if last - first == len(columns) - 1:
        return daily[:, first : last + 1]
    return daily[:, columns]


def smooth(today: Floats, total: Floats, weight: Floats) -> Floats:
    """Today's score and what the days before add, as a mean; NaN without a score today.

    >>> smooth(np.array([50.0]), np.array([40.0]), np.array([0.625]))
    array([55.38461538])
    """
    return np.asarray((today + total) / (1.0 + weight))
