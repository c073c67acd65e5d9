"""A day as an integer: days since 1970-01-01."""

from __future__ import annotations

import datetime as dt

EPOCH = dt.date(1970, 1, 1)
NEVER = 2**30  # a day after every grid


def day_number(date: dt.date) -> int:
    """Days since 1970-01-01.

    >>> day_number(dt.date(1970, 1, 31))
    30
    """
    return date.toordinal() - EPOCH.toordinal()


def date_of(day: int) -> dt.date:
    """The date of a day number.

    >>> date_of(30)
    datetime.date(1970, 1, 31)
    """
    return dt.date.fromordinal(day + EPOCH.toordinal())
