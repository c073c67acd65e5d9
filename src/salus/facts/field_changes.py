"""From changes of single fields to rows with all attributes.

A row says what is known of an entity from one day on. Of the changes of a field that are known on a
date the last one counts: by time, then the later recorded, then the larger value. Before all of
them, the old value of the first change applies; if there is none, today's value. Without a column of
old values nothing is known before the first change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

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
_LEAST, _STEP = -NEVER, 2**33  # less than any day, and more than the number of days
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class AttributesToday:
    """The entities in order, with a row of today's attributes for each."""

    ids: tuple[str, ...]
    rows: pa.Table
    zone: str


@dataclass(frozen=True)
class SortedChanges:
    """The changes of entities by entity and rank, and the position of the entity of each."""

    rows: pa.Table
    entity: Ints


def sort_changes(rows: pa.Table, ids: tuple[str, ...]) -> SortedChanges:
    """The rows of the entities by entity and rank: time, recorded, new and old value."""
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
    return SortedChanges(rows.take(pa.array(order)).combine_chunks(), entity[order])


def fill_attributes(changes: FieldChanges, rows: pa.Table, today: AttributesToday) -> pa.Table:
    """One row per entity and day on which any of its fields is known to change, with the attributes
    as they are known from then on. With old values also a row for the time before.
    """
    timeline = ChangeTimeline(sort_changes(rows, today.ids), today)
    days = np.unique(timeline.keys[~timeline.later])
    if changes.before:
        first = np.arange(len(today.ids), dtype=np.int64) * _STEP + ALWAYS
        days = np.union1d(first, days)
    points = EntityDays(days, (days - _LEAST) // _STEP)
    columns = {name: timeline.attribute(name, field, points) for name, field in changes.names}
    dates = pa.array((days - points.entity * _STEP).astype(np.int32)).cast(pa.date32())
    ids = pa.array(today.ids, pa.string()).take(pa.array(points.entity))
    ranks = pa.array(np.arange(len(days), dtype=np.int64))
    return pa.table({ENTITY: ids, BEGUN: dates, KNOWN: dates, TIME: ranks, **columns})


@dataclass(frozen=True)
class EntityDays:
    """Pairs of an entity and a day, each as one number, and the entities."""

    keys: Ints
    entity: Ints


@dataclass(frozen=True)
class ChangeTimeline:
    """What is known of each field of an entity on a day."""

    changes: SortedChanges
    today: AttributesToday

    @property
    def rows(self) -> pa.Table:
        """The changes by entity and rank."""
        return self.changes.rows

    @property
    def entity(self) -> Ints:
        """The position of the entity of each change."""
        return self.changes.entity

    @cached_property
    def keys(self) -> Ints:
        """The entity of each change and the day on which it is known, as one number."""
        days = self.rows[KNOWN].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()
        return self.entity * _STEP + days

    @cached_property
    def later(self) -> NDArray[np.bool_]:
        """Which changes aren't known yet on the last date."""
        later = self.rows[LATER].combine_chunks().to_numpy(zero_copy_only=False)
        return np.asarray(later, dtype=bool)

    def rows_of(self, field: str) -> Ints:
        """The positions of the changes of a field."""
        return np.flatnonzero(np.asarray(pc.equal(self.rows[FIELD], field)))

    def read(self, column: str, rows: Ints, attribute: str) -> pa.Array:
        """The new or old values in some of the rows, as values of an attribute."""
        values = self.rows[column].combine_chunks().take(pa.array(rows))
        return read_field(values, self.today.rows[attribute].type, self.today.zone)

    def agreement(self, attribute: str, field: str) -> tuple[int, int]:
        """The entities whose last change of a field gives today's value, and all with a change."""
        own = self.rows_of(field)
        entity = self.entity[own]
        last = own[np.flatnonzero(np.append(entity[1:] != entity[:-1], True)[: len(own)])]
        then = self.read(VALUE, last, attribute)
        now = self.today.rows[attribute].combine_chunks().take(pa.array(self.entity[last]))
        same = pc.fill_null(pc.equal(then, now), False)
        empty = pc.and_(pc.is_null(then), pc.is_null(now))
        return int(pc.sum(pc.or_(same, empty)).as_py() or 0), len(last)

    def attribute(self, attribute: str, field: str, days: EntityDays) -> pa.Array:
        """The value of an attribute on each day."""
        own, now = self.rows_of(field), self.today.rows[attribute].combine_chunks()
        parts = [self.read(VALUE, own, attribute), pa.nulls(1, now.type)]
        index = self._last(own, days)
        if BEFORE in self.rows.column_names:
            parts += [self.read(BEFORE, own, attribute), now]
            index = np.where(index < 0, self._first(own, days.entity, len(now)), index)
        index = np.where(index < 0, len(own), index)
        return pa.concat_arrays(parts).take(pa.array(index))

    def _last(self, own: Ints, days: EntityDays) -> Ints:
        """The last change of a field known on each day, among `own`; -1 where there is none."""
        place = np.flatnonzero(~self.later[own])
        keys = self.keys[own[place]]
        order = np.argsort(keys, kind="stable")
        newest = np.maximum.accumulate(place[order])  # of later entities they are later, too
        entity = np.append(self.entity[own[place]][order], -1)
        match = np.searchsorted(keys[order], days.keys, side="right") - 1
        return np.where(entity[match] == days.entity, np.append(newest, -1)[match], -1)

    def _first(self, own: Ints, entity: Ints, entities: int) -> Ints:
        """Where the value before all changes stands: among old values, else among today's."""
        every = np.arange(entities, dtype=np.int64)
        place = np.searchsorted(self.entity[own], every)
        changed = np.append(self.entity[own], -1)[place] == every
        old, now = len(own) + 1, 2 * len(own) + 1
        return np.asarray(np.where(changed, old + place, now + every)[entity], dtype=np.int64)
