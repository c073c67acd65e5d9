"""Computes the dates of contracts: months after a day, ends of months, and deadlines of notices."""

from __future__ import annotations

import numpy as np

from salus.demo.season import Ints


def _month(days: Ints) -> Ints:
    months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months


def _first_day(months: Ints) -> Ints:
    days: Ints = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def add_months(days: Ints, months: Ints) -> Ints:
    """The same day some months later, or the last day of that month.

    >>> add_months(np.array([30]), np.array([1])).tolist()      # 31 January, a month on: 28 February 1970
    [58]
    """
    target = _month(days) + months
    day = days - _first_day(_month(days))
    return np.minimum(_first_day(target) + day, _first_day(target + 1) - 1)


def compute_notice_deadline(ends: Ints, months: Ints) -> Ints:
    """The last day for a notice of some months before the end of a term.

    If the term ends with a month, the deadline does too.

    >>> import datetime as dt
    >>> from salus.periods.day import date_of, day_number
    >>> end, short = day_number(dt.date(2027, 2, 28)), day_number(dt.date(2027, 3, 14))
    >>> [str(date_of(int(day))) for day in compute_notice_deadline(np.array([end, short]), np.array([3, 1]))]
    ['2026-11-30', '2027-02-14']
    """
    at_month_end = _month(ends) != _month(ends + 1)
    return np.where(
        at_month_end, _first_day(_month(ends) - months + 1) - 1, add_months(ends, -months)
    )


def find_month_end(days: Ints, later: int = 0) -> Ints:
    """The last day of the month, or of the month `later` months after it."""
    return _first_day(_month(days) + 1 + later) - 1
