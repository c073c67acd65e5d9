"""Keys through links: a query that adds the column `salus_key` to the rows of a table.

A link becomes a table with one row per foreign name: the entity's key if there is exactly one, and a
state. Rows are joined with the names of their ways in order; the first that knows the name decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.dialect import Type
from salus.facts.sql.known_names import KnownNames, RowsWithKeys
from salus.facts.sql.link_states import decided, describe
from salus.model.link import SALUS_KEY, KeyPath, Link, find_links
from salus.model.model import Model
from salus.sources.connection import Connection


@dataclass(frozen=True)
class KeyedBy:
    """The ways from the rows of a table to entities, and the time at which links are asked.

    `own`: the tables that have the columns of the keys, where whole tables are read.
    """

    model: Model
    connection: Connection
    paths: tuple[KeyPath, ...]
    time: str
    own: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link that is used, each once."""
        return find_links(self.paths, self.model.links)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that decide which entity a row belongs to."""
        own = [self.model.entity.table] if self.model.entity.table else []
        return tuple(dict.fromkeys([*own, *(link.table for link in self.links)]))

    @property
    def identity(self) -> str:
        """A text that changes with the data that decide which entity a row belongs to."""
        parts = [self.connection.identity(table) for table in self.tables]
        return "\n".join([*parts, *(repr(link.corrected) for link in self.links if link.corrected)])

    @property
    def declared(self) -> tuple[object, ...]:
        """Everything in the model that decides which entity a row belongs to."""
        links = [
            (link.name, link.table, link.source, link.to, link.time, link.corrections)
            for link in self.links
        ]
        entity = self.model.entity
        return (self.paths, links, entity.table, entity.key, entity.where)

    def select(
        self, rows: exp.Select, types: Mapping[str, Type], *, report: bool = False
    ) -> exp.Select:
        """The rows with the column `salus_key`; with `report` also their state, the foreign name
        that decided, and whether their ways differ.
        """
        known = KnownNames(self.model, self.connection)
        joined = known.join(RowsWithKeys(rows, types, self.time, self.own), self.paths)
        key = decided(joined.answers, lambda answer: answer.to).as_(SALUS_KEY)
        return joined.select.select(key, *(describe(joined.answers) if report else ()))


@dataclass(frozen=True)
class KeyedTable:
    """A table whose rows lead to entities by `paths`; without paths it has the key as a column."""

    table: str
    paths: tuple[KeyPath, ...]
    time: str


def keyed_table(
    model: Model, connection: Connection, keyed: KeyedTable
) -> tuple[exp.Table | exp.Subquery, dict[str, Type]]:
    """The table as part of a query, and the types of its columns.

    With paths it has the column `salus_key`: the key of the entity as text, null if there is none.
    """
    types = {each.name: each.type for each in connection.columns(keyed.table)}
    table = connection.table(keyed.table)
    if not keyed.paths:
        return table, types
    kept = None

    def select() -> exp.Select:
        rows = exp.select(*(exp.column(name, quoted=True) for name in types)).from_(table.copy())
        keys = KeyedBy(model, connection, keyed.paths, keyed.time, (keyed.table,))
        return keys.select(rows, types)

    if connection.keeps_rows(keyed.table):
        kept = KnownNames(model, connection).remembered(("keyed", keyed), select)
    rows = select().subquery("salus_keyed", copy=False) if kept is None else kept
    return rows, {**types, SALUS_KEY: "text"}
