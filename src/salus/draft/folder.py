"""A folder of exports, opened to be looked at: all columns, and what the files themselves don't say
about their numbers.
"""

from __future__ import annotations

import glob
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from salus.draft.locales import HEAD, choose_settings, count_evidence, decode_head
from salus.errors import DataError, Problem
from salus.sources.files import FileSettings, FileTable, read_settings
from salus.sources.folder import Folder

_TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class OpenFolder:
    """The folder, the settings its files need (`[files."NAME"]`), the tables to pass over, and
    notes on both.
    """

    connection: Folder
    settings: Mapping[str, Mapping[str, str]]
    skip: tuple[str, ...]
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]


def open_folder(path: Path, scratch: Path, timezone: str = "UTC") -> OpenFolder:
    """Open a folder; files are decoded into `scratch`. What can't be read is passed over and
    told.
    """
    first = _folder(path, scratch, {}, timezone)
    refused = _refused(first)
    inferred = _inferred(first, tuple(refused))
    connection = first
    if inferred:
        first.close()
        connection = _folder(
            path, scratch, {one.pattern: one.settings for one in inferred}, timezone
        )
        refused = _refused(connection)
    helpful = [one for one in inferred if one.table not in refused]
    twice = _twice(connection)
    left_out = [f"table {name}: {problem.what}" for name, problem in sorted(refused.items())]
    return OpenFolder(
        connection,
        {one.pattern: one.settings for one in helpful},
        (*refused, *twice),
        tuple(one.note for one in helpful),
        tuple(left_out),
    )


def _folder(
    path: Path, scratch: Path, settings: Mapping[str, Mapping[str, str]], timezone: str
) -> Folder:
    told: dict[str, FileSettings] = read_settings(settings)[0]
    return Folder(path, scratch / "cache", scratch / "rejected", told, None, timezone)


def _refused(connection: Folder) -> dict[str, Problem]:
    """The tables that can't be read, each with its first problem."""
    found: dict[str, Problem] = {}
    for table in connection.tables():
        try:
            if not connection.columns(table):
                found[table] = Problem(table, None, None, "it has no column that can be read")
        except DataError as error:
            found[table] = error.problems[0]
    return found


@dataclass(frozen=True)
class InferredSettings:
    """Settings for the file of a table that could not be read without."""

    table: str
    file: str
    settings: Mapping[str, str]
    why: str

    @property
    def pattern(self) -> str:
        return glob.escape(self.file)

    @property
    def note(self) -> str:
        told = ", ".join(f'{key} = "{value}"' for key, value in self.settings.items())
        return f"file {self.file}: {told}, {self.why} (in salus.toml)"


def _inferred(connection: Folder, refused: tuple[str, ...]) -> list[InferredSettings]:
    """Settings for text files that were refused, as far as they or their neighbours decide."""
    files = {name: connection.file(name) for name in connection.tables()}
    texts = (
        {
            name: count_evidence(decode_head(_head(file)))
            for name, file in files.items()
            if _is_text(file)
        }
        if refused
        else {}
    )
    found = []
    for name in (name for name in refused if name in texts):
        settings, why = choose_settings(
            texts[name], [other for key, other in texts.items() if key != name]
        )
        if settings:
            found.append(InferredSettings(name, files[name].files[0].name, settings, why))
    return found


def _is_text(file: FileTable) -> bool:
    return len(file.files) == 1 and file.files[0].suffix.lower() in _TEXTS


def _head(file: FileTable) -> bytes:
    with file.files[0].open("rb") as stream:
        return stream.read(HEAD)


def _twice(connection: Folder) -> tuple[str, ...]:
    """Longer names of tables that have a shorter one: a workbook's only sheet goes by the file's
    name too.
    """
    names: dict[tuple[object, ...], str] = {}
    for name in sorted(connection.tables(), key=lambda name: (len(name), name)):
        file = connection.file(name)
        names.setdefault((file.files, file.sheet), name)
    return tuple(name for name in connection.tables() if name not in names.values())
