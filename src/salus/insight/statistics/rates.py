"""Rates with their intervals, where the rows of an entity resemble each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.statistics.interval import LEVEL, Interval

FEWEST = 20  # rows that a rate needs


def jeffreys(hits: float, number: float) -> Interval:
    """A share with Jeffreys' interval. At 0 and 1 the near end is the value itself.

    >>> share = jeffreys(12, 150)
    >>> round(share.low, 4), round(share.high, 4)
    (0.0445, 0.1315)
    """
    tail = (1 - LEVEL) / 2
    low = 0.0 if hits <= 0 else float(special.betaincinv(hits + 0.5, number - hits + 0.5, tail))
    high = (
        1.0
        if hits >= number
        else float(special.betaincinv(hits + 0.5, number - hits + 0.5, 1 - tail))
    )
    return Interval(hits / number, low, high)


def rate(had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]) -> Interval:
    """The share of rows with the outcome. Rows that resemble each other count as fewer rows (the
    design effect).
    """
    effect = design_effect(had_outcome, entity)
    return jeffreys(float(np.sum(had_outcome)) / effect, len(had_outcome) / effect)


def design_effect(had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]) -> float:
    """The variance of the share ÷ its variance if all rows were independent; at least 1.

    Where all rows have the same outcome it can't be estimated. The rows of an entity then count as
    one.
    """
    _, place = np.unique(entity, return_inverse=True)
    entities, share = int(place.max()) + 1, float(np.mean(had_outcome))
    if share in (0.0, 1.0) or entities == 1:
        return len(had_outcome) / entities
    totals = np.bincount(place, weights=had_outcome - share)
    variance = float(totals @ totals) * entities / (entities - 1) / len(had_outcome)
    return max(variance / (share * (1 - share)), 1.0)
