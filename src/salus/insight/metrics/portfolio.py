"""The whole book: who was there from when to when, and what each was worth on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class ValueHistory:
    """What entities were worth as it changed: rows by entity, then rank; each holds from the day
    after `day` on.
    """

    entity: NDArray[np.int64]
    day: Days
    value: Floats  # NaN: unknown

    def on(self, day: int | Days, entities: int) -> Floats:
        """Of each entity the last row from before a day, or before a day of its own; NaN where
        there is none.
        """
        rows = np.flatnonzero(self.day < np.broadcast_to(day, entities)[self.entity])
        found = np.full(entities, np.nan)
        found[self.entity[rows]] = self.value[rows]  # of several rows of one the last one stays
        return found


@dataclass(frozen=True)
class Absences:
    """Who lapsed and may have returned: rows by entity, then day; each is away from the day after
    `day` to `back`.
    """

    entity: NDArray[np.int64]
    day: Days
    back: Days  # NEVER: not back yet

    def on(self, day: int | Days, entities: int) -> Truths:
        """Of each entity whether it is away on a day, or on a day of its own."""
        days = np.broadcast_to(day, entities)[self.entity]
        away = np.zeros(entities, dtype=np.bool_)
        away[self.entity[(self.day < days) & (days <= self.back)]] = True
        return away


@dataclass(frozen=True)
class PortfolioHistory:
    """One place an entity. On day D those are there of which `start` < D and D <= `end`, as in the
    population of a score.

    But for those of `away` at that time.
    """

    start: Days
    end: Days  # the last day; NEVER: none is known
    worth: ValueHistory | None = None
    away: Absences | None = None

    def __len__(self) -> int:
        return len(self.start)

    def there(self, day: int | Days) -> Truths:
        """Of each whether it is there on a day, or on a day of its own."""
        there = (self.start < day) & (self.end >= day)
        return there if self.away is None else there & ~self.away.on(day, len(self))

    def lapsed(self, first: int, stop: int) -> int:
        """How often one fell away from the day `first` on and before the day `stop`."""
        return 0 if self.away is None else self._during(self.away.day, first, stop)

    def returned(self, first: int, stop: int) -> int:
        """How often one came back in that time."""
        return 0 if self.away is None else self._during(self.away.back, first, stop)

    def _during(self, days: Days, first: int, stop: int) -> int:
        assert self.away is not None
        within = (self.start[self.away.entity] <= days) & (days <= self.end[self.away.entity])
        return int(np.count_nonzero(within & (days >= first) & (days < stop)))

    def value(self, day: int) -> Floats:
        """What everyone is worth on a day, 0 for who isn't there or is owed money."""
        assert self.worth is not None
        return np.where(self.there(day), np.maximum(self.worth.on(day, len(self)), 0.0), 0.0)


@dataclass(frozen=True)
class Movement:
    """A book from one day to another: who was there at the start, and what became of them."""

    book: PortfolioHistory
    first: int
    stop: int

    @cached_property
    def begun(self) -> Truths:
        """Those there at the start."""
        return self.book.there(self.first)

    @cached_property
    def lost(self) -> Truths:
        """Of those the ones not there at the end."""
        return self.begun & ~self.book.there(self.stop)

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        return self.book.value(self.first), self.book.value(self.stop)

    @cached_property
    def money(self) -> tuple[Floats, Floats]:
        """What those that paid at the start were worth then and are now, where both is known."""
        before, after = self._ends
        known = self.begun & (before > 0) & ~np.isnan(after)
        return before[known], after[known]

    @property
    def unknown(self) -> int:
        """How many of those at the start have no known value at one of the ends."""
        before, after = self._ends
        return int(np.count_nonzero(self.begun & (np.isnan(before) | np.isnan(after))))


def estimate_ratio(part: Floats, whole: Floats, weight: Floats | None = None) -> Interval:
    """Σ part ÷ Σ whole of entities, by the error of a ratio of two sums over entities (the delta
    method).

    A few large entities count as few: the units of Student's t are (Σ w)² ÷ Σ w² (Kish 1965), w
    being `weight` or else the whole. A ratio of parts that are never below 0 isn't either.
    """
    value, error, units = _ratio(part, whole)
    units = units if weight is None else _units(weight)
    return above_zero(value, error, units) if part.min() >= 0 else either_way(value, error, units)


def estimate_share(part: Floats, whole: Floats) -> Interval:
    """Σ part ÷ Σ whole where `part` is 0 to `whole` of each: a share, by its logit.

    Where few giants hold most of it, what they happened to do says little of what they could have
    done. So the error is the larger of two: that of the ratio, and the one if they fared as
    differently as all of the largest quarter.
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
    """Σ after ÷ Σ before of entities worth `before` > 0 each, growth counted; never below 0.

    What is kept and what is grown have intervals of their own, joined as those of a sum (MOVER, Zou
    and Donner 2008): where only growth was seen, a loss could have come all the same. None where
    growth could be anything.
    """
    kept, more = estimate_share(np.minimum(after, before), before), np.maximum(after - before, 0.0)
    grown, error, units = _ratio(more, before)
    reach = spread(units) * max(error, _fates(more / before, before / before.sum())[0])
    if reach <= ALIKE:
        reach = unseen(units)  # nobody grew, or all alike
    value = kept.value + grown
    low = value - math.hypot(kept.value - kept.low, min(reach, grown))
    high = value + math.hypot(kept.high - kept.value, reach)
    return (
        Interval(value, max(low, 0.0), high)
        if high <= FAR * max(value, 1.0)
        else Interval.alone(value)
    )


def _fates(fate: Floats, weight: Floats) -> tuple[float, float]:
    """The error of Σ weight · fate, and its usual value, with the spread and mean of the largest
    quarter and of the rest.
    """
    larger = np.zeros(len(weight), dtype=np.bool_)
    larger[np.argsort(-weight, kind="stable")[: max(len(weight) // 4, FEWEST)]] = True
    variance = usual = 0.0
    for some in (larger, ~larger):
        if np.any(some):
            spread_ = float(fate[some].var(ddof=1)) if np.count_nonzero(some) > 1 else 0.0
            variance += spread_ * float(weight[some] @ weight[some])
            usual += float(fate[some].mean() * weight[some].sum())
    return float(np.sqrt(variance)), usual


def _ratio(part: Floats, whole: Floats) -> tuple[float, float, int]:
    """The ratio, its error, and how many units it rests on."""
    number, total, share = len(whole), float(whole.sum()), whole / whole.sum()
    scale = (
        float(np.abs(part).max()) or 1.0
    )  # squares of amounts as they are may be too large, or too small
    rest = part / scale - float((part / scale).sum()) * share
    error = scale / total * math.sqrt(number / max(number - 1, 1) * float(rest @ rest))
    return float(part.sum()) / total, error, _units(whole)


def _units(weight: Floats) -> int:
    """How many of equal weight these are worth."""
    share = weight / weight.sum()
    return max(round(1 / float(share @ share)), 1)
