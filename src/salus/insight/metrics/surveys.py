"""What answers say of all who could have answered: NPS, shares and means, each with its interval.

NPS: the share of answers of 9 and 10 less that of 0 to 6, times 100. Its 95 % interval is a score
interval; of many answers it is ±1.96·√((p + q − (p − q)²) ÷ n), p and q being the two shares. Only
answers from 0 to 10 are answers to that question.

Answers of one entity resemble each other. Where `entity` tells whose they are, n becomes n ÷ the
design effect: the variance with entities as units ÷ the variance if all answers were independent,
at least 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.insight.statistics.interval import ALIKE, Interval, spread, unseen
from salus.scoring.scored import Floats

NORMAL = 1.959963984540054  # reaches 95 % of a normal distribution
Entities = NDArray[np.int64]


def estimate_nps(answers: Floats, entity: Entities | None = None) -> Interval:
    """The net promoter score of answers from 0 to 10, -100 to 100.

    >>> found = estimate_nps(np.array([9.0, 10.0, 7.0, 0.0]))
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (25.0, -50.5, 77.8)
    """
    if not len(answers) or np.isnan(answers).any() or answers.min() < 0 or answers.max() > 10:
        raise DataError(
            "an NPS is of answers from 0 to 10, of which there are none, or not only such",
            "leave out other codes, or ask for the mean of the answers",
        )
    told = np.where(answers >= 9, 1.0, np.where(answers <= 6, -1.0, 0.0))
    found = estimate_net_share(
        float(np.mean(told > 0)),
        float(np.mean(told < 0)),
        count_independent(told, entity),
        count_errors(told, entity),
    )
    return Interval(100 * found.value, 100 * found.low, 100 * found.high)


def estimate_net_share(up: float, down: float, number: float, errors: float = NORMAL) -> Interval:
    """A share less another share of the same answers, by the score interval of paired differences
    (Tango 1998).

    An end is the true difference from which the one seen lies just so many `errors` away, the error
    being what it is if that end is true. So it never leaves -1 to 1, and has a width however few or
    alike the answers are.
    """
    value = up - down

    def far(true: float) -> bool:
        """Whether the difference seen is too far from this true one."""
        slope, rest = (2 - value) * true - up - down, down * true * (1 - true)
        other = (
            math.sqrt(slope**2 + 8 * rest) - slope
        ) / 4  # the share of `down`, most likely if `true` is
        return (value - true) ** 2 * number > errors**2 * max(2 * other + true * (1 - true), 0.0)

    return Interval(value, _edge(far, value, -1.0), _edge(far, value, 1.0))


def _edge(far: Callable[[float], bool], near: float, end: float) -> float:
    """The last place from `near` towards `end` that isn't too far, by halving."""
    for _ in range(60):
        middle = (near + end) / 2
        near, end = (near, middle) if far(middle) else (middle, end)
    return near


def wilson(hits: float, number: float, errors: float = NORMAL) -> Interval:
    """A share of independent answers by the interval of Wilson, for instance the satisfied among
    all (CSAT).

    >>> found = wilson(8, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.49, 0.943)
    """
    share, size = hits / number, errors**2 / number
    middle = (share + size / 2) / (1 + size)
    wide = errors * math.sqrt(share * (1 - share) / number + size / (4 * number)) / (1 + size)
    return Interval(share, min(max(middle - wide, 0.0), share), max(min(middle + wide, 1.0), share))


def estimate_satisfied(met: Floats, entity: Entities) -> Interval:
    """The share of answers that meet a condition (1 or 0 each), by Wilson."""
    number = count_independent(met, entity)
    return wilson(float(met.mean()) * number, number, count_errors(met, entity))


def estimate_mean(answers: Floats, entity: Entities, low: float, high: float) -> Interval:
    """The mean of answers on a scale from `low` to `high`, by Student's t over entities; cut at the
    ends of the scale.
    """
    if not len(answers) or answers.min() < low or answers.max() > high:
        raise DataError(
            f"answers from {low:g} to {high:g} are asked for, of which there are none, or not only"
            " such",
            "name the two ends of the scale in `bad` and `good`",
        )
    value, number = float(answers.mean()), count_independent(answers, entity)
    units = len(np.unique(entity))
    wide = (
        spread(units)
        * float(answers.std())
        * math.sqrt(len(answers) / max(len(answers) - 1, 1) / number)
    )
    if wide <= ALIKE * (high - low):
        wide = (high - low) * unseen(number)
    return Interval(value, max(value - wide, low), min(value + wide, high))


def count_independent(values: Floats, entity: Entities | None) -> float:
    """How many independent values say as much about the mean as these, of which those of an entity
    go together.
    """
    if entity is None:
        return float(len(values))
    _, place = np.unique(entity, return_inverse=True)
    units = int(place.max()) + 1
    variance = float(values.var())
    if units in (1, len(values)) or variance == 0:
        return float(units)
    totals = np.bincount(place, weights=values - values.mean())
    effect = float(totals @ totals) * units / (units - 1) / len(values) / variance
    return len(values) / max(effect, 1.0)


def count_errors(values: Floats, entity: Entities | None) -> float:
    """How many errors an interval reaches: by Student's t over entities where the design effect is
    estimated from so few.
    """
    if entity is None or values.min() == values.max():
        return NORMAL
    units = len(np.unique(entity))
    return NORMAL if units in (1, len(values)) else spread(units)
