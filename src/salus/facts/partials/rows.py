"""The rows of a partial, in memory or from kept files, read by ranges of entities."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.partials.row_order import find_rows
from salus.facts.sql.columns import ENTITY, KNOWN


class PartialRows(Protocol):
    """The rows of one partial."""

    def __len__(self) -> int:
        """The number of rows."""
        ...

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


class RowsInMemory:
    """The rows of a query, in memory. They are sorted by entity when some of them are first asked for."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._words: pa.Array | None = None  # every key, sorted, once the rows are

    def __len__(self) -> int:
        return len(self.table)

    def between(self, low: str | None, high: str | None) -> pa.Table:
        if low is None and high is None:
            return self.table
        words = self._sort()
        least = 0 if low is None else bisect_left(words, low, key=str)
        most = len(words) if high is None else bisect_left(words, high, key=str)
        coded = self.table[ENTITY].chunk(0)
        codes = coded.indices.to_numpy(zero_copy_only=False)
        first, stop = (int(row) for row in find_rows(codes, [least, most]))
        own = pa.DictionaryArray.from_arrays(
            pa.array(codes[first:stop] - np.int32(least)), words.slice(least, most - least)
        )
        place = self.table.column_names.index(ENTITY)
        return self.table.slice(first, stop - first).set_column(place, ENTITY, own)

    def _sort(self) -> pa.Array:
        """Sorts the rows by entity, of which each becomes a code, and returns all entities. Rows
        without one are left out, because they belong to no range.
        """
        if self._words is None:
            rows = self.table.filter(pc.is_valid(self.table[ENTITY]))
            coded = rows[ENTITY].cast(pa.string()).combine_chunks().dictionary_encode()
            by_word = pc.array_sort_indices(coded.dictionary).to_numpy()
            rank = np.empty(len(by_word), dtype=np.int32)
            rank[by_word] = np.arange(len(by_word), dtype=np.int32)
            codes = rank[coded.indices.to_numpy(zero_copy_only=False)]
            order = np.argsort(codes, kind="stable")
            words = coded.dictionary.take(pa.array(by_word))
            entity = pa.DictionaryArray.from_arrays(pa.array(codes[order]), words)
            place = rows.column_names.index(ENTITY)
            others = rows.remove_column(place).take(pa.array(order)).combine_chunks()
            self.table = others.add_column(place, ENTITY, entity)
            self._words = words
        return self._words

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
