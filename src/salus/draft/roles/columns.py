"""The columns of a table by what they mean, without leaks and constants."""

from __future__ import annotations

from salus.draft.exports import recognise
from salus.draft.meanings import meanings
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table import DatedTable


def column_meanings(table: TableProfile, header: str) -> frozenset[str]:
    """What a column means: as the tool that exported the table says, or else by its header."""
    export = recognise(table)
    own = frozenset[str](export.meanings(header)) if export else frozenset[str]()
    return own | meanings(header)


def find_columns(table: DatedTable, *names: str) -> list[ColumnProfile]:
    """The columns with one of the meanings, in the order of the meanings, the fullest first."""
    columns = [
        column
        for column in table.profile.columns
        if column.filled and not column.constant and column.name not in table.leaks
    ]
    known = {column.name: column_meanings(table.profile, column.name) for column in columns}
    found = [
        column
        for name in names
        for column in sorted(columns, key=lambda c: (-c.filled, len(c.name), c.name))
        if name in known[column.name]
    ]
    return list(dict.fromkeys(found))


def find_words(table: DatedTable, *names: str) -> ColumnProfile | None:
    """The first column of texts with few values that has one of the meanings."""
    columns = (c for c in find_columns(table, *names) if c.type == "text" and c.distinct <= 200)
    return next(columns, None)


def find_number(table: DatedTable, *names: str) -> ColumnProfile | None:
    """The first column of numbers with one of the meanings."""
    return next((c for c in find_columns(table, *names) if c.is_number), None)


def find_time(table: DatedTable, *names: str) -> ColumnProfile | None:
    """The first column of dates or times with one of the meanings."""
    return next((c for c in find_columns(table, *names) if c.is_time), None)
