"""A folder of exports, opened for drafting: all columns, and inferred number and date formats."""

from __future__ import annotations

import glob
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from salus.draft.column_uses import find_uses
from salus.draft.locales import HEAD, choose_settings, count_evidence, decode_head
from salus.draft.row_numbers import ROW_NUMBER, WARNING, find_unkeyed
from salus.errors import DataError, Problem
from salus.sources.files import FileTable, Uses, list_unread, read_settings
from salus.sources.folder import Folder

MISLED = 0.01  # share of rejected rows
_TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class OpenFolder:
    """The folder, the settings its files need (`[files."NAME"]`), the tables to skip, and notes on
    both.
    """

    connection: Folder
    settings: Mapping[str, Mapping[str, str]]
    skip: tuple[str, ...]
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]


def open_folder(path: Path, scratch: Path, timezone: str = "UTC") -> OpenFolder:
    """Open a folder; files are decoded into `scratch`.

    A table that can't be read doesn't raise: it is in `skip`, with the reason in `left_out`. A list
    of customers without a key gets the numbers of its rows.
    """
    opened = _open(path, scratch, timezone, {})
    connection = opened.connection
    table = find_unkeyed(connection, set(connection.tables()) - set(opened.skip))
    if table is None or connection.file(table).parquet_files:
        return opened
    name = glob.escape(connection.file(table).files[0].name)
    connection.close()
    numbered = {**opened.settings.get(name, {}), "row_number": ROW_NUMBER}
    opened = _open(path, scratch, timezone, {**opened.settings, name: numbered})
    settings = {**opened.settings, name: numbered}
    return replace(opened, settings=settings, guessed=(*opened.guessed, WARNING))


def _open(
    path: Path, scratch: Path, timezone: str, known: Mapping[str, Mapping[str, str]]
) -> OpenFolder:
    """The folder with the settings that are `known`, and others that its files need."""
    uses: dict[str, Uses] = {}
    connection = _folder(path, scratch, known, timezone, uses)
    uses |= _find_uses(connection)
    with warnings.catch_warnings(record=True) as raised:  # said only if this reading is kept
        warnings.simplefilter("always")
        unreadable = _unreadable(connection)
    inferred = _infer_settings(connection, tuple(unreadable))
    wrong = _wrong_uses(connection, uses)
    if inferred or wrong:
        connection.close()
        settings = {**known, **{item.pattern: item.settings for item in inferred}}
        connection = _folder(path, scratch, settings, timezone, {**uses, **wrong})
        unreadable = _unreadable(connection)
    else:
        for each in raised:
            warnings.warn(each.message, stacklevel=2)
    helpful = [item for item in inferred if item.table not in unreadable]
    readmes = _readmes(connection)
    left_out = [
        f"table {name}: {problem.what}"
        for name, problem in sorted(unreadable.items())
        if name not in readmes
    ]
    left_out += [_unread_note(name) for name in list_unread(path)]
    return OpenFolder(
        connection,
        {item.pattern: item.settings for item in helpful},
        (*unreadable, *_second_names(connection), *readmes),
        tuple(item.note for item in helpful),
        tuple(left_out),
    )


def _unread_note(name: str) -> str:
    if name.endswith("/"):
        return f"folder {name}: only files beside it are read; move its files up"
    return f"file {name}: this kind of file isn't read; export it as CSV, XLSX or Parquet"


def _folder(
    path: Path,
    scratch: Path,
    settings: Mapping[str, Mapping[str, str]],
    timezone: str,
    uses: Mapping[str, Uses],
) -> Folder:
    """The folder. `uses`: by table, what each of its columns is used for."""
    files, _ = read_settings(settings)
    cache, rejected = scratch / "cache", scratch / "rejected"
    return Folder(path, cache, rejected, files, lambda table: uses.get(table, {}), timezone)


def _find_uses(folder: Folder) -> dict[str, Uses]:
    """What the columns of each table are used for, judging by its first rows. Empty for a table
    without a header that can be read.
    """
    uses: dict[str, Uses] = {}
    for name in folder.tables():
        with suppress(DataError):
            uses[name] = find_uses(folder.file(name)) or dict.fromkeys(folder.names(name))
    return uses


def _wrong_uses(connection: Folder, uses: Mapping[str, Uses]) -> dict[str, Uses]:
    """The tables whose first rows misled: with these uses many rows were rejected. Their values
    decide.
    """
    return {
        name: dict.fromkeys(columns)
        for name, columns in uses.items()
        if any(columns.values())
        and (reading := connection.readings.get(name)) is not None
        and reading.share_rejected > MISLED
    }


def _unreadable(connection: Folder) -> dict[str, Problem]:
    """The tables that can't be read, each with its first problem."""
    problems: dict[str, Problem] = {}
    for table in connection.tables():
        try:
            if not connection.columns(table):
                problems[table] = Problem(table, None, None, "it has no column that can be read")
        except DataError as error:
            problems[table] = error.problems[0]
    return problems


@dataclass(frozen=True)
class InferredSettings:
    """Settings for the file of a table that can't be read without them."""

    table: str
    file: str
    settings: Mapping[str, str]
    why: str

    @property
    def pattern(self) -> str:
        """The file's name as a pattern of `[files."…"]`, with special characters escaped."""
        return glob.escape(self.file)

    @property
    def note(self) -> str:
        """The note on this guess."""
        pairs = ", ".join(f'{key} = "{value}"' for key, value in self.settings.items())
        return f"file {self.file}: {pairs} in salus.toml, judging by {self.why}"


def _infer_settings(connection: Folder, unreadable: tuple[str, ...]) -> list[InferredSettings]:
    """Settings for unreadable text files, where the file or its neighbours show the format."""
    if not unreadable:
        return []
    files = {name: connection.file(name) for name in connection.tables()}
    evidence = {
        name: count_evidence(decode_head(_head(file)))
        for name, file in files.items()
        if _is_text(file)
    }
    inferred = []
    for name in (name for name in unreadable if name in evidence):
        others = [other for key, other in evidence.items() if key != name]
        settings, why = choose_settings(evidence[name], others)
        if settings:
            inferred.append(InferredSettings(name, files[name].files[0].name, settings, why))
    return inferred


def _is_text(file: FileTable) -> bool:
    return len(file.files) == 1 and file.files[0].suffix.lower() in _TEXTS


def _head(file: FileTable) -> bytes:
    with file.files[0].open("rb") as stream:
        return stream.read(HEAD)


def _readmes(connection: Folder) -> tuple[str, ...]:
    """The tables that are texts about the data: `README.txt`, `readme.txt`."""
    return tuple(
        name
        for name in connection.tables()
        if any(file.name.lower() == "readme.txt" for file in connection.file(name).files)
    )


def _second_names(connection: Folder) -> tuple[str, ...]:
    """The longer of two names of one table: the only sheet of a workbook also has the file's name."""
    names: dict[tuple[object, ...], str] = {}
    for name in sorted(connection.tables(), key=lambda name: (len(name), name)):
        file = connection.file(name)
        names.setdefault((file.files, file.sheet), name)
    return tuple(name for name in connection.tables() if name not in names.values())
