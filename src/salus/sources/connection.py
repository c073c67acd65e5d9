"""What every place of facts offers, whatever it is: tables, typed columns, and rows for a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from sqlglot import exp

from salus.sources.table import TableColumn

if TYPE_CHECKING:
    import pyarrow as pa


FILE = "salus_file"  # the column that tells which piece of a table a row stands in


class Connection(Protocol):
    """A folder, a DuckDB file or a database. Only SELECTs are ever run; `audit` keeps the text of
    each.
    """

    dialect: str

    @property
    def audit(self) -> list[str]:
        """Every SQL text that was run."""
        ...

    def tables(self) -> tuple[str, ...]:
        """The names of the tables, sorted."""
        ...

    def names(self, table: str) -> tuple[str, ...]:
        """The names of all columns of a table, also of those that nothing reads; no value is
        touched.
        """
        ...

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        """The columns of a table with their types (of a folder: those the model names, as the
        others aren't read).

        A DataError names a table that isn't there.
        """
        ...

    def table(self, name: str) -> exp.Table | exp.Subquery:
        """The table as it stands in a query."""
        ...

    def pieces(self, table: str) -> Mapping[str, str]:
        """Of a table in several files: each file, as the column FILE names it, with a text that
        changes when it does.

        Empty where a table is one piece, or its pieces can't be told; then there is no column FILE.
        """
        ...

    def query(self, select: exp.Select) -> pa.Table:
        """The rows of a SELECT."""
        ...

    def identity(self, table: str) -> str:
        """A text that changes when the table's data change."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...
