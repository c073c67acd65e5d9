"""What a team would have found that looks only at the worst scores: lift, captured share, and how
early.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from salus.insight.statistics.interval import Interval
from salus.insight.validation.panel import Panel, resample
from salus.periods.day import NEVER
from salus.scoring.scored import Floats

TIMES, SEED = 400, 22
YEAR = 365


@dataclass(frozen=True)
class Lift:
    """The worst share of entities by score on each date."""

    capacity: float
    lift: Interval  # the outcome's rate among them, as a multiple of the rate of all
    captured: Interval  # the share of all rows with the outcome that are among them
    captured_value: Interval | None  # the same by value

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        money = self.captured_value
        return {
            "capacity": self.capacity,
            "lift": self.lift.value,
            "lift_ci": self.lift.ends,
            "captured": self.captured.value,
            "captured_ci": self.captured.ends,
            "captured_value": money.value if money else None,
            "captured_value_ci": money.ends if money else None,
        }


def measure_lift(panel: Panel, risk: Floats, capacity: float, money: Floats | None) -> Lift:
    """The lift of the rows with the highest `risk`. `money` is the value of each row."""
    among = select_worst(panel, risk, capacity)
    had_outcome = panel.had_outcome.astype(np.float64)

    def lift(weights: Floats) -> float:
        return _share(weights * had_outcome * among, weights * among) / max(
            _share(weights * had_outcome, weights), 1e-300
        )

    def captured(weights: Floats) -> float:
        return _share(weights * had_outcome * among, weights * had_outcome)

    at_stake = None if money is None or not np.nansum(money * had_outcome) else np.nan_to_num(money)
    return Lift(
        capacity,
        _interval(panel, lift),
        _interval(panel, captured),
        None
        if at_stake is None
        else _interval(panel, lambda weights: captured(weights * at_stake)),
    )


def select_worst(panel: Panel, risk: Floats, capacity: float) -> Floats:
    """1 for the rows with the highest risk of their date, as many as the share allows, else 0. Among
    equal risks the first key counts.
    """
    weights = np.zeros(len(panel))
    order = np.lexsort((panel.entity, -risk, panel.day))
    _, start, number = np.unique(panel.day[order], return_index=True, return_counts=True)
    for first, rows in zip(start, number, strict=True):
        weights[order[first : first + int(np.ceil(capacity * rows))]] = 1.0
    return weights


def _share(part: Floats, whole: Floats) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total else 0.0


def _interval(panel: Panel, statistic: Callable[[Floats], float]) -> Interval:
    value = float(statistic(np.ones(len(panel))))
    low, high = np.quantile(resample(panel, statistic, TIMES, SEED), [0.025, 0.975])
    return Interval(value, min(float(low), value), max(float(high), value))


@dataclass(frozen=True)
class LeadTime:
    """How long before the outcome the score was first in its worst band, within the year before; 0
    where it never was.
    """

    entities: int
    median: float  # days
    early: float  # the share of entities with a warning at least 90 days before
    days: tuple[int, ...] = ()  # for each entity, fewest first

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"entities": self.entities, "median": self.median, "early_share": self.early}


def measure_lead(panel: Panel, worst_band: int) -> LeadTime | None:
    """The lead time over entities that had the outcome by the last as-of date, so that all dates
    before it are known. None without any.
    """
    last = panel.day.max() if len(panel) else -NEVER
    soon = np.flatnonzero((panel.when <= last) & (panel.when - panel.day <= YEAR))
    if not len(soon):
        return None
    entities, place = np.unique(panel.entity[soon], return_inverse=True)
    days = np.zeros(len(entities))
    warned = np.where(panel.band[soon] == worst_band, panel.when[soon] - panel.day[soon], 0)
    np.maximum.at(days, place, warned)
    return LeadTime(
        len(entities),
        float(np.median(days)),
        float(np.mean(days >= 90)),
        tuple(np.sort(days).astype(int).tolist()),
    )
