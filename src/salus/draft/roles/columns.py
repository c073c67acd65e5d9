"""The columns of a table by what they mean, without leaks and constants."""

from __future__ import annotations

from salus.draft.exports import recognise
from salus.draft.meanings import meanings
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.roles.concepts import Concept, says
from salus.draft.table import DatedTable

MOST_WORDS = 200  # different values of a column of words


def column_meanings(table: TableProfile, header: str) -> frozenset[str]:
    """What a column means: as the tool that exported the table says, or else by its header."""
    export = recognise(table)
    own = frozenset[str](export.meanings(header)) if export else frozenset[str]()
    return own | meanings(header)


def find_columns(
    table: DatedTable, *names: str, settled: bool = False, constant: bool = False
) -> list[ColumnProfile]:
    """The columns with one of the meanings, in the order of the meanings, the fullest first.

    `settled`: also columns that change while a row is open, for a source dated by the row's end.
    `constant`: also columns with one value.
    """
    columns = [
        column
        for column in table.profile.columns
        if column.filled
        and (constant or not column.constant)
        and (settled or column.name not in table.leaks)
    ]
    known = {column.name: column_meanings(table.profile, column.name) for column in columns}
    by_name = {
        column.name: column
        for name in names
        for column in sorted(columns, key=lambda c: (-c.filled, len(c.name), c.name))
        if name in known[column.name]
    }
    return list(by_name.values())


def find_words(
    table: DatedTable, *names: str, settled: bool = False, constant: bool = False
) -> ColumnProfile | None:
    """The first column of texts with few values that has one of the meanings."""
    columns = find_columns(table, *names, settled=settled, constant=constant)
    return next((c for c in columns if c.type == "text" and c.distinct <= MOST_WORDS), None)


def find_number(table: DatedTable, *names: str) -> ColumnProfile | None:
    """The first column of numbers with one of the meanings."""
    return next((c for c in find_columns(table, *names) if c.is_number), None)


def find_time(table: DatedTable, *names: str) -> ColumnProfile | None:
    """The first column of dates or times with one of the meanings."""
    return next((c for c in find_columns(table, *names) if c.is_time), None)


def find_concept(
    table: DatedTable, concept: Concept, *kinds: str, settled: bool = False
) -> ColumnProfile | None:
    """The first column, of one of the types, whose header has a word of the concept."""
    return next(
        (
            column
            for column in table.profile.columns
            if column.type in kinds
            and column.filled
            and not column.constant
            and (settled or column.name not in table.leaks)
            and says(column.name, concept)
        ),
        None,
    )


def find_person(table: DatedTable) -> ColumnProfile | None:
    """The column that names the person of a row: an id or an address."""
    columns = [
        *find_columns(table, "user", "people_id", "email"),
        *(column for column in table.profile.with_role("user") if column.name not in table.leaks),
    ]
    return next(
        (c for c in columns if c.can_be_key and not c.constant and c.share_filled > 0.5), None
    )


def reference(source: str, column: str) -> str:
    """A column of a source as measures name it.

    >>> reference("use", "user id")
    'use.`user id`'
    """
    return f"{source}.{quote_name(column)}"
