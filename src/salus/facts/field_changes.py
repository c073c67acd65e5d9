"""From changes of single fields to rows with all attributes.

A row says what is known of an entity from one day on. Of the changes of a field that are known on a
date the last one counts: by time, then the later recorded, then the larger value. Before all of
them, the old value of the first change applies; if there is none, today's value. Without a column of
old values nothing is known before the first change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.field_values import read_field
from salus.facts.sql.columns import (
    BEFORE,
    BEGUN,
    ENTITY,
    FIELD,
    KNOWN,
    LATER,
    RECORDED,
    TIME,
    VALUE,
)
from salus.model.source import FieldChanges
from salus.periods.day import NEVER, day_number

ALWAYS = day_number(dt.date.min)  # before every grid
_STEP = 2**33  # more than the number of different days
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class AttributesToday:
    """The entities in order, with a row of today's attributes for each."""

    ids: tuple[str, ...]
    rows: pa.Table
    zone: str


def fill_attributes(changes: FieldChanges, rows: pa.Table, today: AttributesToday) -> pa.Table:
    """One row per entity and day on which any of its fields is known to change, with the attributes
    as they are known from then on. With old values also a row for the time before.
    """
    rows, entity = _sort(rows, today.ids)
    known = rows[KNOWN].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()
    later = np.asarray(rows[LATER].combine_chunks().to_numpy(zero_copy_only=False), dtype=bool)
    keys = entity * _STEP + known
    places = np.unique(keys[~later])
    if changes.before:
        first = np.arange(len(today.ids), dtype=np.int64) * _STEP + ALWAYS
        places = np.union1d(first, places)
    owner = (places + NEVER) // _STEP
    sorted_rows = SortedChanges(entity, keys, later, rows)
    columns = {
        attribute: sorted_rows.attribute(
            name, Places(places, owner), today.rows[attribute], today.zone
        )
        for attribute, name in changes.names
    }
    days = pa.array((places - owner * _STEP).astype(np.int32)).cast(pa.date32())
    ids = pa.array(today.ids, pa.string()).take(pa.array(owner))
    ranks = pa.array(np.arange(len(places), dtype=np.int64))
    return pa.table({ENTITY: ids, BEGUN: days, KNOWN: days, TIME: ranks, **columns})


@dataclass(frozen=True)
class Places:
    """The rows to fill: each an entity on a day, as one number, and the entity."""

    keys: Ints
    entity: Ints


@dataclass(frozen=True)
class SortedChanges:
    """The changes by entity and rank, with the number of entity and day known."""

    entity: Ints
    keys: Ints
    later: NDArray[np.bool_]
    rows: pa.Table

    def attribute(self, field: str, places: Places, today: pa.ChunkedArray, zone: str) -> pa.Array:
        """The value of an attribute in each place."""
        own = np.flatnonzero(np.asarray(pc.equal(self.rows[FIELD], field)))
        now = today.combine_chunks()
        parts = [self._read(VALUE, own, now.type, zone), pa.nulls(1, now.type)]
        index = self._last(own, places)
        if BEFORE in self.rows.column_names:
            parts += [self._read(BEFORE, own, now.type, zone), now]
            index = np.where(index < 0, self._first(own, places.entity, len(now)), index)
        index = np.where(index < 0, len(own), index)
        return pa.concat_arrays(parts).take(pa.array(index))

    def _read(self, name: str, own: Ints, kind: pa.DataType, zone: str) -> pa.Array:
        return read_field(self.rows[name].combine_chunks().take(pa.array(own)), kind, zone)

    def _last(self, own: Ints, places: Places) -> Ints:
        """The last change of a field known in each place, among `own`; -1 where there is none."""
        place = np.flatnonzero(~self.later[own])
        keys = self.keys[own[place]]
        order = np.argsort(keys, kind="stable")
        newest = np.maximum.accumulate(place[order])  # of later entities they are later, too
        found = np.searchsorted(keys[order], places.keys, side="right") - 1
        newest, entity = np.append(newest, -1), np.append(self.entity[own[place]][order], -1)
        return np.where(entity[found] == places.entity, newest[found], -1)

    def _first(self, own: Ints, entity: Ints, entities: int) -> Ints:
        """Where the value before all changes stands: among old values, else among today's."""
        of = self.entity[own]
        place = np.searchsorted(of, np.arange(entities))
        changed = np.append(of, -1)[np.minimum(place, len(of))] == np.arange(entities)
        old, now = len(own) + 1, 2 * len(own) + 1
        first = np.where(changed, old + place, now + np.arange(entities))
        return np.asarray(first[entity], dtype=np.int64)


def _sort(rows: pa.Table, ids: tuple[str, ...]) -> tuple[pa.Table, Ints]:
    """The rows of the entities by entity and rank, and the entity of each."""
    names = [name for name in (TIME, RECORDED, VALUE, BEFORE) if name in rows.column_names]
    rows = rows.take(
        pc.sort_indices(rows, sort_keys=[(name, "ascending", "at_start") for name in names])
    )
    position = pc.index_in(
        rows[ENTITY].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    rows, position = rows.filter(pc.is_valid(position)), position.drop_null()
    entity = position.to_numpy(zero_copy_only=False).astype(np.int64)
    order = np.argsort(entity, kind="stable")
    return rows.take(pa.array(order)).combine_chunks(), entity[order]
