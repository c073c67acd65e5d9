"""Results as bytes, so that two of them can be compared to the last bit."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salus.model.model import Model
from tests.engine.product import compute_file


def result_bytes(model: Model, path: Path, dates: Sequence[dt.date]) -> bytes:
    """What history would keep of all dates, as Parquet."""
    result = compute_file(model, path, dates)
    return b"" if result is None else table_bytes(result.table)


def table_bytes(table: pa.Table) -> bytes:
    """A table as Parquet; the bytes under a null don't count."""
    sink = pa.BufferOutputStream()
    plain = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    pq.write_table(
        pa.table(plain, names=table.column_names).combine_chunks(),
        sink,
        compression="none",
        use_dictionary=False,
    )
    return sink.getvalue().to_pybytes()


def digest(model: Model, path: Path, dates: Sequence[dt.date]) -> str:
    return hashlib.sha256(result_bytes(model, path, dates)).hexdigest()
