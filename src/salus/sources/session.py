"""DuckDB in memory, which can read only the folders of the project.

It loads no extension and reaches no network and no other file. The configuration is locked before
the first query runs, so no query can change this.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import sqlglot.dialects.duckdb  # noqa: F401 - loads the dialect of every query
from sqlglot import exp

from salus.errors import DataError
from salus.sources.connection import FILE
from salus.sources.table import TableColumn, Type
from salus.sources.types import column_type

LIMITS: dict[str, str | int | float | list[str]] = {
    "memory_limit": "800MB",
    "async_threads": 0,  # these only help with files on other machines
}
NO_TYPE = '"NULL"'  # the type of a Parquet column that pandas wrote without any value
EMPTY_AS: Mapping[Type, str] = {"number": "double", "date": "date"}
SMALL = 2**24  # bytes: for smaller files one thread is faster than many
MOST_KEPT = 2**20  # rows of a table that may be kept in memory


class Session:
    """One DuckDB connection. `audit` lists the SQL texts that it ran."""

    dialect = "duckdb"

    def __init__(self, folders: Iterable[Path], file: Path | None = None) -> None:
        self.audit: list[str] = []
        self._descriptions: dict[tuple[Path, ...], list[tuple[str, str]]] = {}
        self._files: dict[str, tuple[Path, ...]] = {}  # of each view
        self._remembered: dict[str, exp.Table | None] = {}  # by what they hold
        self._keeps: dict[str, bool] = {}  # by table
        self._one_thread = False  # whether queries run on one thread
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
                "close other programs that have the file open, or check its DuckDB version",
            ) from error
        allowed = ", ".join(
            quoted(str(folder.resolve())) for folder in (*folders, Path(self._spill.name))
        )
        [(self.catalog,)] = self._connection.execute("SELECT current_database()").fetchall()
        # A file may hold macros with the names of engine functions, even of `+`. Without this
        # search path they would replace the functions.
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
        """Create a view with these columns of Parquet files. If there are several files, the column
        FILE names the file of each row.
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
        """The columns of Parquet files, from their footers. `empty`: the types of columns that have
        no value and so no type.
        """
        typed = (
            (name, empty.get(name, "text") if kind == NO_TYPE else column_type(kind))
            for name, kind in self._described(files)
        )
        return tuple(TableColumn(name, kind) for name, kind in typed if kind is not None)

    def parquet_names(self, files: Iterable[Path]) -> tuple[str, ...]:
        """The names of all columns of Parquet files."""
        return tuple(name for name, _ in self._described(files))

    def _described(self, files: Iterable[Path]) -> list[tuple[str, str]]:
        """The names and types of the columns. Queries them once."""
        paths = tuple(files)
        if paths not in self._descriptions:
            texts = ", ".join(quoted(str(path.resolve())) for path in paths)
            rows = self._run(
                f"DESCRIBE SELECT * FROM read_parquet([{texts}], union_by_name=true)"
            ).fetchall()
            self._descriptions[paths] = [(str(name), str(kind)) for name, kind, *_ in rows]
        return self._descriptions[paths]

    def query(self, select: exp.Select) -> pa.Table:
        """The rows of a SELECT. Raises DataError with the message of the engine."""
        text = select.sql(self.dialect, copy=False)
        self.audit.append(text)
        self._use_one_thread(self._reads_little(select))
        try:
            return self._connection.sql(text).to_arrow_table()
        except duckdb.Error as error:
            raise DataError(f"the query failed: {_first_line(error)}", _next_step(error)) from error

    def query_parts(self, select: exp.Select, by: str) -> Iterator[tuple[int, pa.Table]]:
        """The rows of a SELECT in parts (connection.py), which wait on the disk."""
        text, name = select.sql(self.dialect, copy=False), exp.to_identifier(by, quoted=True)
        self._use_one_thread(False)
        with tempfile.TemporaryDirectory(dir=self._spill.name) as folder:
            self._run(
                f"COPY ({text}) TO {quoted(folder)} (FORMAT parquet, OVERWRITE_OR_IGNORE,"
                f" PARTITION_BY ({name.sql(self.dialect)}))"
            )
            parts = {int(path.name.rpartition("=")[2]): path for path in Path(folder).iterdir()}
            for value in sorted(parts):
                yield value, _read_files(sorted(parts[value].iterdir()))

    def remembered(
        self, what: str, select: Callable[[], exp.Select], most: int | None = None
    ) -> exp.Table | None:
        """The rows of a SELECT as a temporary table in the memory of this process; None if it has more
        than `most` rows.
        """
        if what not in self._remembered:
            rows = select()
            self._use_one_thread(self._reads_little(rows))
            text = rows.sql(self.dialect, copy=False)
            name = f"salus_remembered_{secrets.token_hex(8)}"
            table = exp.table_(name, db="main", catalog="temp", quoted=True)
            sql = table.sql(self.dialect)
            limit = "" if most is None else f" LIMIT {most + 1}"
            self._run(f"CREATE TEMPORARY TABLE {sql} AS {text}{limit}")
            if most is not None and self._count(sql) > most:
                self._run(f"DROP TABLE {sql}")
                self._remembered[what] = None
            else:
                self._remembered[what] = table
        kept = self._remembered[what]
        return None if kept is None else kept.copy()

    def _count(self, table: str) -> int:
        [(rows,)] = self._run(f"SELECT count(*) FROM {table}").fetchall()
        return int(rows)

    def keeps_rows(self, table: exp.Table) -> bool:
        """Whether a table has so few rows that all of them may be kept."""
        name = table.sql(self.dialect)
        if name not in self._keeps:
            self._keeps[name] = self._count(name) <= MOST_KEPT
        return self._keeps[name]

    def _reads_little(self, select: exp.Select) -> bool:
        """Whether the files that a query reads are small. False for the tables of a database."""
        named = {
            literal.name
            for condition in select.find_all(exp.In)
            if condition.this.name == FILE
            for literal in condition.expressions
        }
        size, remembered = 0, {each.name for each in self._remembered.values() if each is not None}
        for table in select.find_all(exp.Table):
            if table.name in remembered:
                continue
            files = self._files.get(table.name)
            if files is None:
                return False
            size += sum(
                path.stat().st_size
                for path in files
                if len(files) == 1 or not named or str(path) in named
            )
        return size < SMALL

    def _use_one_thread(self, one_thread: bool) -> None:
        if one_thread != self._one_thread:
            self._connection.execute("SET threads = 1" if one_thread else "RESET threads")
            self._one_thread = one_thread

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """The rows of a small query on the catalogue."""
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
    """A column of a view. A column without a type is cast to the type that the model needs."""
    name = exp.to_identifier(column.name, quoted=True)
    cast_ = exp.cast(exp.column(name), EMPTY_AS.get(column.type, "varchar"))
    return (exp.alias_(cast_, name.copy()) if untyped else name).sql("duckdb")


def quoted(value: str) -> str:
    """A text as a literal in DuckDB's SQL."""
    return "'" + value.replace("'", "''") + "'"


def _read_files(files: Iterable[Path]) -> pa.Table:
    import pyarrow.parquet as pq

    tables = []
    for path in files:
        with pq.ParquetFile(path) as file:
            tables.append(file.read(use_threads=False))
    return pa.concat_tables(tables)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _next_step(error: Exception) -> str:
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
        return "check that the files are complete and that disk space and memory are free"
    return "run `salus check`"
