"""What tells cheaply that the facts of a project are still the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from salus.errors import SalusError
from salus.sources.file_states import FileStamp, settled_stamps
from salus.workspace.connect import duckdb_path, is_database
from salus.workspace.settings import Settings

MOST_FILES = 50_000  # of a folder of tables; with more, looking at all takes too long

SourceState = tuple[FileStamp, ...] | str


def source_state(folder: Path, settings: Settings) -> SourceState | None:
    """The size, the times and the inode of every file that holds facts; for PostgreSQL a text that
    changes with every transaction that writes.

    None where nothing tells whether facts changed: for Spark, for tables that PostgreSQL reads
    elsewhere, and for files that were written a moment ago.
    """
    url = settings.url
    if not is_database(url):
        files = list(islice(_files_below(folder / url), MOST_FILES + 1))
        return settled_stamps(files) if len(files) <= MOST_FILES else None
    if url.startswith("duckdb://"):
        path = duckdb_path(folder, url)
        return settled_stamps([path, path.with_name(f"{path.name}.wal")])
    return None if url.startswith("spark:") else _server_state(url)


def _server_state(url: str) -> str | None:
    """None too if the server doesn't answer: the question itself will say so."""
    if not url.startswith(("postgresql://", "postgres://")):
        return None
    from salus.sources.postgres import Postgres

    try:
        with closing(Postgres(url)) as connection:
            return connection.written()
    except SalusError:
        return None


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file in the folder and in the folders below it. Links to folders aren't followed, as
    they hold no table.
    """
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            yield Path(path, name)
