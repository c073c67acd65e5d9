"""A figure with what it could as well have been."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

LEVEL = 0.95
ODDS = 0.01                                  # of a false alarm among all that one kind of warning looks at


@dataclass(frozen=True)
class Interval:
    """An estimate and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def ends(self) -> list[float]:
        return [self.low, self.high]

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def spread(clusters: int, level: float = LEVEL) -> float:
    """How many standard errors an interval reaches to each side, by Student's t for so many independent units.

    >>> round(spread(13), 3), round(spread(10_000), 2)
    (2.179, 1.96)
    """
    return float(special.stdtrit(max(clusters - 1, 1), (1 + level) / 2))


def each_of(number: int) -> float:
    """The level of each of several intervals, so that by chance any of them misses at most one time in a hundred.

    Bonferroni's bound: it holds however the figures hang together. Among thirty measures the best of pure noise lies
    beyond its 95 % interval more often than not, and beyond this one hardly ever.

    >>> each_of(1), each_of(20)
    (0.99, 0.9995)
    """
    return 1 - ODDS / max(number, 1)


def within_one(value: float, error: float, clusters: int, level: float = LEVEL) -> Interval:
    """Of a figure between 0 and 1, by its logit, so that the interval stays between them too.

    At 0 or 1 there is no error to go by: then what so many units would show one time in twenty sets the other end.
    """
    if value <= 0 or value >= 1 or error <= 0:
        reach = 1 - (1 - level) ** (1 / max(clusters, 1))
        return Interval(value, max(value - reach, 0.0), min(value + reach, 1.0))
    logit, wide = math.log(value / (1 - value)), spread(clusters, level) * error / (value * (1 - value))
    return Interval(value, float(special.expit(logit - wide)), float(special.expit(logit + wide)))
