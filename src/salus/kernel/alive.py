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
    )  # sums of cells that were already computed, by array name

    def only(self, keep: Array) -> Alive:
        """The rows where `keep` is true."""
        if keep.all():
            return self
        return self.at(keep)

    def at(self, where: Array) -> Alive:
        """The rows at these positions."""
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
        """The position of each row's first date in a flat (entity, date) array with one spare
        column per entity.
        """
        return self.entity * (self.dates + 1) + self.start

    @cached_property
    def cell_stop(self) -> NDArray[np.int64]:
        return self.entity * (self.dates + 1) + self.stop


@dataclass(frozen=True)
class FactDays:
    """The entity and the days of each row of a partial."""

    entity: Array
    begun: Array
    known: Array
    ended: Array | None = (
        None  # the last day each row is open (NEVER: no end); None: rows don't end
    )


@dataclass(frozen=True)
class Window:
    """The days before a date that a measure looks at: `days` of them (None: all), moved back by
    `offset` days.
    """

    days: int | None = None
    offset: int = 0


ALL_DAYS = Window()


def find_alive(facts: FactDays, grid: Grid, entities: int, window: Window = ALL_DAYS) -> Alive:
    """The rows alive on at least one date of the grid, and the dates on which they are alive."""
    if len(grid) == 1:
        return _find_alive_on(facts, int(grid.days[0]), entities, window)
    begun, offset = facts.begun, window.offset
    start = grid.index(np.maximum(begun + np.int32(offset), facts.known) + np.int32(1))
    last = np.full(len(begun), NEVER, dtype=np.int32) if facts.ended is None else facts.ended
    if window.days is not None:
        last = np.minimum(last, begun + np.int32(offset + window.days))
    stop = grid.index(np.minimum(last, NEVER - 1) + np.int32(1))
    rows = np.flatnonzero(stop > start)
    return Alive(
        rows=rows,
        entity=facts.entity[rows].astype(np.int64),
        start=start[rows].astype(np.int64),
        stop=stop[rows].astype(np.int64),
        entities=entities,
        dates=len(grid),
    )


def _find_alive_on(facts: FactDays, day: int, entities: int, window: Window) -> Alive:
    """The same on a single date, by comparing days: no grid indexes are needed."""
    alive = facts.begun < np.int32(day - window.offset)
    if facts.known is not facts.begun:
        alive &= facts.known < np.int32(day)
    if window.days is not None:
        alive &= facts.begun >= np.int32(day - window.offset - window.days)
    if facts.ended is not None:
        alive &= facts.ended >= np.int32(day)
    rows = np.flatnonzero(alive)
    start, stop = (np.broadcast_to(np.int64(index), rows.shape) for index in (0, 1))
    return Alive(
        rows=rows,
        entity=facts.entity[rows].astype(np.int64),
        start=start,
        stop=stop,
        entities=entities,
        dates=1,
    )
