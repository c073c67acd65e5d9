"""A folder of CSV, Parquet and XLSX as tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError
from salus.model.suggest import did_you_mean
from salus.sources.files import FileSettings, FileTable, list_tables
from salus.sources.session import Session
from salus.sources.table import Column, Reading

ColumnsOf = Callable[[str], frozenset[str]]


class Folder:
    """Tables of a folder. Files other than Parquet are decoded once into `cache`; of all, only wanted columns are read.

    `wanted(table)` are the columns the model names, `ids(table)` those that are keys or ids and so always text.
    """

    dialect = "duckdb"

    def __init__(self, path: Path, cache: Path, rejected: Path, settings: Mapping[str, FileSettings],
                 wanted: ColumnsOf, ids: ColumnsOf, zone: str) -> None:
        if not path.is_dir():
            raise DataError(f"{path} is no folder", "name the folder of your tables in salus.toml: [data] url")
        self.path, self._cache, self._rejected = path, cache, rejected
        self._wanted, self._ids = wanted, ids
        self._tables: dict[str, FileTable] = list_tables(path, settings, zone)
        self._session = Session([path, cache])
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._ready: set[str] = set()
        self.readings: dict[str, Reading] = {}

    @property
    def audit(self) -> list[str]:
        return self._session.audit

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(self._tables))

    def file(self, table: str) -> FileTable:
        """The file behind a table."""
        if table not in self._tables:
            raise DataError(f"there is no table `{table}` in {self.path.name}/",
                            did_you_mean(table, self._tables) or f"put {table}.csv there, or mend the model")
        return self._tables[table]

    def columns(self, table: str) -> tuple[Column, ...]:
        if table not in self._columns:
            file = self.file(table)
            parquet = file.parquet_files
            self._columns[table] = (self._session.parquet_columns(parquet) if parquet
                                    else file.columns(self._ids(table)))
        return self._columns[table]

    def table(self, name: str) -> exp.Table:
        if name not in self._ready:
            self._session.view(name, self._parquet(name), self._names(name))
            self._ready.add(name)
        return exp.table_(name, quoted=True)

    def _names(self, table: str) -> list[str]:
        wanted = self._wanted(table)
        return sorted(column.name for column in self.columns(table) if column.name in wanted)

    def _parquet(self, name: str) -> tuple[Path, ...]:
        file = self.file(name)
        if file.parquet_files:
            return file.parquet_files
        names = self._names(name)
        what = "\n".join([self.identity(name), *names, *sorted(self._ids(name))])
        target = self._cache / f"{hashlib.sha256(what.encode()).hexdigest()[:32]}.parquet"
        self._cache.mkdir(parents=True, exist_ok=True)
        self.readings[name] = file.write(target, frozenset(names), rejected=self._rejected)
        return (target,)

    def query(self, select: exp.Select) -> pa.Table:
        return self._session.query(select)

    def identity(self, table: str) -> str:
        return self.file(table).identity()

    def close(self) -> None:
        self._session.close()
