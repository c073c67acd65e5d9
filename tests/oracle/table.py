"""A table as the oracle and the generators know it: typed columns and raw rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TYPES = ("text", "integer", "number", "bool", "date", "moment", "instant")
Row = dict[str, Any]


@dataclass
class Table:
    """`columns` maps names to one of TYPES (moment: naive datetime, instant: aware); rows hold
    every column.
    """

    columns: dict[str, str]
    rows: list[Row] = field(default_factory=list)


def table(head: str, *rows: list[Any]) -> Table:
    """A table from a line of `name:type` and rows of values in that order.

    >>> table("id:text seats:integer", ["a", 5]).rows
    [{'id': 'a', 'seats': 5}]
    """
    columns = dict(part.split(":") for part in head.split())
    assert all(kind in TYPES for kind in columns.values()), head
    assert all(len(row) == len(columns) for row in rows), (head, rows)
    return Table(columns, [dict(zip(columns, row, strict=True)) for row in rows])


def as_table(given: Table | list[Row]) -> Table:
    """Plain rows become a table whose columns are all the names that occur."""
    if isinstance(given, list):
        return Table({name: "unknown" for row in given for name in row}, given)
    return given
