"""Columns as texts are read as single values are."""

from __future__ import annotations

import pyarrow as pa
import pytest

from salus.draft.table_values import as_text, as_texts

COLUMNS = (
    pa.array(["a", "", " ", "\u2003\n", " b ", "\u200b", "\x1c", None]),
    pa.array([17.0, 17.5, None, float("inf")]),
    pa.array([1, None]),
    pa.array([True, False, None]),
    pa.array([], pa.string()),
)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.type))
def test_columns_as_texts(column: pa.Array) -> None:
    expected = [as_text(value) for value in column.to_pylist()]
    assert as_texts(pa.chunked_array([column])) == expected
