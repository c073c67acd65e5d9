"""Tables whose key is a column of another table: usage -> subscription -> account."""

from __future__ import annotations

from collections.abc import Iterable

from salus.draft.keys import EntityKey, unknown_key_share
from salus.draft.lines import Body
from salus.draft.profile import TableProfile
from salus.sources.connection import Connection

UNKNOWN = 0.5  # share of the common ids from which tables don't belong together


def find_lookup(
    connection: Connection, tables: Iterable[TableProfile], entity: EntityKey, table: TableProfile
) -> tuple[str, Body] | None:
    """The entity's key in another table with a common id, and the `lookup` of a source."""
    for other in tables:
        key = entity.columns.get(other.name)
        if not key or table.has(key):
            continue
        shared = _shared_id(table, other, key)
        if shared is None:
            continue
        if unknown_key_share(connection, table.name, shared, other.name, shared) < UNKNOWN:
            return key, {"table": other.name, "on": shared}
    return None


def _shared_id(table: TableProfile, other: TableProfile, key: str) -> str | None:
    """The first id that both tables have and that is unique in the other one."""
    return next(
        (
            column.name
            for column in table.columns
            if column.name != key
            and column.can_be_key
            and other.has(column.name)
            and other.column(column.name).unique
        ),
        None,
    )
