"""From the address in the settings to a connection."""

from __future__ import annotations

from pathlib import Path

from salus.errors import DataError
from salus.facts.need import columns_read
from salus.facts.uses import column_uses
from salus.model.model import Model
from salus.project.settings import Settings
from salus.sources.connection import Connection


def connect(folder: Path, settings: Settings, model: Model) -> Connection:
    """Open the place of the facts: a folder, `duckdb:///file.duckdb`, or `postgresql://…`."""
    url = settings.url
    if url.startswith(("postgresql://", "postgres://")):
        from salus.sources.postgres import Postgres
        return Postgres(url, lambda table: columns_read(model, table))
    if url.startswith("duckdb://"):
        from salus.sources.duckdb_file import DuckDBFile
        return DuckDBFile(_inside(folder, url.removeprefix("duckdb://").removeprefix("/")
                                  if not url.startswith("duckdb:////") else url.removeprefix("duckdb:///")))
    if "://" in url or url.startswith("spark:"):
        raise DataError(f"facts can't be read from `{url.split(':', maxsplit=1)[0]}:` addresses",
                        "use a folder, duckdb:///file.duckdb or postgresql://…")
    from salus.sources.folder import Folder
    return Folder(_inside(folder, url), folder / "partials" / "files", folder / "rejected", settings.files,
                  lambda table: column_uses(model, table), model.timezone)


def _inside(folder: Path, path: str) -> Path:
    """A path as written, or relative to the project."""
    return Path(path) if Path(path).is_absolute() else folder / path
