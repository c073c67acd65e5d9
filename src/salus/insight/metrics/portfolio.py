"""The portfolio over time: when each entity was active, and its value on each day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from salus.insight.statistics.interval import (
    ALIKE,
    FAR,
    Interval,
    above_zero,
    either_way,
    spread,
    unseen,
    within_one,
)
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Truths

FEWEST = 10  # entities of the largest quarter


class ValuesOverTime(Protocol):
    """The values of entities over time."""

    def on(self, day: int | Days, entities: int) -> Floats:
        """The value of each entity at the start of a day, or of a day for each entity; NaN where
        none is known.
        """


@dataclass(frozen=True)
class ValueHistory:
    """The values of entities as they changed: rows by entity, then rank. A value holds from the day
    after `day` on.
    """

    entity: NDArray[np.int64]
    day: Days
    value: Floats  # NaN: unknown

    def on(self, day: int | Days, entities: int) -> Floats:
        """For each entity the last value from before a day, NaN where there is none. `day` is one
        day, or a day for each entity.
        """
        rows = np.flatnonzero(self.day < np.broadcast_to(day, entities)[self.entity])
        values = np.full(entities, np.nan)
        values[self.entity[rows]] = self.value[rows]  # the last row of an entity stays
        return values


@dataclass(frozen=True)
class Absences:
    """The times in which entities had lapsed: rows by entity, then day. An entity is away from the
    day after `day` until `back`.
    """

    entity: NDArray[np.int64]
    day: Days
    back: Days  # NEVER: not back yet

    def on(self, day: int | Days, entities: int) -> Truths:
        """For each entity whether it is away on a day, or on a day for each entity."""
        days = np.broadcast_to(day, entities)[self.entity]
        away = np.zeros(entities, dtype=np.bool_)
        away[self.entity[(self.day < days) & (days <= self.back)]] = True
        return away


@dataclass(frozen=True)
class PortfolioHistory:
    """One position per entity. An entity is active on day D if `start` < D <= `end`, as in the
    population of a score, and it isn't away.
    """

    start: Days
    end: Days  # the last day; NEVER: none is known
    values: ValuesOverTime | None = None
    away: Absences | None = None

    def __len__(self) -> int:
        return len(self.start)

    def active_on(self, day: int | Days) -> Truths:
        """For each entity whether it is active on a day, or on a day for each entity."""
        active = (self.start < day) & (self.end >= day)
        return active if self.away is None else active & ~self.away.on(day, len(self))

    def lapsed(self, first: int, stop: int) -> int:
        """How often an entity lapsed from the day `first` on and before the day `stop`."""
        return 0 if self.away is None else self._during(self.away.day, first, stop)

    def returned(self, first: int, stop: int) -> int:
        """How often an entity returned in that time."""
        return 0 if self.away is None else self._during(self.away.back, first, stop)

    def _during(self, days: Days, first: int, stop: int) -> int:
        assert self.away is not None
        within = (self.start[self.away.entity] <= days) & (days <= self.end[self.away.entity])
        return int(np.count_nonzero(within & (days >= first) & (days < stop)))

    def value(self, day: int) -> Floats:
        """The value of each entity on a day. 0 for an entity that isn't active or whose value is
        negative.
        """
        assert self.values is not None
        return np.where(self.active_on(day), np.maximum(self.values.on(day, len(self)), 0.0), 0.0)


@dataclass(frozen=True)
class Movement:
    """What became of the entities of one day until another day."""

    portfolio: PortfolioHistory
    first: int
    stop: int

    @cached_property
    def begun(self) -> Truths:
        """Whether each entity is active at the start."""
        return self.portfolio.active_on(self.first)

    @cached_property
    def lost(self) -> Truths:
        """Whether each entity is active at the start but not at the end."""
        return self.begun & ~self.portfolio.active_on(self.stop)

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        return self.portfolio.value(self.first), self.portfolio.value(self.stop)

    @cached_property
    def money(self) -> tuple[Floats, Floats]:
        """The values at the start and at the end of the entities that paid at the start, where both
        are known.
        """
        before, after = self._ends
        known = self.begun & (before > 0) & ~np.isnan(after)
        return before[known], after[known]

    @property
    def unknown(self) -> int:
        """How many entities of the start have no known value at the start or at the end."""
        before, after = self._ends
        return int(np.count_nonzero(self.begun & (np.isnan(before) | np.isnan(after))))


def estimate_ratio(part: Floats, whole: Floats, weight: Floats | None = None) -> Interval:
    """Σ part ÷ Σ whole over entities, with the error of a ratio of two sums (the delta method).

    A few large entities count as few: Student's t has (Σ w)² ÷ Σ w² units (Kish 1965), where w is
    `weight`, or else the whole. Where no part is negative, the interval stays above 0.
    """
    value, error, units = _ratio(part, whole)
    units = units if weight is None else _units(weight)
    return above_zero(value, error, units) if part.min() >= 0 else either_way(value, error, units)


def estimate_share(part: Floats, whole: Floats) -> Interval:
    """Σ part ÷ Σ whole where each part lies between 0 and its whole: a share, by its logit.

    Where a few large entities hold most of the whole, their own results say little about what was
    possible. So the error is the larger of two: the error of the ratio, and the error if their
    results varied like those of the largest quarter.
    """
    value, error, units = _ratio(part, whole)
    fate, usual = _fates(part / whole, whole / whole.sum())
    if not 0 < value < 1:
        return within_one(min(max(value, 0.0), 1.0), 0.0, units)
    slope = value * (1 - value)
    return within_one(
        value, max(error, fate * slope / (usual * (1 - usual)) if 0 < usual < 1 else 0.0), units
    )


def estimate_retention(after: Floats, before: Floats) -> Interval:
    """Σ after ÷ Σ before with growth, where each `before` is above 0; never below 0.

    The share kept and the growth have intervals of their own, joined as those of a sum (MOVER, Zou
    and Donner 2008): where only growth was observed, a loss was still possible. The estimate has no
    interval where growth could be anything.
    """
    kept, more = estimate_share(np.minimum(after, before), before), np.maximum(after - before, 0.0)
    grown, error, units = _ratio(more, before)
    reach = spread(units) * max(error, _fates(more / before, before / before.sum())[0])
    if reach <= ALIKE:
        reach = unseen(units)  # nobody grew, or all grew equally
    value = kept.value + grown
    low = value - math.hypot(kept.value - kept.low, min(reach, grown))
    high = value + math.hypot(kept.high - kept.value, reach)
    return (
        Interval(value, max(low, 0.0), high)
        if high <= FAR * max(value, 1.0)
        else Interval.alone(value)
    )


def _fates(fate: Floats, weight: Floats) -> tuple[float, float]:
    """The error of Σ weight · fate, and its expected value, from the spread and mean of the largest
    quarter and of the rest.
    """
    larger = np.zeros(len(weight), dtype=np.bool_)
    larger[np.argsort(-weight, kind="stable")[: max(len(weight) // 4, FEWEST)]] = True
    variance = usual = 0.0
    for group in (larger, ~larger):
        if np.any(group):
            spread_ = float(fate[group].var(ddof=1)) if np.count_nonzero(group) > 1 else 0.0
            variance += spread_ * float(weight[group] @ weight[group])
            usual += float(fate[group].mean() * weight[group].sum())
    return float(np.sqrt(variance)), usual


def _ratio(part: Floats, whole: Floats) -> tuple[float, float, int]:
    """The ratio, its error, and how many units it rests on."""
    number, total, share = len(whole), float(whole.sum()), whole / whole.sum()
    # Squares of unscaled amounts could overflow, or vanish.
    scale = float(np.abs(part).max()) or 1.0
    rest = part / scale - float((part / scale).sum()) * share
    error = scale / total * math.sqrt(number / max(number - 1, 1) * float(rest @ rest))
    return float(part.sum()) / total, error, _units(whole)


def _units(weight: Floats) -> int:
    """How many entities of equal weight would give the same precision."""
    share = weight / weight.sum()
    return max(round(1 / float(share @ share)), 1)
