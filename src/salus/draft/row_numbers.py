"""Tables of customers without a key: a list with a flag in which no column tells customers apart.

The line of a row in its file can stand for a key while nobody changes the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from salus.draft.flag import lists_customers
from salus.draft.headers import normalise
from salus.draft.keys import choose_key
from salus.draft.persons import refuse_employees
from salus.draft.profile import profile_table
from salus.errors import DataError
from salus.sources.connection import Connection

ROW_NUMBER = "row_number"  # the name of the column
WARNING = (
    "no column tells customers apart, so the line of each row in the file is the key, as the column"
    f" `{ROW_NUMBER}`. Once rows are added, removed or sorted, a number means another customer: add a"
    " column with an id before you keep a history"
)


def find_unkeyed(connection: Connection, tables: Iterable[str]) -> str | None:
    """The only table, if it lists customers with an understood flag and has no key."""
    names = tuple(tables)
    if len(names) != 1:
        return None
    table = profile_table(connection, names[0])
    if not table.rows or not lists_customers(table):
        return None
    try:
        refuse_employees([table])
    except DataError:
        return None
    try:
        choose_key(connection, [table])
    except DataError:
        return None if any(normalise(c.name) == "row number" for c in table.columns) else table.name
    return None
