"""Replacing missing values."""

from __future__ import annotations

from typing import TypeVar

import pyarrow as pa

Column = TypeVar("Column", pa.Array, pa.ChunkedArray)


def fill_nulls(column: Column, value: object) -> Column:
    """The column without nulls. It is returned unchanged if it has none, since Arrow would copy it
    even then.

    >>> fill_nulls(pa.array([1, None]), 0).to_pylist()
    [1, 0]
    """
    return column.fill_null(value) if column.null_count else column
