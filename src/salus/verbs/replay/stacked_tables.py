"""Several tables stacked into one long table, because Spark passes only one table to a function.
Each row holds the number of its table.

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

TableKey = PartialSpec | str  # a partial, TODAY, CHANGES or CONTRACTS
TODAY, CHANGES, CONTRACTS = "today", "changes", "contracts"
TAG = "salus_part"
#: Spark's types, the slot that holds them, and the Arrow type they are converted back to.
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
class TableLayout:
    """Where the columns of one table are in the long one: name, slot, type."""

    tag: int
    key: TableKey
    columns: tuple[tuple[str, str, pa.DataType], ...]

    @classmethod
    def of(cls, tag: int, key: TableKey, types: Iterable[tuple[str, str]]) -> TableLayout:
        """The layout for the names and types of a DataFrame."""
        count: Counter[str] = Counter()
        columns = []
        for name, kind in types:
            if name != ENTITY:
                slot, arrow = _SLOTS[kind]
                columns.append((name, f"{slot}{count[slot]}", arrow))
                count[slot] += 1
        return cls(tag, key, tuple(columns))

    def table(self, long: pa.Table) -> pa.Table:
        """The rows of this table among rows of the long one."""
        own = long.filter(pc.equal(long[TAG], self.tag))
        arrays = {name: own[slot].cast(kind) for name, slot, kind in self.columns}
        return pa.table({ENTITY: own[ENTITY].cast(pa.string()), **arrays})

    def empty(self, entity: str | None = None) -> pa.Table:
        """No row, or one row that holds only the entity."""
        rows = [] if entity is None else [None]
        return pa.table(
            {
                ENTITY: pa.array([entity] if rows else [], pa.string()),
                **{name: pa.array(rows, kind) for name, _, kind in self.columns},
            }
        )


def stack_frames(frames: Sequence[tuple[TableLayout, Any]]) -> Any:
    """One DataFrame with all rows of the frames that the layouts describe."""
    slots = sorted({slot for layout, _ in frames for _, slot, _ in layout.columns})
    packed = [_pack(layout, frame, slots) for layout, frame in frames]
    whole = packed[0]
    for other in packed[1:]:
        whole = whole.unionAll(other)
    return whole


def _pack(layout: TableLayout, frame: Any, slots: Sequence[str]) -> Any:
    from pyspark.sql import functions

    own = {slot: name for name, slot, _ in layout.columns}

    def column(slot: str) -> Any:
        value = functions.col(f"`{own[slot]}`") if slot in own else functions.lit(None)
        return value.cast(_WIDE[slot.rstrip("0123456789")]).alias(slot)

    return frame.select(functions.lit(layout.tag).alias(TAG), ENTITY, *map(column, slots))
