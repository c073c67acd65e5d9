"""What answers say of all who could have answered: NPS, shares and means, each with its interval.

NPS: the share of answers of 9 and 10 less that of 0 to 6, times 100. Of n answers its 95 % interval is
±1.96·√((p + q − (p − q)²) ÷ n), p and q being the two shares. Only answers from 0 to 10 are answers to that question.

Answers of one entity resemble each other. Where `entity` tells whose they are, n becomes n ÷ the design effect: the variance
with entities as units ÷ the variance if all answers were independent, at least 1.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.insight.interval import LEVEL, Interval, spread
from salus.scoring.scored import Floats

NORMAL = 1.959963984540054                   # reaches 95 % of a normal distribution
Entities = NDArray[np.int64]


def nps(answers: Floats, entity: Entities | None = None) -> Interval:
    """The net promoter score of answers from 0 to 10, -100 to 100; the interval may reach beyond.

    Where all answers are alike their variance says nothing: then the interval is what so few could have missed.

    >>> found = nps(np.array([9.0, 10.0, 7.0, 0.0]))
    >>> found.value, round(found.high - found.value, 1)
    (25.0, 81.3)
    """
    if not len(answers) or np.isnan(answers).any() or answers.min() < 0 or answers.max() > 10:
        raise DataError("an NPS is of answers from 0 to 10, of which there are none, or not only such",
                        "leave out other codes, or ask for the mean of the answers")
    told = np.where(answers >= 9, 1.0, np.where(answers <= 6, -1.0, 0.0))
    promoters, detractors = float(np.mean(told > 0)), float(np.mean(told < 0))
    net, number = promoters - detractors, independent(told, entity)
    wide = NORMAL * math.sqrt((promoters + detractors - net ** 2) / number)
    if wide > 0:
        return Interval(100 * net, 100 * (net - wide), 100 * (net + wide))
    missed = 2 * _unseen(number)                         # whoever was missed may be two steps away
    return Interval(100 * net, 100 * max(net - missed, -1.0), 100 * min(net + missed, 1.0))


def wilson(hits: float, number: float) -> Interval:
    """A share of independent answers by the interval of Wilson, for instance the satisfied among all (CSAT).

    >>> found = wilson(8, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.49, 0.943)
    """
    share, size = hits / number, NORMAL ** 2 / number
    middle = (share + size / 2) / (1 + size)
    wide = NORMAL * math.sqrt(share * (1 - share) / number + size / (4 * number)) / (1 + size)
    return Interval(share, max(middle - wide, 0.0), min(middle + wide, 1.0))


def satisfied(met: Floats, entity: Entities) -> Interval:
    """The share of answers that meet a condition (1 or 0 each), by Wilson."""
    number = independent(met, entity)
    return wilson(float(met.mean()) * number, number)


def mean(answers: Floats, entity: Entities, low: float, high: float) -> Interval:
    """The mean of answers on a scale from `low` to `high`, by Student's t over entities; cut at the ends of the scale."""
    if not len(answers) or answers.min() < low or answers.max() > high:
        raise DataError(f"answers from {low:g} to {high:g} are asked for, of which there are none, or not only such",
                        "name the two ends of the scale in `bad` and `good`")
    value, number = float(answers.mean()), independent(answers, entity)
    units = len(np.unique(entity))
    wide = spread(units) * float(answers.std()) * math.sqrt(len(answers) / max(len(answers) - 1, 1) / number)
    if wide == 0:
        wide = (high - low) * _unseen(number)
    return Interval(value, max(value - wide, low), min(value + wide, high))


def independent(values: Floats, entity: Entities | None) -> float:
    """How many independent values say as much about the mean as these, of which those of an entity go together."""
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


def _unseen(number: float) -> float:
    """The largest share that so many independent values would miss one time in twenty."""
    return float(1 - (1 - LEVEL) ** (1 / number))
