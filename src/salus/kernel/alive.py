"""When a fact is alive: from the day after it is known until it leaves the window or ends.

alive at D  <=>  start <= D < stop
start = max(begun + offset, known) + 1
stop  = min(begun + offset + window, ended if open) + 1
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.periods.day import NEVER
from salus.periods.grid import Grid

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Alive:
    """Rows alive on at least one date: their positions, entity, and grid indexes [start, stop)."""

    rows: Array
    entity: NDArray[np.int64]
    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    entities: int
    dates: int
    sums: dict[str, NDArray[np.int64]] = field(
        default_factory=dict, compare=False
    )  # totals of cells, once computed

    def only(self, keep: Array) -> Alive:
        """The rows for which `keep` is true."""
        if keep.all():
            return self
        return self.at(keep)

    def at(self, where: Array) -> Alive:
        """The rows at these places."""
        return Alive(
            rows=self.rows[where],
            entity=self.entity[where],
            start=self.start[where],
            stop=self.stop[where],
            entities=self.entities,
            dates=self.dates,
        )

    @cached_property
    def cell_start(self) -> NDArray[np.int64]:
        """Position of each row's first date in a flat (entity, date) array with one spare
        column.
        """
        return self.entity * (self.dates + 1) + self.start

    @cached_property
    def cell_stop(self) -> NDArray[np.int64]:
        return self.entity * (self.dates + 1) + self.stop


def find_alive(
    entity: Array,
    begun: Array,
    known: Array,
    grid: Grid,
    entities: int,
    *,
    window: int | None = None,
    offset: int = 0,
    ended: Array | None = None,
) -> Alive:
    """Which rows are alive when. `ended`: the last day on which each row is open (NEVER: no
    end).
    """
    if len(grid) == 1:
        return _alive_on(int(grid.days[0]), entity, begun, known, entities, window, offset, ended)
    start = grid.index(np.maximum(begun + np.int32(offset), known) + np.int32(1))
    last = np.full(len(begun), NEVER, dtype=np.int32) if ended is None else ended
    if window is not None:
        last = np.minimum(last, begun + np.int32(offset + window))
    stop = grid.index(np.minimum(last, NEVER - 1) + np.int32(1))
    rows = np.flatnonzero(stop > start)
    return Alive(
        rows=rows,
        entity=entity[rows].astype(np.int64),
        start=start[rows].astype(np.int64),
        stop=stop[rows].astype(np.int64),
        entities=entities,
        dates=len(grid),
    )


def _alive_on(
    day: int,
    entity: Array,
    begun: Array,
    known: Array,
    entities: int,
    window: int | None,
    offset: int,
    ended: Array | None,
) -> Alive:
    """The same on a single date, by comparing days."""
    there = begun < np.int32(day - offset)
    if known is not begun:
        there &= known < np.int32(day)
    if window is not None:
        there &= begun >= np.int32(day - offset - window)
    if ended is not None:
        there &= ended >= np.int32(day)
    rows = np.flatnonzero(there)
    start, stop = (np.broadcast_to(np.int64(index), rows.shape) for index in (0, 1))
    return Alive(
        rows=rows,
        entity=entity[rows].astype(np.int64),
        start=start,
        stop=stop,
        entities=entities,
        dates=1,
    )
