"""The period of a demo company: weeks from Monday, and how busy each day is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from salus.periods.day import date_of, day_number

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ZONE = ZoneInfo("Europe/Berlin")
DAY = 86_400
WEEKDAYS = (1.05, 1.10, 1.08, 1.02, 0.85, 0.07, 0.05)  # Monday first
MONTHS = (0.98, 1.0, 1.02, 1.0, 0.97, 0.98, 0.86, 0.78, 1.02, 1.05, 1.05, 0.92)  # January first
HOLIDAY, YEAR_END = 0.08, 0.15


@dataclass(frozen=True)
class Season:
    """The period from `first`, a Monday, to `last`, the last day with data. Both are day numbers."""

    first: int
    last: int

    @classmethod
    def ending(cls, ends: dt.date, years: float) -> Season:
        """The season of about `years` years with the last day `ends`.

        >>> season = Season.ending(dt.date(2026, 6, 30), 2)
        >>> date_of(season.first).strftime("%a %Y-%m-%d"), season.weeks
        ('Mon 2024-07-01', 105)
        """
        last = day_number(ends)
        earliest = last - round(years * 365.25) + 1
        return cls(earliest - date_of(earliest).weekday(), last)

    @property
    def weeks(self) -> int:
        """The number of weeks; the last one may be incomplete."""
        return (self.last - self.first) // 7 + 1

    @cached_property
    def days(self) -> Ints:
        """Every day, to the end of the last week."""
        return np.arange(self.first, self.first + 7 * self.weeks)

    @cached_property
    def mondays(self) -> Ints:
        """The first day of each week."""
        return self.days[::7]

    def week(self, days: Ints) -> Ints:
        """The week of each day, counted from 0. Days outside the season get the nearest week."""
        return np.clip((days - self.first) // 7, 0, self.weeks - 1)

    def has(self, days: Ints) -> Flags:
        """Whether each day is in the season."""
        return (days >= self.first) & (days <= self.last)

    @cached_property
    def busy(self) -> Floats:
        """Weeks × 7: how busy each day is; a normal working day is about 1."""
        return np.array([busyness(date_of(int(day))) for day in self.days]).reshape(-1, 7)

    @cached_property
    def _offsets(self) -> Ints:
        noons = (dt.datetime.combine(date_of(int(day)), dt.time(12), ZONE) for day in self.days)
        return np.array([int(noon.utcoffset().total_seconds()) for noon in noons])  # type: ignore[union-attr]

    def instants(self, days: Ints, local_seconds: Ints) -> Ints:
        """Seconds since 1970 in UTC for times of day in the time zone of the company."""
        inside = np.clip(days - self.first, 0, len(self._offsets) - 1)
        return days * DAY + local_seconds - self._offsets[inside]


def busyness(day: dt.date) -> float:
    """How busy a day is, by weekday, month and holidays.

    >>> busyness(dt.date(2026, 6, 2)) > 1, busyness(dt.date(2026, 6, 6)) < 0.1, busyness(dt.date(2025, 12, 25)) < 0.1
    (True, True, True)
    """
    weight = WEEKDAYS[day.weekday()] * MONTHS[day.month - 1]
    if _holiday(day):
        return weight * HOLIDAY
    between_years = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 2)
    return weight * (YEAR_END if between_years else 1.0)


def _holiday(day: dt.date) -> bool:
    fixed = (day.month, day.day) in {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}
    return fixed or (day - easter(day.year)).days in {-2, 1, 39, 50}


def easter(year: int) -> dt.date:
    """Easter Sunday of a year, by the anonymous Gregorian algorithm.

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    century, golden = year // 100, year % 19
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)
