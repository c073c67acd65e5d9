"""The rows of a query in parts, for engines that return them all at once."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc


def split_rows(rows: pa.Table, by: str) -> Iterator[tuple[int, pa.Table]]:
    """For each value of the whole-number column `by`, rising: the value, and the rows without that
    column.

    >>> rows = pa.table({"n": [2, 1, 2], "x": ["a", "b", "c"]})
    >>> [(value, part["x"].to_pylist()) for value, part in split_rows(rows, "n")]
    [(1, ['b']), (2, ['a', 'c'])]
    """
    values = rows[by]
    for value in sorted(pc.unique(values).to_pylist()):
        yield int(value), rows.filter(pc.equal(values, value)).drop_columns([by])
