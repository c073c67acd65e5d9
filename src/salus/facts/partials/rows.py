"""The rows of a partial, in memory or from kept files, read by ranges of entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.sql.columns import ENTITY, KNOWN


class PartialRows(Protocol):
    """The rows of one partial."""

    def between(self, low: str | None, high: str | None) -> pa.Table:
        """The rows of entities from `low` on and before `high` (None: no bound), by code point."""
        ...

    def of(self, keys: pa.Array) -> pa.Table:
        """The rows of these entities, whose keys are sorted by code point."""
        ...

    def entities(self) -> pa.Array:
        """Every key, once."""
        ...

    def newest(self, begun: str) -> pa.Table:
        """The greatest `begun` for each day known."""
        ...


@dataclass(frozen=True)
class RowsInMemory:
    """The rows of a query, in memory."""

    table: pa.Table

    def between(self, low: str | None, high: str | None) -> pa.Table:
        if low is None and high is None:
            return self.table
        keys = self.table[ENTITY].cast(pa.string())
        inside = pc.is_valid(keys)
        inside = inside if low is None else pc.and_(inside, pc.greater_equal(keys, low))
        return self.table.filter(inside if high is None else pc.and_(inside, pc.less(keys, high)))

    def of(self, keys: pa.Array) -> pa.Table:
        entity = self.table[ENTITY].cast(pa.string())
        return self.table.filter(pc.is_in(entity, value_set=keys))

    def entities(self) -> pa.Array:
        return pc.unique(self.table[ENTITY].cast(pa.string()))

    def newest(self, begun: str) -> pa.Table:
        return latest_by_known_day(self.table, begun)


def latest_by_known_day(table: pa.Table, begun: str) -> pa.Table:
    """The greatest day in column `begun` for each day known, sorted by that day: columns KNOWN and
    `newest`.
    """
    latest = table.select([KNOWN, begun]).group_by(KNOWN).aggregate([(begun, "max")]).sort_by(KNOWN)
    return latest.rename_columns([KNOWN, "newest"])
