"""Lists the tables of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from salus.errors import DataError, Problem
from salus.sources.files.file_table import FileTable
from salus.sources.files.settings import FileSettings, settings_for

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
PARQUET = ".parquet"
MOST_FILES, LARGEST, LARGEST_WORKBOOK = 10_000, 64 << 30, 500 << 20
#: Kinds of files that may hold tables, but aren't read.
UNREAD = (
    *(".json", ".jsonl", ".ndjson", ".xls", ".xlsb", ".ods", ".numbers", ".xml", ".html", ".htm"),
    *(".zip", ".7z", ".rar", ".tar", ".tgz", ".sqlite", ".db", ".avro", ".orc", ".feather", ".sav"),
)
_TAB = "\t"


def list_tables(
    path: Path, settings: Mapping[str, FileSettings], zone: str
) -> dict[str, FileTable]:
    """The tables of a folder by name: the name of a file without its ending, the name of a folder
    of Parquet files, or `file.Sheet`.

    Hidden files, links to places outside and other kinds of files are skipped. A table that can't
    be used, or that several files claim, is in the list; it raises DataError when it is read.
    """
    tables: dict[str, list[FileTable]] = {}
    for entry in _entries(path):
        for table in _tables(path, entry, settings, zone):
            tables.setdefault(table.name.casefold(), []).append(table)
    return {
        claims[0].name: claims[0] if len(claims) == 1 else _refuse_repeated(claims)
        for claims in tables.values()
    }


def list_unread(path: Path) -> tuple[str, ...]:
    """The files of a folder that may hold tables but aren't read, and the folders with such files
    or with texts and workbooks, which end with a slash.
    """
    return tuple(
        f"{entry.name}/" if entry.is_dir() else entry.name
        for entry in _entries(path)
        if (_holds_files(entry) if entry.is_dir() else _unread(entry.name))
    )


def _unread(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(UNREAD)


def _holds_files(folder: Path) -> bool:
    """Whether a folder has files that are only read one level higher."""
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return False
    kinds = (*TEXTS, *WORKBOOKS)
    return next(folder.rglob(f"*{PARQUET}"), None) is None and any(
        _unread(name) or name.lower().removesuffix(".gz").endswith(kinds) for name in names
    )


def _entries(path: Path) -> list[Path]:
    root = path.resolve()
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        raise DataError(
            f"the folder {path.name}/ can't be read: {error.strerror}",
            "check that the folder exists and that you may read it",
        ) from error
    if len(names) > MOST_FILES:
        raise DataError(
            f"{path.name}/ has {len(names)} files; at most {MOST_FILES} can be read",
            "set the folder of your tables in salus.toml: [data] url",
        )
    return [path / name for name in names if _visible(name) and _inside(path / name, root)]


def _visible(name: str) -> bool:
    """Whether a file isn't hidden, isn't a lock file of an office program, and has a name that can
    be printed.
    """
    return not name.startswith((".", "~$", "_")) and name.isprintable()


def _inside(path: Path, root: Path) -> bool:
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):  # a broken link, or a circle of links
        return False
    return real.is_relative_to(root) and (real.is_dir() or real.is_file())


def _tables(
    root: Path, entry: Path, settings: Mapping[str, FileSettings], zone: str
) -> Iterator[FileTable]:
    label = f"{root.name}/{entry.name}"
    own = settings_for(entry.name, settings)
    if entry.is_dir():
        parts = tuple(
            sorted(part for part in entry.rglob(f"*{PARQUET}") if _part(part, entry, root))
        )
        if parts:
            refused = _too_many(label, parts) or _pattern(label, [entry, *parts])
            yield FileTable(
                name=entry.name,
                label=f"{label}/",
                files=parts[:MOST_FILES],
                settings=own,
                zone=zone,
                refused=refused,
            )
        return
    plain = Path(entry.name).with_suffix("") if entry.suffix.lower() == ".gz" else Path(entry.name)
    kind = plain.suffix.lower() if plain.suffix.lower() in TEXTS or entry.name == plain.name else ""
    if kind in TEXTS or kind == PARQUET:
        if kind == ".tsv" and own.separator is None:
            own = replace(own, separator=_TAB)
        refused = _too_large(entry, label, LARGEST) or (
            _pattern(label, [entry]) if kind == PARQUET else None
        )
        yield FileTable(
            name=plain.stem, label=label, files=(entry,), settings=own, zone=zone, refused=refused
        )
    elif kind in WORKBOOKS:
        yield from _sheets(entry, label, own, zone)


def _part(part: Path, entry: Path, root: Path) -> bool:
    hidden = any(not _visible(name) for name in part.relative_to(entry).parts)
    return not hidden and part.is_file() and _inside(part, root.resolve())


def _sheets(entry: Path, label: str, own: FileSettings, zone: str) -> Iterator[FileTable]:
    from salus.sources.files.sheet_rows import open_workbook

    refused = _too_large(entry, label, LARGEST_WORKBOOK)
    names: list[str] = []
    if refused is None:
        try:
            names = [name for name in open_workbook(entry, label).sheet_names if name.isprintable()]
        except DataError as error:
            refused = error.problems[0]
    if refused is not None or not names:
        refused = refused or Problem(
            label, None, None, "the workbook has no sheet", "export the workbook again"
        )
        yield FileTable(
            name=entry.stem, label=label, files=(entry,), settings=own, zone=zone, refused=refused
        )
        return
    for name in names:
        yield FileTable(
            name=f"{entry.stem}.{name}",
            label=f"{label} [{name}]",
            files=(entry,),
            settings=own,
            zone=zone,
            sheet=name,
        )
    if len(names) == 1:
        yield FileTable(
            name=entry.stem,
            label=f"{label} [{names[0]}]",
            files=(entry,),
            settings=own,
            zone=zone,
            sheet=names[0],
        )


def _too_large(entry: Path, label: str, most: int) -> Problem | None:
    size = entry.stat().st_size
    if size <= most:
        return None
    return Problem(
        label,
        None,
        None,
        f"the file is {size >> 20} MB large; at most {most >> 20} MB can be read",
        "split the file, or load it into a database",
    )


def _pattern(label: str, paths: list[Path]) -> Problem | None:
    """The problem of a Parquet file with *, ? or [ in its name, which the engine would treat as a
    pattern for other files.
    """
    if not any(sign in path.name for path in paths for sign in "*?["):
        return None
    return Problem(
        label, None, None, "the name of a Parquet file can't have *, ? or [", "rename the file"
    )


def _too_many(label: str, parts: tuple[Path, ...]) -> Problem | None:
    if len(parts) <= MOST_FILES:
        return None
    return Problem(
        label,
        None,
        None,
        f"the table has {len(parts)} files; at most {MOST_FILES} can be read",
        "merge the files into larger ones",
    )


def _refuse_repeated(tables: list[FileTable]) -> FileTable:
    """A table that several files claim. It raises DataError when it is read."""
    first = tables[0]
    files = ", ".join(table.label for table in tables)
    problem = Problem(
        first.label,
        None,
        None,
        f"several files have the table name `{first.name}`: {files}",
        "keep one of them, or rename the others",
    )
    return FileTable(
        name=first.name,
        label=first.label,
        files=first.files,
        settings=first.settings,
        zone=first.zone,
        refused=problem,
    )
