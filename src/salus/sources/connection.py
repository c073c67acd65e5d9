"""What every data source offers: tables, columns with types, and the rows of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from sqlglot import exp

from salus.sources.table import TableColumn

if TYPE_CHECKING:
    import pyarrow as pa


FILE = "salus_file"  # the column that names the file of each row


class Connection(Protocol):
    """A folder, a DuckDB file or a database. Salus only runs SELECTs; `audit` lists them."""

    dialect: str

    @property
    def audit(self) -> list[str]:
        """Every SQL text that was run."""
        ...

    def tables(self) -> tuple[str, ...]:
        """The names of the tables, sorted."""
        ...

    def names(self, table: str) -> tuple[str, ...]:
        """The names of all columns of a table, without reading any value."""
        ...

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        """The columns of a table with their types. A folder lists only the columns that the model
        names, because it doesn't read the others.

        Raises DataError if there is no such table.
        """
        ...

    def table(self, name: str) -> exp.Table | exp.Subquery:
        """The table as part of a query."""
        ...

    def parts(self, table: str) -> Mapping[str, str]:
        """The files of a table: their names as in the column FILE, each with a text that changes
        when the file changes.

        Empty if the table is one file, or its files aren't known. Then it has no column FILE.
        """
        ...

    def query(self, select: exp.Select) -> pa.Table:
        """The rows of a SELECT."""
        ...

    def query_parts(self, select: exp.Select, by: str) -> Iterator[tuple[int, pa.Table]]:
        """The rows of a SELECT in parts: one for each value of the whole-number column `by`, with the
        value and without the column, rising. Where the engine can, one part at a time is in memory.

        A value without rows has no part.
        """
        ...

    def remembered(
        self, what: str, select: Callable[[], exp.Select], most: int | None = None
    ) -> exp.Table | None:
        """The rows of a SELECT as a table for other queries of this connection. It is computed when
        it is asked for first; `what` says everything that it depends on but the data. None where
        nothing can be kept, or it has more than `most` rows; then the query itself is part of the
        others.
        """
        ...

    def keeps_rows(self, table: str) -> bool:
        """Whether `remembered` may hold all rows of a table: it keeps rows, and the table has few."""
        ...

    @property
    def has_file_states(self) -> bool:
        """Whether `identity` follows each write at once, as the states of files do. A server may count
        written rows some seconds later, or its state may cost as much as the data.
        """
        ...

    def identity(self, table: str) -> str:
        """A text that changes when the data of the table change."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
