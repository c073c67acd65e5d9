"""When each entity belongs to the population: the dates on which a score counts it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.partials.arrays import to_array
from salus.facts.partials.partial import Attributes
from salus.facts.spells import find_membership
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.fact_rows import load_first_days, select_newest_days
from salus.kernel.chunk import to_floats
from salus.model.model import Model
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Presence:
    """One row per time in which an entity belongs to the population: on every date D with
    `first` < D <= `last`. The times of an entity may overlap.

    >>> presence = Presence(np.array([0, 0]), np.array([3, 20]), np.array([9, NEVER]), 2)
    >>> presence.on(9).tolist(), presence.on(10).tolist(), presence.during(5, 30).tolist()
    ([True, False], [False, False], [True, False])
    """

    entity: NDArray[np.int64]
    first: Days
    last: Days  # NEVER: it goes on
    entities: int

    def on(self, day: int) -> Truths:
        """For each entity whether it belongs to the population on a day."""
        return self.during(day, day)

    def during(self, first: int, last: int) -> Truths:
        """For each entity whether it belongs to the population on any day from `first` to `last`."""
        present = np.zeros(self.entities, dtype=np.bool_)
        rows = np.maximum(self.first + 1, first) <= np.minimum(self.last, last)
        present[self.entity[rows]] = True
        return present


def load_presence(
    model: Model, connection: Connection, known: Attributes, stop: int
) -> Presence | None:
    """The presence of the entities `known`, from what is known before the day `stop`.

    None if the first or the last day of an entity changes over time.
    """
    entity = model.entity
    if {entity.starts, entity.ends} & set(known.changing):
        return None
    rows = _times(model, connection, known, stop)
    first, last = (_days(known, name) for name in (entity.starts, entity.ends))
    return Presence(
        rows.entity,
        rows.first if first is None else np.maximum(rows.first, first[rows.entity]),
        rows.last if last is None else np.minimum(rows.last, last[rows.entity]),
        rows.entities,
    )


def _times(model: Model, connection: Connection, known: Attributes, stop: int) -> Presence:
    """The presence without the days in the entity's own table."""
    count, entity = len(known.ids), model.entity
    if entity.active is not None:
        return _active_times(model, connection, known, stop)
    if entity.contracts is not None and known.contracts is not None:
        first, last = find_membership(known.contracts, entity.contracts.gap)
        return Presence(known.contracts.entity.astype(np.int64), first, last, count)
    everybody, forever = np.arange(count), np.full(count, NEVER, dtype=np.int32)
    if entity.table is not None:
        return Presence(everybody, -forever, forever, count)
    ids = pa.array(known.ids, pa.string())
    first_days = [
        load_first_days(model, connection, name, ids, stop, by_known_day=True)
        for name in model.sources
    ]
    return Presence(everybody, np.minimum.reduce(first_days), forever, count)


def _active_times(model: Model, connection: Connection, known: Attributes, stop: int) -> Presence:
    """From each fact on for as many days as the model says."""
    active = model.entity.active
    assert active is not None
    rows = connection.query(select_newest_days(model, connection, active.source))
    position = pc.index_in(
        rows[ENTITY].cast(pa.string()).combine_chunks(),
        value_set=pa.array(known.ids, pa.string()),
    ).fill_null(-1)
    entity = position.to_numpy(zero_copy_only=False).astype(np.int64)
    begun, day_known = (to_array(name, rows[name]) for name in (BEGUN, KNOWN))
    kept = (entity >= 0) & (day_known < stop)
    last = (begun[kept] + np.int32(active.within)).astype(np.int32)
    return Presence(entity[kept], day_known[kept], last, len(known.ids))


def _days(known: Attributes, name: str | None) -> Days | None:
    """A column of the entity's table as day numbers, NEVER where it has no date."""
    if name is None or name not in known.columns:
        return None
    days = np.floor(to_floats(known.columns[name])[0])
    return np.where(np.isnan(days), NEVER, np.clip(days, -NEVER, NEVER)).astype(np.int32)
