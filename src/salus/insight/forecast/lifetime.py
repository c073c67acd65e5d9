"""The remaining value of contracts: the value per year times the years that they are expected to
last, up to a cap.

For an entity of age a, the expected remaining time up to c is the area under the survival curve from
a to a + c, divided by its height at a (the restricted mean). Times at which few entities were
observed are left out: one departure among three would lower the curve for all older ones. The
interval is that of the curve (Greenwood's variances, carried into the sum). It says nothing about
single entities.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import Survival, survival
from salus.scoring.scored import Floats, Truths

AT_RISK = 10  # entities observed at an age, so that a departure counts
FEWEST = 10  # departures that the curve needs
NORMAL_80 = 1.2815515655446004  # standard errors that hold 80 % of a normal distribution
YEAR = 365.25  # days


@dataclass(frozen=True)
class RetentionCurve:
    """The share that stays, at ages at which enough entities were observed."""

    time: Floats
    hazard: Floats
    variance: Floats  # of log(1 − hazard)
    end: float  # the highest such age

    @classmethod
    def of(cls, age: Floats, left: Truths, entry: Floats) -> RetentionCurve:
        """The curve from ages at the end or now, and the ages from which entities were observed."""
        curve: Survival = survival(age, left, entry)
        enough = curve.risk >= AT_RISK
        time, hazard, risk = curve.time[enough], curve.hazard[enough], curve.risk[enough]
        oldest = np.sort(age[entry < age])
        end = float(oldest[-AT_RISK]) if len(oldest) >= AT_RISK else 0.0
        return cls(time, hazard, hazard / (risk * np.maximum(1 - hazard, 1 / risk)), end)

    def share(self, age: Floats) -> Floats:
        """The share that is still active after each age."""
        steps = np.concatenate([[1.0], np.cumprod(1 - self.hazard)])
        return np.asarray(steps[np.searchsorted(self.time, age, "right")])

    def area(self, age: Floats) -> Floats:
        """The area under the curve from 0 to each age."""
        steps = np.concatenate([[1.0], np.cumprod(1 - self.hazard)])
        knots = np.concatenate([[0.0], self.time])
        areas = np.concatenate([[0.0], np.cumsum(np.diff(knots) * steps[:-1])])
        place = np.searchsorted(self.time, age, "right")
        return np.asarray(areas[place] + steps[place] * (age - knots[place]))


@dataclass(frozen=True)
class RemainingLifetime:
    """The remaining time and value of each entity."""

    days: Floats  # NaN: no entity of this age was observed
    value: Floats  # NaN where the days or the value are unknown
    truncated: Truths  # the curve ends before the cap, so the value is at least this
    total: Interval  # the value of all, 80 %
    left: int  # departures that the curve rests on
    cap: int  # days


def estimate_lifetime(
    curve: RetentionCurve, left: int, age: Floats, value: Floats, cap: int
) -> RemainingLifetime:
    """The remaining time of entities of these ages, each with a value per year. A value that isn't
    finite is unknown.
    """
    value = np.where(np.isfinite(value), value, np.nan)
    stop = np.minimum(age + cap, curve.end)
    height = curve.share(age)
    known = (age < curve.end) & (height > 0)
    days = np.where(
        known, (curve.area(stop) - curve.area(age)) / np.where(known, height, 1.0), np.nan
    )
    daily = np.where(known, np.nan_to_num(value), 0.0) / YEAR
    weight, reached = daily / np.where(known, height, 1.0), curve.area(stop)
    pull = np.array(
        [
            float(np.sum((weight * (reached - area))[(age < at) & (stop >= at)]))
            for at, area in zip(curve.time, curve.area(curve.time), strict=True)
        ]
    )
    total, wide = (
        float(daily @ np.nan_to_num(days)),
        NORMAL_80 * float(np.sqrt(pull**2 @ curve.variance)),
    )
    # No entity is worth more than if it stays for certain.
    longest = daily * np.where(known, stop - age, 0.0)
    least, most = float(np.minimum(longest, 0).sum()), float(np.maximum(longest, 0).sum())
    interval = Interval(total, max(total - wide, least), min(total + wide, most))
    return RemainingLifetime(
        days, days * value / YEAR, known & (age + cap > curve.end), interval, left, cap
    )
