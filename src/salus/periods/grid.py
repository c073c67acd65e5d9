"""The as-of dates of a computation, and the position of days among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]


@dataclass(frozen=True)
class Grid:
    """As-of days, rising. A fact alive on [start, stop) is alive on the grid indexes [index(start),
    index(stop)).

    >>> grid = Grid.of([10, 20, 21])
    >>> grid.index(np.array([5, 10, 11, 21, 99]))
    array([0, 0, 1, 2, 3], dtype=int32)
    """

    days: Days

    @classmethod
    def of(cls, days: object) -> Grid:
        rising = np.sort(np.asarray(days, dtype=np.int32).ravel())
        new = np.ones(len(rising), dtype=bool)
        new[1:] = rising[1:] != rising[:-1]
        return cls(rising[new])  # np.unique would import masked arrays in every run

    @classmethod
    def daily_before(cls, days: Days, before: int) -> Grid:
        """These days and the `before` days ahead of each of them."""
        if before == 0:
            return cls.of(days)
        return cls.of((np.asarray(days)[:, None] - np.arange(before + 1)).ravel())

    def __len__(self) -> int:
        return len(self.days)

    def shifted(self, ago: int) -> Grid:
        """The same dates, `ago` days earlier."""
        return self if ago == 0 else Grid(self.days - np.int32(ago))

    def index(self, day: NDArray[np.integer]) -> NDArray[np.int32]:
        """The first grid index whose date is not before `day`; len(self) if there is none."""
        first, last = int(self.days[0]), int(self.days[-1])
        if last - first + 1 == len(self.days):
            return np.clip(
                np.asarray(day, dtype=np.int32) - np.int32(first), 0, len(self.days)
            ).astype(np.int32, copy=False)
        table = np.searchsorted(self.days, np.arange(first, last + 2)).astype(np.int32)
        return np.asarray(table[np.clip(day, first, last + 1) - first])
