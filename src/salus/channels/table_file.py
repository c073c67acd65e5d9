"""Scores as a plain table in a file, Parquet or CSV. A spreadsheet runs no formula from the CSV."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salus.atomic import atomic_write
from salus.sanitize import escape_formula

Value = str | float | bool | dt.date | dt.datetime | None


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write the table as Parquet. Equal tables give equal bytes."""
    with atomic_write(path) as draft:
        pq.write_table(table, draft, compression="zstd")


def write_csv(table: pa.Table, path: Path) -> None:
    """Write the table as CSV: UTF-8, with a header, separated by commas. Numbers have a decimal
    point and all their digits, dates are ISO, and a missing value is empty.
    """
    with atomic_write(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(escape_formula(name) for name in table.column_names)
        for row in iterate_rows(table):
            lines.writerow(format_csv(value) for value in row)


def iterate_rows(table: pa.Table) -> Iterator[tuple[Value, ...]]:
    """The rows of a table as Python values. Only one batch is in memory at a time."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def format_csv(value: Value) -> str:
    """A value as it is written in CSV.

    >>> format_csv(-0.25), format_csv(40.0), format_csv(None), format_csv(True), format_csv("-5 %")
    ('-0.25', '40', '', 'true', "'-5 %")
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return escape_formula(value)
        case dt.date():
            return value.isoformat()
        case _:
            return repr(value).removesuffix(".0")
