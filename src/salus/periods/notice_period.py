"""The last day for giving notice: some days or calendar months before the end of a term."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def last_day(ends: Ints, days: int = 0, months: int = 0) -> Ints:
    """That many days or calendar months before the last day of a term.

    Going back by months leads to the same day of the month, or to that month's last day. From the
    last day of a month it leads to the last day of a month.

    >>> import datetime as dt
    >>> from salus.periods.day import date_of, day_number
    >>> end, short = day_number(dt.date(2027, 2, 28)), day_number(dt.date(2027, 3, 14))
    >>> str(date_of(int(last_day(np.array([end]), months=3)[0]))), str(date_of(int(last_day(np.array([short]), months=1)[0])))
    ('2026-11-30', '2027-02-14')
    """
    if not months:
        return np.asarray(ends - days)
    month, first = _month(ends), _first_of(_month(ends))
    target = month - months
    same = np.minimum(_first_of(target) + (ends - first), _first_of(target + 1) - 1)
    return np.asarray(np.where(month != _month(ends + 1), _first_of(target + 1) - 1, same))


def _month(days: Ints) -> Ints:
    return np.asarray(days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


def _first_of(months: Ints) -> Ints:
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))
