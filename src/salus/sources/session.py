"""DuckDB in memory, shut off from the world: it sees the declared folders, and nothing else.

No extension is loaded, no network and no other file can be reached, and nothing in a query can
change that: the configuration is locked before the first query runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import sqlglot.dialects.duckdb  # noqa: F401 - every query is written in it
from sqlglot import exp

from salus.errors import DataError
from salus.sources.connection import FILE
from salus.sources.table import TableColumn, Type
from salus.sources.types import column_type

LIMITS: dict[str, str | int | float | list[str]] = {
    "memory_limit": "1400MB",
    "async_threads": 0,  # they would wait for files of other machines
}
NO_TYPE = '"NULL"'  # of a Parquet column that was written without any value, as pandas does
EMPTY_AS: Mapping[Type, str] = {"number": "double", "date": "date"}
LITTLE = 2**24  # bytes of files, under which more threads cost more than they give


class Session:
    """One DuckDB connection. Every SQL text it runs stands in `audit`."""

    dialect = "duckdb"

    def __init__(self, folders: Iterable[Path], file: Path | None = None) -> None:
        self.audit: list[str] = []
        self._descriptions: dict[tuple[Path, ...], list[tuple[str, str]]] = {}
        self._files: dict[str, tuple[Path, ...]] = {}  # of each view
        self._alone = False  # whether queries run on one thread
        self._spill = tempfile.TemporaryDirectory(prefix="salus-")
        try:
            self._connection = duckdb.connect(
                str(file) if file else ":memory:",
                read_only=file is not None,
                config={
                    **LIMITS,
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                },
            )
        except duckdb.Error as error:
            raise DataError(
                f"{file} can't be opened: {_first_line(error)}",
                "close other programs that hold the file, or check its version",
            ) from error
        allowed = ", ".join(
            quoted(str(folder.resolve())) for folder in (*folders, Path(self._spill.name))
        )
        [(self.catalog,)] = self._connection.execute("SELECT current_database()").fetchall()
        # A file may hold macros called like functions of the engine, even `+`: without this they
        # would take their place.
        own = exp.to_identifier(self.catalog, quoted=True).sql(self.dialect)
        path = [f"search_path={quoted(f'system.main,{own}.main')}"] if file else []
        for setting in (
            *path,
            "TimeZone='UTC'",
            "enable_progress_bar=false",
            "parquet_metadata_cache=true",
            f"temp_directory={quoted(self._spill.name)}",
            f"allowed_directories=[{allowed}]",
            "enable_external_access=false",
            "allowed_configs=['threads']",
            "lock_configuration=true",
        ):
            self._connection.execute(f"SET {setting}")

    def view(self, name: str, files: Sequence[Path], columns: Iterable[TableColumn]) -> None:
        """A table over Parquet files, of these columns only; of several files FILE tells which one
        a row stands in.
        """
        paths = ", ".join(quoted(str(path.resolve())) for path in files)
        untyped = {column for column, kind in self._described(files) if kind == NO_TYPE}
        names = ", ".join(_selected(column, column.name in untyped) for column in columns)
        table = exp.to_identifier(name, quoted=True).sql("duckdb")
        self._files[name] = tuple(path.resolve() for path in files)
        read, more = "union_by_name=true", ""
        if len(files) > 1:
            read, more = f"{read}, filename={quoted(FILE)}", f", {FILE}"
        self._run(
            f"CREATE OR REPLACE VIEW {table} AS SELECT {names}{more} FROM read_parquet([{paths}],"
            f" {read})"
        )

    def parquet_columns(
        self, files: Iterable[Path], empty: Mapping[str, Type]
    ) -> tuple[TableColumn, ...]:
        """Columns of Parquet files, from their footers; `empty`: what those without a type are
        taken for.
        """
        found = (
            (name, empty.get(name, "text") if kind == NO_TYPE else column_type(kind))
            for name, kind in self._described(files)
        )
        return tuple(TableColumn(name, kind) for name, kind in found if kind is not None)

    def parquet_names(self, files: Iterable[Path]) -> tuple[str, ...]:
        """Names of the columns of Parquet files, whatever their types."""
        return tuple(name for name, _ in self._described(files))

    def _described(self, files: Iterable[Path]) -> list[tuple[str, str]]:
        """Names and types of the columns, asked once."""
        several = tuple(files)
        if several not in self._descriptions:
            paths = ", ".join(quoted(str(path.resolve())) for path in several)
            rows = self._run(
                f"DESCRIBE SELECT * FROM read_parquet([{paths}], union_by_name=true)"
            ).fetchall()
            self._descriptions[several] = [(str(name), str(kind)) for name, kind, *_ in rows]
        return self._descriptions[several]

    def query(self, select: exp.Select) -> pa.Table:
        """The rows of a SELECT; a DataError says what the engine said."""
        text = select.sql(self.dialect, copy=False)
        self.audit.append(text)
        self._be_alone(self._reads_little(select))
        try:
            return self._connection.sql(text).to_arrow_table()
        except duckdb.Error as error:
            raise DataError(f"the query failed: {_first_line(error)}", _next_step(error)) from error

    def _reads_little(self, select: exp.Select) -> bool:
        """Whether the files that a query reads are small; those of a database aren't known."""
        named = {
            one.name
            for inside in select.find_all(exp.In)
            if inside.this.name == FILE
            for one in inside.expressions
        }
        size = 0
        for table in select.find_all(exp.Table):
            files = self._files.get(table.name)
            if files is None:
                return False
            size += sum(
                path.stat().st_size
                for path in files
                if len(files) == 1 or not named or str(path) in named
            )
        return size < LITTLE

    def _be_alone(self, alone: bool) -> None:
        if alone != self._alone:
            self._connection.execute("SET threads = 1" if alone else "RESET threads")
            self._alone = alone

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """Small results of our own catalogue queries."""
        return self._run(text).fetchall()

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        self.audit.append(text)
        try:
            return self._connection.execute(text)
        except duckdb.Error as error:
            raise DataError(
                f"the data can't be read: {_first_line(error)}", _next_step(error)
            ) from error

    def close(self) -> None:
        self._connection.close()
        self._spill.cleanup()


def _selected(column: TableColumn, untyped: bool) -> str:
    """A column of a view; one without a type gets that which the model needs."""
    name = exp.to_identifier(column.name, quoted=True)
    cast_ = exp.cast(exp.column(name), EMPTY_AS.get(column.type, "varchar"))
    return (exp.alias_(cast_, name.copy()) if untyped else name).sql("duckdb")


def quoted(value: str) -> str:
    """A text as a literal of DuckDB."""
    return "'" + value.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _next_step(error: Exception) -> str:
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
        return "check the files, and free some space and memory"
    return "run `salus check`"
