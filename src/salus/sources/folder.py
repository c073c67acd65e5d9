"""A folder of CSV, Parquet and XLSX files as tables."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlglot import exp

from salus.atomic import remove_leftovers
from salus.errors import DamagedFileWarning, DataError, RejectedRowsWarning
from salus.model.suggest import did_you_mean
from salus.sanitize import redact_address
from salus.sources.file_states import FileStates
from salus.sources.files import FileSettings, FileTable, Uses, list_tables
from salus.sources.files.column_use import empty_type
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading, TableColumn

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.sources.session import Session

UsesOf = Callable[[str], Uses]
MEMORY = ".files.json"  # ends the name of the file that keeps the states of a table's files
MODELS_KEPT = 4  # models whose decoded columns are kept, because models are compared


class Folder:
    """The tables of a folder. Files other than Parquet are decoded once into the folder `cache`.
    Only the wanted columns are read.

    `uses(table)`: the columns that the model names, and what it uses them for; None: all columns
    are read. `zone`: the time zone of the model, which applies to times without an offset.
    """

    dialect = "duckdb"

    def __init__(
        self,
        path: Path,
        cache: Path,
        rejected: Path,
        settings: Mapping[str, FileSettings],
        uses: UsesOf | None,
        zone: str,
    ) -> None:
        if not path.is_dir():
            raise DataError(
                f"{redact_address(str(path))} isn't a folder",
                "set the folder of your tables in salus.toml: [data] url",
            )
        self.path, self._cache, self._rejected = path, cache, rejected
        self._uses = uses
        self._tables: dict[str, FileTable] = list_tables(path, settings, zone)
        self._columns: dict[str, tuple[TableColumn, ...]] = {}
        self._files: dict[str, tuple[Path, ...]] = {}
        self._ready: set[str] = set()
        self._states: dict[str, list[str]] = {}
        self.readings: dict[str, FileReading] = {}
        self._load_readings()

    @cached_property
    def _session(self) -> Session:
        """The engine, started when the first table is read."""
        from salus.sources.session import Session

        return Session([self.path, self._cache])

    @property
    def audit(self) -> list[str]:
        return self._session.audit

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(self._tables))

    def file(self, table: str) -> FileTable:
        """The file behind a table."""
        if table not in self._tables:
            raise DataError(
                f"there is no table `{table}` in {self.path.name}/",
                did_you_mean(table, self._tables)
                or f"put {table}.csv into the folder, or correct the name in the model",
            )
        return self._tables[table]

    def names(self, table: str) -> tuple[str, ...]:
        """The names of all columns of a table, without reading any value."""
        file = self.file(table)
        parquet = file.parquet_files
        return (
            self._session.parquet_names(parquet)
            if parquet
            else file.names(self._uses and self._uses(table))
        )

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        """The wanted columns with their types."""
        if table not in self._columns:
            wanted = self._wanted(table)
            exists = not wanted.keys().isdisjoint(self.names(table))
            empty = {name: empty_type(use) for name, use in wanted.items()}
            columns = self._session.parquet_columns(self._parquet(table), empty) if exists else ()
            self._columns[table] = tuple(column for column in columns if column.name in wanted)
        return self._columns[table]

    def table(self, name: str) -> exp.Table:
        if name not in self._ready:
            self._session.view(name, self._parquet(name), self.columns(name))
            self._ready.add(name)
        return exp.table_(name, quoted=True)

    def lines_of(self, table: str, column: str, keys: Collection[str | None]) -> list[int]:
        """The lines of a file whose `column` has one of these keys (None: an empty cell). Empty for
        Parquet files, which have no lines.
        """
        file = self.file(table)
        if file.parquet_files:
            return []
        from salus.sources.files.key_lines import find_key_lines

        return find_key_lines(file.rows, column, keys)

    def _wanted(self, table: str) -> Uses:
        return dict.fromkeys(self.names(table)) if self._uses is None else self._uses(table)

    def _parquet(self, name: str) -> tuple[Path, ...]:
        """The Parquet files of a table; other files are decoded first."""
        if name not in self._files:
            file = self.file(name)
            self._files[name] = file.parquet_files or (self._decoded(file),)
        return self._files[name]

    def _decoded(self, file: FileTable) -> Path:
        """The decoded file in the cache. Decodes it if the cache doesn't have it, and deletes older
        versions.
        """
        from salus.sources.files.decode import load_reading

        target = self._target(file)
        reading = load_reading(target) if self._usable(target) else None
        if reading is None or (
            reading.rejected and not rejected_path(self._rejected, file.name).is_file()
        ):
            reading = file.write(target, self._wanted(file.name), rejected=self._rejected)
            self._decoded_states(target).remember([target])
        self._remove_old(target)
        self._add_reading(reading)
        return target

    def _usable(self, target: Path) -> bool:
        """Whether the decoded file exists and is undamaged. Warns if it is damaged."""
        if not target.is_file():
            return False
        from salus.sources.parquet_check import find_damaged

        if find_damaged([target], self._decoded_states(target)):
            what = "this decoded file was damaged; its table is read again"
            warnings.warn(DamagedFileWarning(f"partials/files/{target.name}", what), stacklevel=2)
            return False
        return True

    def _decoded_states(self, target: Path) -> FileStates:
        """The state of a decoded file when it was written."""
        return FileStates(self._cache, target.with_suffix(".json"), read=True)

    def _target(self, file: FileTable) -> Path:
        """The path of the decoded file, whether it exists or not."""
        uses = self._wanted(file.name)
        return (
            self._cache
            / f"{_hash(file.name)}-{_hash(self.identity(file.name))}-{_hash(sorted(uses.items()))}.parquet"
        )

    def _load_readings(self) -> None:
        """Load how the tables of the model were read in earlier runs. Results that are kept depend
        on it, even if this run doesn't read the tables again.
        """
        before = (
            {path.name.split("-")[0] for path in self._cache.glob("*-*-*.parquet")}
            if self._uses is not None
            else ()
        )
        for table in (table for table in self._tables.values() if _hash(table.name) in before):
            from salus.sources.files.decode import load_reading

            reading = load_reading(self._target(table))
            if reading is not None:
                self._add_reading(reading)

    def _add_reading(self, reading: FileReading) -> None:
        """Keep how a file was read. Warns about rejected rows, once per table and connection."""
        if reading.table not in self.readings and reading.left_out is not None:
            warnings.warn(RejectedRowsWarning(reading.left_out), stacklevel=2)
        self.readings[reading.table] = reading

    def _remove_old(self, target: Path) -> None:
        """Delete the decoded files of tables that are gone and of older data. Keeps the newest few
        of other models.
        """
        table, data, _ = target.name.split("-")
        tables = {_hash(name) for name in self._tables}
        same = []
        remove_leftovers(self._cache)
        for memory in self._cache.glob("*.json"):
            of_table = memory.name.endswith(MEMORY)
            if (
                memory.name.removesuffix(MEMORY) not in tables
                if of_table
                else not memory.with_suffix(".parquet").exists()
            ):
                memory.unlink(missing_ok=True)
        for other in self._cache.glob("*-*-*.parquet"):
            if other.name.split("-")[0] not in tables or other.name.startswith(f"{table}-"):
                if other.name.startswith(f"{table}-{data}-"):
                    same.append(other)
                else:
                    _remove(other)
        with suppress(FileNotFoundError):  # another run may have deleted a file
            same.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for other in same[MODELS_KEPT:]:
            if other != target:
                _remove(other)

    def parts(self, table: str) -> Mapping[str, str]:
        files = self.file(table).parquet_files
        if len(files) < 2:
            return {}
        return dict(
            zip((str(path.resolve()) for path in files), self._file_states(table), strict=True)
        )

    def query(self, select: exp.Select) -> pa.Table:
        return self._session.query(select)

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
        return self.file(table).identity(self._file_states(table))

    def _file_states(self, table: str) -> list[str]:
        """The states of a table's files when this connection first asked for them."""
        if table not in self._states:
            file = self.file(table)
            memory = self._cache / f"{_hash(file.name)}{MEMORY}"
            self._states[table] = FileStates(self.path, memory, read=not file.parquet_files).tokens(
                file.files
            )
        return self._states[table]

    def close(self) -> None:
        if "_session" in self.__dict__:
            self._session.close()


def _remove(decoded: Path) -> None:
    for path in (decoded, decoded.with_suffix(".json")):
        path.unlink(missing_ok=True)


def _hash(what: object) -> str:
    return hashlib.sha256(str(what).encode("utf-8", "surrogateescape")).hexdigest()[:16]
