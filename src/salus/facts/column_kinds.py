"""The kinds of a model's columns, as the connection declares them, and example values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from salus.facts.partials.requirements import OPEN_DAYS
from salus.facts.sql.relation import column
from salus.model.contracts import VALUE
from salus.model.expressions.expression import Expression, find_names
from salus.model.expressions.kinds import Kind, Mismatch, kind_of
from salus.model.model import Model
from salus.model.source import Source
from salus.model.yaml.findings import shorten
from salus.sources.connection import Connection
from salus.sources.table import Type

KINDS: Mapping[Type, Kind] = {
    "text": "text",
    "integer": "number",
    "number": "number",
    "bool": "bool",
    "date": "date",
    "moment": "date",
    "instant": "date",
}


@dataclass(frozen=True)
class TableKinds:
    """The names of all columns of a table, and the kinds of those that can be read."""

    name: str
    names: tuple[str, ...]
    kinds: Mapping[str, Kind]


@dataclass
class ColumnKinds:
    """The kinds of columns, measures and attributes. `tables` holds the tables that were opened;
    None for one that can't be read.
    """

    model: Model
    connection: Connection
    tables: dict[str, TableKinds | None] = field(default_factory=dict)

    def open(self, table: str) -> None:
        """Look up the columns of a table. Raises SalusError if it can't be read."""
        self.tables[table] = None
        kinds = {column_.name: KINDS[column_.type] for column_ in self.connection.columns(table)}
        self.tables[table] = TableKinds(table, self.connection.names(table), kinds)

    def source_kinds(self, source: Source) -> dict[str, Kind]:
        """The kinds of all columns of a source, including computed ones; empty if its tables can't
        be read.
        """
        kinds = self.of_tables(tables_of(source))
        for name, expression in source.columns.items():
            kinds[name] = find_kind(expression, kinds)
        return kinds

    def kind(self, name: str) -> Kind:
        """The kind of a measure, an attribute or `as_of`."""
        if name == "as_of":
            return "date"
        measure = next((each for each in self.model.everything if each.name == name), None)
        if measure is None:
            return self._attribute_kind(name)
        if measure.per is not None or measure.column == OPEN_DAYS:
            return "number"
        if measure.kind == "formula" and measure.formula is not None:
            return find_kind(
                measure.formula, {name: self.kind(name) for name in find_names(measure.formula)}
            )
        if measure.kind == "value":
            return self._attribute_kind(measure.column or "")
        if measure.kind in ("min", "max", "latest") and measure.source:
            return self.source_kinds(self.model.sources[measure.source]).get(
                measure.column or "", "null"
            )
        return "number"

    def _attribute_kind(self, name: str) -> Kind:
        if name == VALUE and self.model.entity.valued_by_contracts:
            return "number"
        return self._attribute_kinds.get(name, "null")

    @cached_property
    def _attribute_kinds(self) -> Mapping[str, Kind]:
        """The kinds of the entity's attributes; those of its history come first."""
        return self.of_tables(self.entity_tables)

    @property
    def entity_tables(self) -> tuple[str, ...]:
        """The entity's tables, its history first."""
        entity = self.model.entity
        return tuple(name for name in (entity.wide_history, entity.table) if name)

    def of_tables(self, tables: Iterable[str]) -> dict[str, Kind]:
        """The columns of several tables. If two tables have a column of the same name, the first
        counts.
        """
        kinds: dict[str, Kind] = {}
        for table in filter(None, (self.tables.get(name) for name in tables)):
            kinds = {**table.kinds, **kinds}
        return kinds

    def is_empty(self, table: str, name: str) -> bool:
        """Whether an attribute has no value at all. Then its type says nothing, because nobody
        chose it.
        """
        kinds = self.tables.get(table)
        if table not in self.entity_tables or kinds is None or name not in kinds.kinds:
            return False
        return not self._first_value(table, name)

    def _first_value(self, table: str, name: str) -> list[object]:
        """A list with one value of a column, empty if it has none."""
        present = exp.not_(exp.Is(this=column(name), expression=exp.null()))
        select = (
            exp.select(column(name)).from_(self.connection.table(table)).where(present).limit(1)
        )
        values: list[object] = self.connection.query(select).column(0).to_pylist()
        return values

    def example(self, table: str, name: str) -> str:
        """A value of the column as people may see it, with its line if the file was read by rows."""
        reading = getattr(self.connection, "readings", {}).get(table)
        for row in reading.preview if reading is not None else ():
            if row.before.get(name, "").strip():
                return f" (`{shorten(row.before[name])}` in line {row.line})"
        rows = self._first_value(table, name)
        return f" (such as `{shorten(str(rows[0]))}`)" if rows else ""


def tables_of(source: Source) -> tuple[str, ...]:
    """The table of a source, and the table of its lookup."""
    return (source.table,) if source.lookup is None else (source.table, source.lookup.table)


def find_kind(expression: Expression, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of an expression; `null` where its parts don't fit one another."""
    try:
        return kind_of(expression, kinds)
    except Mismatch:
        return "null"
