"""Opens the connection to the address in the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from salus.errors import DataError
from salus.facts.column_usage import column_uses
from salus.facts.kind_checks import require_kinds
from salus.facts.partials.requirements import columns_read
from salus.facts.sql.time_forms import with_times
from salus.model.model import Model
from salus.sanitize import redact_address
from salus.sources.connection import Connection
from salus.workspace.settings import Settings

if TYPE_CHECKING:
    from salus.sources.spark import Spark


def connect(folder: Path, settings: Settings, model: Model) -> Connection:
    """Open the connection and check the columns. Raises DataError with every column of a kind that
    doesn't fit the model.
    """
    connection = open_connection(folder, settings, model)
    try:
        require_kinds(model, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_connection(folder: Path, settings: Settings, model: Model) -> Connection:
    """Open a folder, `duckdb:///file.duckdb`, `postgresql://…`, `spark://…` or `spark:local[2]`
    without checking its columns.
    """
    url, cache = settings.url, folder / "partials" / "files"
    if is_database(url):
        if url.startswith("spark:"):
            connection: Connection = spark(folder, settings)
        else:
            connection = database(folder, url, lambda table: columns_read(model, table), cache)
        return with_times(connection, settings.times, lambda table: columns_read(model, table))
    from salus.sources.folder import Folder

    return Folder(
        _inside(folder, url),
        cache,
        folder / "rejected",
        settings.files,
        lambda table: column_uses(model, table),
        model.timezone,
    )


def is_database(url: str) -> bool:
    """Whether the address is one of a database and not of a folder."""
    return "://" in url or url.startswith("spark:")


def database(
    folder: Path,
    url: str,
    read_columns: Callable[[str], frozenset[str]] | None = None,
    cache: Path | None = None,
) -> Connection:
    """Open a database. `read_columns` gives the columns of a table that may be read from a server;
    without it all may be read.

    `cache`: the folder that remembers the state of files.
    """
    if url.startswith(("postgresql://", "postgres://")):
        from salus.sources.postgres import Postgres

        return Postgres(url, read_columns)
    if url.startswith("spark:"):
        from salus.sources.spark import Spark

        return Spark(url)
    if url.startswith("duckdb://"):
        from salus.sources.duckdb_file import DuckDBFile

        return DuckDBFile(duckdb_path(folder, url), cache)
    raise DataError(
        f"facts can't be read from the address `{redact_address(url)}`",
        "use a folder, duckdb:///file.duckdb, postgresql://… or spark:local[2]",
    )


def spark(folder: Path, settings: Settings) -> Spark:
    """Open Spark. Its tables are relative to the project, unless they are an address or an absolute
    path.
    """
    from salus.sources.spark import Spark

    tables = settings.spark.tables
    if tables is not None and "://" not in tables:
        tables = f"file://{_inside(folder, tables).resolve()}"
    return Spark(settings.url, tables, settings.spark.conf)


def duckdb_path(folder: Path, url: str) -> Path:
    """The file of `duckdb:///relative.duckdb` or `duckdb:////absolute.duckdb`.

    >>> duckdb_path(Path("acme"), "duckdb:///b.duckdb").as_posix(), duckdb_path(Path("acme"), "duckdb:////a/b.duckdb").as_posix()
    ('acme/b.duckdb', '/a/b.duckdb')
    """
    path = (
        url.removeprefix("duckdb:///")
        if url.startswith("duckdb:////")
        else url.removeprefix("duckdb://").removeprefix("/")
    )
    return _inside(folder, path)


def _inside(folder: Path, path: str) -> Path:
    """An absolute path as it is, any other path relative to the project."""
    return Path(path) if Path(path).is_absolute() else folder / path
