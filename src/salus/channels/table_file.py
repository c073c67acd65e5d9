"""Scores as a plain table in a file: CSV that a spreadsheet can't mistake for formulas, or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salus.atomic import whole

Value = str | float | bool | dt.date | dt.datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")   # spreadsheets run text from these on


def write_parquet(table: pa.Table, path: Path) -> None:
    """One row per entity, worst first. Equal scores are equal bytes."""
    with whole(path) as draft:
        pq.write_table(table, draft, compression="zstd")


def write_csv(table: pa.Table, path: Path) -> None:
    """UTF-8 with a header, a comma between, numbers with a point and in full, dates ISO, missing empty."""
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(neutral(name) for name in table.column_names)
        for row in rows(table):
            lines.writerow(told(value) for value in row)


def rows(table: pa.Table) -> Iterator[tuple[Value, ...]]:
    """The rows of a table as Python values, a batch of them in memory at a time."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("Nordwind GmbH")
    ("'=1+1", 'Nordwind GmbH')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def told(value: Value) -> str:
    """A value as CSV has it.

    >>> told(-0.25), told(40.0), told(None), told(True), told("-5 %")
    ('-0.25', '40', '', 'true', "'-5 %")
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return neutral(value)
        case dt.date():
            return value.isoformat()
        case _:
            return repr(value).removesuffix(".0")
