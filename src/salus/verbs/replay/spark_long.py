"""Several tables as one long one, which is all that Spark hands to a function: a row tells which
table it is of.

Columns become slots by their type: the first text of a table is `text0`, its second day `day1`, and
so on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.partials.requirements import PartialSpec
from salus.facts.sql.columns import ENTITY

What = PartialSpec | str  # a partial, or TODAY, or CHANGES
TODAY, CHANGES = "today", "changes"
TAG = "salus_part"
#: Types of Spark, the slot that holds them, and what Arrow makes of them again.
_SLOTS: Mapping[str, tuple[str, pa.DataType]] = {
    "string": ("text", pa.string()),
    "date": ("day", pa.date32()),
    "boolean": ("truth", pa.bool_()),
    "double": ("number", pa.float64()),
    "timestamp_ntz": ("moment", pa.timestamp("us")),
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), ("whole", pa.int64())),
}
_WIDE = {
    "text": "string",
    "day": "date",
    "truth": "boolean",
    "number": "double",
    "moment": "timestamp_ntz",
    "whole": "bigint",
}


@dataclass(frozen=True)
class Layout:
    """Where the columns of one table are in the long one: name, slot, type."""

    tag: int
    what: What
    columns: tuple[tuple[str, str, pa.DataType], ...]

    @classmethod
    def of(cls, tag: int, what: What, types: Iterable[tuple[str, str]]) -> Layout:
        """From the names and types of a DataFrame."""
        count: Counter[str] = Counter()
        columns = []
        for name, kind in types:
            if name != ENTITY:
                slot, arrow = _SLOTS[kind]
                columns.append((name, f"{slot}{count[slot]}", arrow))
                count[slot] += 1
        return cls(tag, what, tuple(columns))

    def table(self, long: pa.Table) -> pa.Table:
        """The rows of this table in some rows of the long one."""
        own = long.filter(pc.equal(long[TAG], self.tag))
        arrays = {name: own[slot].cast(kind) for name, slot, kind in self.columns}
        return pa.table({ENTITY: own[ENTITY].cast(pa.string()), **arrays})

    def empty(self, entity: str | None = None) -> pa.Table:
        """No row, or one of which nothing but the entity is known."""
        rows = [] if entity is None else [None]
        return pa.table(
            {
                ENTITY: pa.array([entity] if rows else [], pa.string()),
                **{name: pa.array(rows, kind) for name, _, kind in self.columns},
            }
        )


def longed(frames: Sequence[tuple[Layout, Any]]) -> Any:
    """One DataFrame of all rows, from those that the layouts describe."""
    slots = sorted({slot for layout, _ in frames for _, slot, _ in layout.columns})
    several = [_packed(layout, frame, slots) for layout, frame in frames]
    whole = several[0]
    for one in several[1:]:
        whole = whole.unionAll(one)
    return whole


def _packed(layout: Layout, frame: Any, slots: Sequence[str]) -> Any:
    from pyspark.sql import functions

    own = {slot: name for name, slot, _ in layout.columns}

    def column(slot: str) -> Any:
        value = functions.col(f"`{own[slot]}`") if slot in own else functions.lit(None)
        return value.cast(_WIDE[slot.rstrip("0123456789")]).alias(slot)

    return frame.select(functions.lit(layout.tag).alias(TAG), ENTITY, *map(column, slots))
