"""The tables that the model uses or not, and the size of those in Parquet files."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from salus.facts.column_usage import column_uses
from salus.model.model import Model
from salus.sources.connection import Connection
from salus.sources.folder import Folder
from salus.verbs.check.result import ParquetTable


def find_tables(
    model: Model, connection: Connection
) -> tuple[tuple[ParquetTable, ...], tuple[str, ...]]:
    """The Parquet tables that the model uses, and the names of the tables that it doesn't use.

    Both are empty for a database. Only the end of each file is read, which holds its row count.
    """
    if not isinstance(connection, Folder):
        return (), ()
    names = connection.tables()
    used = [name for name in names if column_uses(model, name)]
    tables = []
    for name in used:
        try:
            table = _parquet_table(connection, name)
        except (OSError, pa.ArrowException, ValueError):  # the problems say what is wrong with it
            continue
        if table is not None:
            tables.append(table)
    return tuple(tables), _unused(connection, used)


def _unused(folder: Folder, used: list[str]) -> tuple[str, ...]:
    """The tables that aren't used. A workbook with one sheet has two names, and is named once."""
    labels = {folder.file(name).label for name in used}
    unused = []
    for name in sorted(set(folder.tables()) - set(used), key=lambda name: (len(name), name)):
        label = folder.file(name).label
        if label not in labels:
            unused.append(name)
            labels.add(label)
    return tuple(sorted(unused))


def _parquet_table(folder: Folder, name: str) -> ParquetTable | None:
    """The files and rows of a table; None if its file isn't Parquet."""
    file = folder.file(name)
    if file.refused is not None or not file.parquet_files:
        return None
    rows = sum(pq.read_metadata(path).num_rows for path in file.parquet_files)
    return ParquetTable(file.label, len(file.parquet_files), rows, name)
