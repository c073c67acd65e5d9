"""Working days: Monday to Friday, without holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class WorkingDays:
    """Counts working days. `since(day)` is a running number, so the difference of two days is the
    number of working days between them.

    >>> week = WorkingDays([])
    >>> friday, monday = 18586, 18589              # 2020-11-20, 2020-11-23
    >>> int(week.since(np.array([monday]))[0] - week.since(np.array([friday]))[0])
    1
    """

    def __init__(self, holidays: Iterable[dt.date]) -> None:
        self._holidays = np.array(sorted(holidays), dtype="datetime64[D]")

    def since(self, day: NDArray[np.integer]) -> NDArray[np.int64]:
        """The number of working days in [1970-01-01, day); negative for earlier days."""
        start = np.datetime64("1970-01-01", "D")
        ends = np.asarray(day, dtype=np.int64).astype("datetime64[D]")
        return np.busday_count(start, ends, holidays=self._holidays).astype(np.int64)
