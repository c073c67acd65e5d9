"""Intervals around estimates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

LEVEL = 0.95
FAR = 10.0  # times the value, or its tenth: a wider interval says nothing
ALIKE = 1e-9  # error relative to the value: what rounding leaves where all values are equal
ODDS = 0.01  # of a false alarm among all intervals that a kind of warning looks at


@dataclass(frozen=True)
class Interval:
    """An estimate and its interval, of 95 % unless said otherwise. Both ends are NaN where it has
    none.
    """

    value: float
    low: float
    high: float

    @classmethod
    def alone(cls, value: float) -> Interval:
        """An estimate without an interval."""
        return cls(value, math.nan, math.nan)

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.low)

    @property
    def ends(self) -> list[float]:
        """The low and the high end."""
        return [self.low, self.high]

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def spread(clusters: int, level: float = LEVEL) -> float:
    """The standard errors that an interval reaches to each side, by Student's t with this number of
    independent units.

    >>> round(spread(13), 3), round(spread(10_000), 2)
    (2.179, 1.96)
    """
    return float(special.stdtrit(max(clusters - 1, 1), (1 + level) / 2))


def each_of(number: int) -> float:
    """The level for each of several intervals so that chance makes any of them miss at most one time
    in a hundred.

    This is Bonferroni's bound, which holds for dependent figures, too. Among thirty measures of pure
    noise, the best usually lies beyond its 95 % interval, but hardly ever beyond this one.

    >>> each_of(1), each_of(20)
    (0.99, 0.9995)
    """
    return 1 - ODDS / max(number, 1)


def within_one(value: float, error: float, clusters: int, level: float = LEVEL) -> Interval:
    """The interval of a figure between 0 and 1, by its logit, so that it stays within 0 and 1.

    At 0 or 1 there is no error. The other end is then the largest share that this number of units
    would miss one time in twenty.
    """
    if value <= 0 or value >= 1 or error <= ALIKE * value:
        reach = unseen(clusters, level)
        return Interval(value, max(value - reach, 0.0), min(value + reach, 1.0))
    logit, wide = (
        math.log(value / (1 - value)),
        spread(clusters, level) * error / (value * (1 - value)),
    )
    return Interval(value, float(special.expit(logit - wide)), float(special.expit(logit + wide)))


def above_zero(value: float, error: float, clusters: int) -> Interval:
    """The interval of a figure that is never below 0, by its log. None where nothing varies, or too
    few units vary too much.
    """
    if value <= 0 or error <= ALIKE * value:
        return Interval.alone(value)
    wide = spread(clusters) * error / value
    return (
        Interval.alone(value)
        if wide > math.log(FAR)
        else Interval(value, value * math.exp(-wide), value * math.exp(wide))
    )


def either_way(value: float, error: float, clusters: int) -> Interval:
    """The interval of a figure of any sign; none where nothing varies."""
    if error <= ALIKE * abs(value):
        return Interval.alone(value)
    wide = spread(clusters) * error
    return Interval(value, value - wide, value + wide)


def unseen(clusters: float, level: float = LEVEL) -> float:
    """The largest share that this number of independent units would miss one time in twenty.

    >>> round(unseen(1), 2), round(unseen(58), 2)
    (0.95, 0.05)
    """
    return float(1 - (1 - level) ** (1 / max(clusters, 1)))
