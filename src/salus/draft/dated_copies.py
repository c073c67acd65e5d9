"""Recognises copies of the customers' list, each of one day, and what they say of the attributes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from salus.draft.profile import ColumnProfile, TableProfile
from salus.sources.connection import Connection

FEWEST = 2  # columns of the list
DENSE = 0.5  # share of the days on which a key stands, at least, where little else shows copies
MOST_OTHERS = 2  # columns that the list doesn't have, the day among them


def find_copy_day(
    connection: Connection,
    table: TableProfile,
    listed: TableProfile,
    key: str,
    unclear: bool = False,
) -> str | None:
    """The column with the day of each copy of the list `listed`; None if a table holds no copies.

    Copies have the columns of the list by the same names, and each key once per day. Of a table that
    is otherwise `unclear` one such column will do, whatever else it holds, if most keys stand on most
    days.
    """
    if table.name == listed.name or not table.has(key):
        return None
    same = [column for column in table.columns if listed.has(column.name)]
    others = [column for column in table.columns if not listed.has(column.name)]
    whole = len(same) > FEWEST and len(others) <= MOST_OTHERS
    if len(same) < FEWEST or not (whole or unclear) or not _repeats(table.column(key)):
        return None
    days = [c for c in others if c.is_time and c.filled == c.rows and _repeats(c)]
    if len(days) == 1 and not whole:
        cells = table.column(key).distinct * days[0].distinct
        days = days if table.rows >= DENSE * cells else []
    if len(days) != 1 or not _is_unique(connection, table.name, (key, days[0].name)):
        return None
    return days[0].name


def _repeats(column: ColumnProfile) -> bool:
    return 1 < column.distinct < column.filled == column.rows


def _is_unique(connection: Connection, table: str, names: tuple[str, ...]) -> bool:
    columns = [exp.column(name, quoted=True) for name in names]
    again = (
        exp.select(*columns)
        .from_(connection.table(table))
        .group_by(*(column.copy() for column in columns))
        .having(exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1)))
        .limit(1)
    )
    return connection.query(again).num_rows == 0


def copied_attributes(
    table: TableProfile, listed: TableProfile, attributes: Iterable[str]
) -> tuple[str, ...]:
    """The attributes that the copies have too, as the same kind."""
    return tuple(
        name
        for name in attributes
        if table.has(name)
        and listed.has(name)
        and table.column(name).type == listed.column(name).type
    )
