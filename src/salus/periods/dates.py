"""The as-of dates of a replay."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Literal, get_args

from salus.errors import OptionError
from salus.periods.day import day_number

Every = Literal["day", "week", "month"]
MOST = 40_000  # days, more than a century


def dates(first: dt.date, last: dt.date, every: str) -> tuple[int, ...]:
    """Day numbers from `first` to `last`, one per day, week or month. Both are included if the
    steps reach them.

    A month later is the same day of the next month, or that month's last day.

    >>> [day - day_number(dt.date(2024, 1, 31)) for day in dates(dt.date(2024, 1, 31), dt.date(2024, 4, 1), "month")]
    [0, 29, 60]
    """
    if every not in get_args(Every):
        raise OptionError(f"'{every}' is not a valid step of a replay", "use day, week or month")
    if last < first:
        raise OptionError(
            f"a replay from {first} to {last} has no dates", "give --from the earlier date"
        )
    if (last - first).days > MOST:
        raise OptionError(
            f"a replay from {first} to {last} is longer than {MOST:,} days",
            "choose a later --from date",
        )
    return tuple(day_number(day) for day in _steps(first, last, every))


def _steps(first: dt.date, last: dt.date, every: str) -> Iterator[dt.date]:
    days = 7 if every == "week" else 1
    for step in range(MOST + 1):
        day = (
            months_after(first, step)
            if every == "month"
            else first + dt.timedelta(days=step * days)
        )
        if day > last:
            return
        yield day


def months_after(first: dt.date, months: int) -> dt.date:
    """The same day so many months later, or earlier if `months` is negative; at most the month's
    last day.

    >>> months_after(dt.date(2024, 8, 31), -18)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
