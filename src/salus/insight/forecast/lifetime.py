"""What a contract is still worth: its value a year times the years it may be expected to last, up
to a cap.

Of an entity of age a the expected time still to come, up to c, is the area under the survival curve
from a to a + c, divided by its height at a (the restricted mean). Times at which few were in view
are passed over: one departure among three would bring the curve down for everyone older. The
interval is that of the curve (Greenwood's variances, carried into the sum); it says nothing of what
single entities will do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import Survival, survival
from salus.scoring.scored import Floats, Truths

AT_RISK = 10  # in view, for an age at which a departure counts
FEWEST = 10  # departures
NORMAL_80 = 1.2815515655446004
YEAR = 365.25


@dataclass(frozen=True)
class RetentionCurve:
    """The share that stays, at ages at which enough were in view; `end`: the age up to which that
    is so.
    """

    time: Floats
    hazard: Floats
    variance: Floats  # of log(1 − hazard)
    end: float

    @classmethod
    def of(cls, age: Floats, left: Truths, entry: Floats) -> RetentionCurve:
        """`age`: at the end, or now; `entry`: when each came into view."""
        found: Survival = survival(age, left, entry)
        enough = found.risk >= AT_RISK
        time, hazard, risk = found.time[enough], found.hazard[enough], found.risk[enough]
        oldest = np.sort(age[entry < age])
        end = float(oldest[-AT_RISK]) if len(oldest) >= AT_RISK else 0.0
        return cls(time, hazard, hazard / (risk * np.maximum(1 - hazard, 1 / risk)), end)

    def share(self, age: Floats) -> Floats:
        """The share without the event after each age."""
        steps = np.concatenate([[1.0], np.cumprod(1 - self.hazard)])
        return np.asarray(steps[np.searchsorted(self.time, age, "right")])

    def area(self, age: Floats) -> Floats:
        """Under the curve from 0 to each age."""
        steps = np.concatenate([[1.0], np.cumprod(1 - self.hazard)])
        knots = np.concatenate([[0.0], self.time])
        areas = np.concatenate([[0.0], np.cumsum(np.diff(knots) * steps[:-1])])
        place = np.searchsorted(self.time, age, "right")
        return np.asarray(areas[place] + steps[place] * (age - knots[place]))


@dataclass(frozen=True)
class RemainingLifetime:
    """Days still to come of each (NaN: nobody so old was seen), and the value of all with its 80 %
    interval.
    """

    days: Floats
    value: Floats  # NaN where the days are, or nothing is at stake
    truncated: Truths  # the curve ends before the cap does: worth at least this
    total: Interval
    left: int  # departures that the curve rests on
    cap: int


def estimate_lifetime(
    curve: RetentionCurve, left: int, age: Floats, value: Floats, cap: int
) -> RemainingLifetime:
    """Of entities of these ages, each worth `value` a year; what isn't finite isn't known."""
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
    longest = daily * np.where(
        known, stop - age, 0.0
    )  # nobody is worth more than if it stays for certain
    least, most = float(np.minimum(longest, 0).sum()), float(np.maximum(longest, 0).sum())
    interval = Interval(total, max(total - wide, least), min(total + wide, most))
    return RemainingLifetime(
        days, days * value / YEAR, known & (age + cap > curve.end), interval, left, cap
    )
