"""A DuckDB file, opened read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError
from salus.model.suggest import did_you_mean
from salus.sources.file_states import FileStates
from salus.sources.session import Session, quoted
from salus.sources.table import TableColumn
from salus.sources.types import column_type


class DuckDBFile:
    """The tables and views of a DuckDB file: `table` in the main schema, `schema.table` in others.

    `cache`: the folder that keeps the state of the file from one run to the next; None: not kept.
    """

    dialect = "duckdb"

    def __init__(self, path: Path, cache: Path | None = None) -> None:
        if not path.is_file():
            raise DataError(
                f"the file {path} doesn't exist",
                'set the name of the file in salus.toml: [data] url = "duckdb:///file.duckdb"',
            )
        self._path, self._cache = path, cache
        self._session = Session([], path)
        self._columns: dict[str, tuple[TableColumn, ...]] = {}
        self._tables = {
            str(name if schema == "main" else f"{schema}.{name}"): (str(schema), str(name))
            for schema, name in self._session.rows(
                "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"
            )
        }

    @property
    def audit(self) -> list[str]:
        return self._session.audit

    def tables(self) -> tuple[str, ...]:
        return tuple(self._tables)

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(name for name, _ in self._declared(table))

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        if table not in self._columns:
            typed = ((name, column_type(kind)) for name, kind in self._declared(table))
            self._columns[table] = tuple(
                TableColumn(name, kind) for name, kind in typed if kind is not None
            )
        return self._columns[table]

    def _declared(self, table: str) -> list[tuple[str, str]]:
        """The names and types of the columns, from the catalogue. Reads no row."""
        schema, name = self._place(table)
        rows = self._session.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = "
            f"{quoted(schema)} AND table_name = {quoted(name)} ORDER BY ordinal_position"
        )
        return [(str(column), str(kind)) for column, kind in rows]

    def _place(self, name: str) -> tuple[str, str]:
        if name not in self._tables:
            raise DataError(
                f"there is no table `{name}` in {self._path.name}", did_you_mean(name, self._tables)
            )
        return self._tables[name]

    def table(self, name: str) -> exp.Table:
        schema, table = self._place(name)
        return exp.table_(table, db=schema, catalog=self._session.catalog, quoted=True)

    def query(self, select: exp.Select) -> pa.Table:
        return self._session.query(select)

    def parts(self, table: str) -> Mapping[str, str]:
        return {}

    def query_parts(self, select: exp.Select, by: str) -> Iterator[tuple[int, pa.Table]]:
        return self._session.query_parts(select, by)

    def remembered(
        self, what: str, select: Callable[[], exp.Select], most: int | None = None
    ) -> exp.Table | None:
        return self._session.remembered(what, select, most)

    def keeps_rows(self, table: str) -> bool:
        return self._session.keeps_rows(self.table(table))

    @property
    def has_file_states(self) -> bool:
        return True

    def identity(self, table: str) -> str:
        return f"{table} {self._state}"

    @cached_property
    def _state(self) -> str:
        """The state of the file and of its write-ahead log, because DuckDB reads both."""
        log = self._path.with_name(f"{self._path.name}.wal")
        files = [path for path in (self._path, log) if path.exists()]
        memory = self._cache / f"{self._path.name}.json" if self._cache else None
        return " ".join(FileStates(self._path.parent, memory).tokens(files))

    def close(self) -> None:
        self._session.close()
