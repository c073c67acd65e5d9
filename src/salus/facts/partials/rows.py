"""The rows of a partial, in memory or from kept files, read by ranges of entities."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.partials.nulls import fill_nulls
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
        self._words: list[str] = []  # every key, sorted
        self._codes: NDArray[np.int32] | None = None  # of each row, the place of its key; rising

    def __len__(self) -> int:
        return len(self.table)

    def between(self, low: str | None, high: str | None) -> pa.Table:
        if low is None and high is None:
            return self.table
        codes = self._sort()
        places = [
            0 if low is None else bisect_left(self._words, low),
            len(self._words) if high is None else bisect_left(self._words, high),
        ]
        first, stop = find_rows(codes, places)
        return self.table.slice(int(first), int(stop - first))

    def _sort(self) -> NDArray[np.int32]:
        """Sorts the rows by entity, those without one last, and returns their codes."""
        if self._codes is None:
            coded = self.table[ENTITY].cast(pa.string()).combine_chunks().dictionary_encode()
            words = coded.dictionary.to_pylist()
            self._words = sorted(words)
            places = {word: place for place, word in enumerate(self._words)}
            rank = np.array([*(places[word] for word in words), len(words)], dtype=np.int32)
            codes = rank[fill_nulls(coded.indices, len(words)).to_numpy(zero_copy_only=False)]
            order = np.argsort(codes, kind="stable")
            self.table, self._codes = self.table.take(pa.array(order)), codes[order]
        return self._codes

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
