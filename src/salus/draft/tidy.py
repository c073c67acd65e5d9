"""Whether a folder is tidy: every table has the key of the entity as a column of one name."""

from __future__ import annotations

from collections.abc import Sequence

from salus.draft.headers import fold
from salus.draft.keys import EntityKey, choose_key, unknown_key_share
from salus.draft.lookups import find_lookup
from salus.draft.picture import CustomersPicture, FolderPicture
from salus.draft.profile import ColumnProfile, TableProfile
from salus.errors import DataError
from salus.sources.connection import Connection


def find_tidy_key(
    connection: Connection, tables: Sequence[TableProfile], picture: FolderPicture
) -> EntityKey | None:
    """The key of a tidy folder; None if its tables must be connected first.

    One table may spell the key differently: the one that lists the entities. Raises DataError if
    neither the headers nor the picture know a customer.
    """
    try:
        key = choose_key(connection, tables)
    except DataError:
        if picture.customers is None and not picture.questions:
            raise
        return None
    spelled = [column for column in key.columns.values() if fold(column) != fold(key.header)]
    if len(spelled) > 1:
        return None
    connected = {table.name for table in picture.tables if table.ways or picture.customers is None}
    lacking = [table for table in tables if table.name not in key.columns]
    for table in lacking:
        same = any(fold(column.name) == fold(key.header) for column in table.columns)
        if table.name not in connected or same:
            continue
        if find_lookup(connection, tables, key, table) is None:
            return None
    if any(_is_of_persons(table, key) for table in tables if table.name in key.columns):
        return None
    if picture.questions and not _shares_keys(connection, key):
        return None
    return key if picture.customers is None or _agrees(picture.customers, key) else None


def _shares_keys(connection: Connection, key: EntityKey) -> bool:
    """Whether the tables name the same entities: each has a key that another one has too. A tool may
    call the id of every table `Record ID`.
    """
    columns = list(key.columns.items())
    return len(columns) < 2 or all(
        any(
            unknown_key_share(connection, name, column, other, theirs) < 1
            for other, theirs in columns
            if other != name
        )
        for name, column in columns
    )


def _agrees(customers: CustomersPicture, key: EntityKey) -> bool:
    """Whether the picture adds nothing to the key: no contracts that end, no rows left out."""
    ends = customers.contracts is not None and customers.contracts.ends is not None
    same = key.columns.get(customers.table) == customers.key
    return same and not ends and customers.where is None and not customers.replaced


def _is_of_persons(table: TableProfile, key: EntityKey) -> bool:
    """Whether a key names persons by their e-mail addresses, or is a guess beside such addresses."""
    columns = table.columns if key.is_guess else (table.column(key.columns[table.name]),)
    return any(_holds_mail(column) for column in columns)


def _holds_mail(column: ColumnProfile) -> bool:
    values = column.frequent_values
    return bool(values) and sum("@" in str(value) for value in values) > 0.5 * len(values)
