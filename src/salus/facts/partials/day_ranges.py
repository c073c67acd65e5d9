"""The days that a partial is read for: from the dates of a grid and how far back the measures
reach.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.facts.partials.requirements import PartialColumns
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Grid

LOWEST = -700_000  # before this day no date can be written


@dataclass(frozen=True)
class PartialSpan:
    """Facts begun on or after `first` (None: all), for dates from `earliest` to `last`.

    `only_latest`: of facts that are known on all dates and differ only in the day they began, only
    the latest counts.
    """

    first: dt.date | None
    earliest: dt.date
    last: dt.date
    only_latest: bool = False
    firsts: tuple[dt.date | None, ...] = ()  # the `first` of each cell

    @classmethod
    def of(cls, model: Model, need: PartialColumns | None, grid: Grid) -> PartialSpan:
        """The days that `need` (None: nothing in particular) reads for the dates of `grid`,
        including what `ago` looks back.
        """
        earliest = int(grid.days[0]) - sum(measure.ago for measure in model.everything)
        last = date_of(int(grid.days[-1]))

        def first(reach: int | None) -> dt.date | None:
            return None if reach is None else date_of(max(earliest - reach, LOWEST))

        if need is None:
            return cls(None, date_of(max(earliest, LOWEST)), last)
        return cls(
            first(need.reach),
            date_of(max(earliest, LOWEST)),
            last,
            need.only_latest,
            tuple(map(first, need.reaches)),
        )

    @property
    def clamp(self) -> dt.date:
        """Everything known by this day was known on every date of the span."""
        return self.earliest - dt.timedelta(days=1)


def month_of(day: dt.date) -> dt.date:
    """The first day of the month."""
    return day.replace(day=1)


def month_after(day: dt.date) -> dt.date:
    """The first day of the next month.

    >>> month_after(dt.date(2024, 12, 31))
    datetime.date(2025, 1, 1)
    """
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
