"""What answers say of all who could have answered: NPS, and shares by Wilson, each with its interval.

NPS: the share of answers of 9 and 10 less that of 0 to 6, times 100. Of n answers its 95 % interval is
±1.96·√((p + q − (p − q)²) ÷ n), p and q being the two shares. Only answers from 0 to 10 are answers to that question.
"""

from __future__ import annotations

import math

import numpy as np

from salus.errors import DataError
from salus.insight.interval import Interval
from salus.scoring.scored import Floats

NORMAL = 1.959963984540054                   # reaches 95 % of a normal distribution


def nps(answers: Floats) -> Interval:
    """The net promoter score of answers from 0 to 10, -100 to 100; the interval may reach beyond.

    >>> found = nps(np.array([9.0, 10.0, 7.0, 0.0]))
    >>> found.value, round(found.high - found.value, 1)
    (25.0, 81.3)
    """
    if not len(answers) or np.isnan(answers).any() or answers.min() < 0 or answers.max() > 10:
        raise DataError("an NPS is of answers from 0 to 10, of which there are none, or not only such",
                        "leave out other codes, or ask for the mean of the answers")
    promoters, detractors = float(np.mean(answers >= 9)), float(np.mean(answers <= 6))
    net = promoters - detractors
    wide = 100 * NORMAL * math.sqrt((promoters + detractors - net ** 2) / len(answers))
    return Interval(100 * net, 100 * net - wide, 100 * net + wide)


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
