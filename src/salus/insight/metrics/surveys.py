"""Estimates from survey answers: NPS, shares and means, each with its interval.

The NPS is the share of answers of 9 and 10 minus the share of answers from 0 to 6, times 100. Its
95 % interval is a score interval. With many answers it is ±1.96·√((p + q − (p − q)²) ÷ n), where p
and q are the two shares. All answers must be from 0 to 10.

Answers of the same entity resemble each other. Where `entity` is given, n is divided by the design
effect: the variance with entities as units ÷ the variance of independent answers, at least 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.insight.statistics.interval import ALIKE, Interval, spread, unseen
from salus.scoring.scored import Floats

NORMAL = 1.959963984540054  # standard errors that hold 95 % of a normal distribution
Entities = NDArray[np.int64]


def estimate_nps(answers: Floats, entity: Entities | None = None) -> Interval:
    """The net promoter score of answers from 0 to 10, -100 to 100.

    >>> nps = estimate_nps(np.array([9.0, 10.0, 7.0, 0.0]))
    >>> nps.value, round(nps.low, 1), round(nps.high, 1)
    (25.0, -50.5, 77.8)
    """
    if not len(answers) or np.isnan(answers).any() or answers.min() < 0 or answers.max() > 10:
        raise DataError(
            "an NPS needs answers from 0 to 10; there are none, or some lie outside",
            "leave out other codes, or use the mean of the answers",
        )
    signs = np.where(answers >= 9, 1.0, np.where(answers <= 6, -1.0, 0.0))
    share = estimate_net_share(
        float(np.mean(signs > 0)),
        float(np.mean(signs < 0)),
        count_independent(signs, entity),
        count_errors(signs, entity),
    )
    return Interval(100 * share.value, 100 * share.low, 100 * share.high)


def estimate_net_share(up: float, down: float, number: float, errors: float = NORMAL) -> Interval:
    """The difference of two shares of the same answers, with the score interval of paired
    differences (Tango 1998).

    Each end is the true difference at which the observed one is just `errors` standard errors away,
    where the standard error follows from that true difference. So the interval stays within -1 and
    1, and it has a width even for few or equal answers.
    """
    value = up - down

    def far(true: float) -> bool:
        """Whether the observed difference is too far from this true one."""
        slope, rest = (2 - value) * true - up - down, down * true * (1 - true)
        # The most likely share of `down` if the difference is `true`.
        other = (math.sqrt(slope**2 + 8 * rest) - slope) / 4
        return (value - true) ** 2 * number > errors**2 * max(2 * other + true * (1 - true), 0.0)

    return Interval(value, _edge(far, value, -1.0), _edge(far, value, 1.0))


def _edge(far: Callable[[float], bool], near: float, end: float) -> float:
    """The last value from `near` towards `end` that isn't too far, by bisection."""
    for _ in range(60):
        middle = (near + end) / 2
        near, end = (near, middle) if far(middle) else (middle, end)
    return near


def wilson(hits: float, number: float, errors: float = NORMAL) -> Interval:
    """A share of independent answers with Wilson's interval, for instance the share of satisfied
    customers (CSAT).

    >>> share = wilson(8, 10)
    >>> round(share.low, 3), round(share.high, 3)
    (0.49, 0.943)
    """
    share, size = hits / number, errors**2 / number
    middle = (share + size / 2) / (1 + size)
    wide = errors * math.sqrt(share * (1 - share) / number + size / (4 * number)) / (1 + size)
    return Interval(share, min(max(middle - wide, 0.0), share), max(min(middle + wide, 1.0), share))


def estimate_satisfied(met: Floats, entity: Entities) -> Interval:
    """The share of answers that meet a condition (1 or 0 each), with Wilson's interval."""
    number = count_independent(met, entity)
    return wilson(float(met.mean()) * number, number, count_errors(met, entity))


def estimate_mean(answers: Floats, entity: Entities, low: float, high: float) -> Interval:
    """The mean of answers on a scale from `low` to `high`. The interval is by Student's t over
    entities and stays on the scale.
    """
    if not len(answers) or answers.min() < low or answers.max() > high:
        raise DataError(
            f"the mean needs answers from {low:g} to {high:g}; there are none, or some lie outside",
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
    """How many independent values would give a mean as precise as these values, where those of an
    entity resemble each other.
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
    """How many standard errors an interval reaches to each side. By Student's t over entities where
    the design effect is estimated from them.
    """
    if entity is None or values.min() == values.max():
        return NORMAL
    units = len(np.unique(entity))
    return NORMAL if units in (1, len(values)) else spread(units)
