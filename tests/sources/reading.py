"""Reads a file in a test: writes it, decodes it, and returns the rows and the rejected rows."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salus.sources.files import FileSettings, FileTable, Use, list_tables
from salus.sources.table import FileReading

ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Read:
    """How a file was read."""

    table: pa.Table
    reading: FileReading
    rejected: list[dict[str, str]]

    def __getitem__(self, column: str) -> list[Any]:
        return self.table[column].to_pylist()

    def type(self, column: str) -> str:
        return str(self.table.schema.field(column).type)

    @property
    def lines(self) -> list[int]:
        return [int(row["line"]) for row in self.rejected]

    @property
    def reasons(self) -> list[str]:
        return [row["reason"] for row in self.rejected]


def read(file: FileTable, out: Path, uses: Mapping[str, Use | None] | None = None) -> Read:
    """Decode the columns of `uses` (None: all of them)."""
    named = dict.fromkeys(file.names()) if uses is None else uses
    reading = file.write(out / "cache" / "t.parquet", named, rejected=out / "rejected")
    path = next((out / "rejected").glob("*.csv"), None)
    rejected = list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path else []
    assert reading.read == reading.kept + reading.rejected
    assert reading.rejected == len(rejected)
    table = pq.read_table(out / "cache" / "t.parquet")
    assert table.num_rows == reading.kept or not table.column_names
    return Read(table, reading, rejected)


def table_of(
    folder: Path, name: str, settings: FileSettings | None = None, zone: str = ZONE
) -> FileTable:
    """The table `name` of a folder, with settings for all of its files."""
    return list_tables(folder, {"*": settings or FileSettings()}, zone)[name]


def read_text(
    folder: Path,
    text: str | bytes,
    uses: Mapping[str, Use | None] | None = None,
    settings: FileSettings | None = None,
    zone: str = ZONE,
) -> Read:
    """Write a CSV file and decode it."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "t.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return read(table_of(data, "t", settings, zone), folder, uses)


def column(
    folder: Path,
    *values: str,
    use: Use | None = None,
    settings: FileSettings | None = None,
    zone: str = ZONE,
) -> Read:
    """A file of one column `v` beside a number of the row."""
    rows = "".join(f'{place}\t"{value}"\n' for place, value in enumerate(values))
    return read_text(folder, f"n\tv\n{rows}", {"n": None, "v": use}, settings, zone)
