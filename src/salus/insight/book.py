"""The whole book: who was there from when to when, and what each was worth on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salus.insight.interval import Interval, spread, within_one
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Truths


@dataclass(frozen=True)
class Worth:
    """What entities were worth as it changed: rows by entity, then rank; each holds from the day after `day` on."""

    entity: NDArray[np.int64]
    day: Days
    value: Floats                            # NaN: unknown

    def on(self, day: int | Days, entities: int) -> Floats:
        """Of each entity the last row from before a day, or before a day of its own; NaN where there is none."""
        rows = np.flatnonzero(self.day < np.broadcast_to(day, entities)[self.entity])
        found = np.full(entities, np.nan)
        found[self.entity[rows]] = self.value[rows]      # of several rows of one the last one stays
        return found


@dataclass(frozen=True)
class Book:
    """One place an entity. On day D those are there of which `start` < D and D <= `end`, as in the population of a score."""

    start: Days
    end: Days                                # the last day; NEVER: none is known
    worth: Worth | None = None

    def __len__(self) -> int:
        return len(self.start)

    def there(self, day: int) -> Truths:
        return (self.start < day) & (self.end >= day)

    def value(self, day: int) -> Floats:
        """What everyone is worth on a day, 0 for who isn't there."""
        assert self.worth is not None
        return np.where(self.there(day), self.worth.on(day, len(self)), 0.0)


@dataclass(frozen=True)
class Movement:
    """A book from one day to another: who was there at the start, and what became of them."""

    book: Book
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
    def money(self) -> tuple[Floats, Floats]:
        """What those at the start, whose value is known at both ends, were worth then and are now."""
        before, after = self.book.value(self.first), self.book.value(self.stop)
        known = self.begun & ~np.isnan(before) & ~np.isnan(after)
        return before[known], after[known]

    @property
    def unknown(self) -> int:
        """How many of those at the start have no known value at one of the ends."""
        return int(np.count_nonzero(self.begun)) - len(self.money[0])


def ratio(part: Floats, whole: Floats, *, bounded: bool) -> Interval:
    """Σ part ÷ Σ whole of entities, with the error of a ratio of two sums over entities (the delta method).

    `bounded`: a share from 0 to 1, whose interval goes by its logit. A few large entities count as few: the units of
    Student's t are (Σ whole)² ÷ Σ whole² (Kish 1965).
    """
    total = float(whole.sum())
    value, number = float(part.sum()) / total, len(whole)
    rest = part - value * whole
    error = float(np.sqrt(number / max(number - 1, 1) * (rest @ rest))) / total
    units = int(max(round(total ** 2 / float(whole @ whole)), 1))
    if bounded:
        return within_one(min(max(value, 0.0), 1.0), error, units)
    wide = spread(units) * error
    return Interval(value, value - wide, value + wide)
