"""The tables of a folder: which file makes which table."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from salus.errors import DataError, Problem
from salus.sources.files.file_table import FileTable
from salus.sources.files.settings import FileSettings, settings_for

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
PARQUET = ".parquet"
MOST_FILES, LARGEST, LARGEST_WORKBOOK = 10_000, 64 << 30, 500 << 20
_TAB = "\t"


def list_tables(
    path: Path, settings: Mapping[str, FileSettings], zone: str
) -> dict[str, FileTable]:
    """The tables of a folder by name: a file's name without ending, a folder of Parquet parts,
    `file.Sheet`.

    Hidden files, links that lead outside and files of other kinds are passed over. What can't be
    used, or stands for the same table as another file, is listed and raises DataError when it is
    read.
    """
    found: dict[str, list[FileTable]] = {}
    for entry in _entries(path):
        for table in _tables(path, entry, settings, zone):
            found.setdefault(table.name.casefold(), []).append(table)
    return {
        tables[0].name: tables[0] if len(tables) == 1 else _twice(tables)
        for tables in found.values()
    }


def _entries(path: Path) -> list[Path]:
    root = path.resolve()
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        raise DataError(f"the folder {path.name}/ can't be read: {error.strerror}") from error
    if len(names) > MOST_FILES:
        raise DataError(
            f"{path.name}/ holds {len(names)} files, more than {MOST_FILES}",
            "name the folder of your tables in salus.toml: [data] url",
        )
    return [path / name for name in names if _visible(name) and _inside(path / name, root)]


def _visible(name: str) -> bool:
    """Not hidden, no lock file of an office program, and a name that can be printed."""
    return not name.startswith((".", "~$", "_")) and name.isprintable()


def _inside(path: Path, root: Path) -> bool:
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):  # a link to nowhere or in a circle
        return False
    return real.is_relative_to(root) and (real.is_dir() or real.is_file())


def _tables(
    root: Path, entry: Path, settings: Mapping[str, FileSettings], zone: str
) -> Iterator[FileTable]:
    label = f"{root.name}/{entry.name}"
    told = settings_for(entry.name, settings)
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
                settings=told,
                zone=zone,
                refused=refused,
            )
        return
    plain = Path(entry.name).with_suffix("") if entry.suffix.lower() == ".gz" else Path(entry.name)
    kind = plain.suffix.lower() if plain.suffix.lower() in TEXTS or entry.name == plain.name else ""
    if kind in TEXTS or kind == PARQUET:
        if kind == ".tsv" and told.separator is None:
            told = FileSettings(**{**vars(told), "separator": _TAB})
        refused = _too_large(entry, label, LARGEST) or (
            _pattern(label, [entry]) if kind == PARQUET else None
        )
        yield FileTable(
            name=plain.stem, label=label, files=(entry,), settings=told, zone=zone, refused=refused
        )
    elif kind in WORKBOOKS:
        yield from _sheets(entry, label, told, zone)


def _part(part: Path, entry: Path, root: Path) -> bool:
    hidden = any(not _visible(name) for name in part.relative_to(entry).parts)
    return not hidden and part.is_file() and _inside(part, root.resolve())


def _sheets(entry: Path, label: str, told: FileSettings, zone: str) -> Iterator[FileTable]:
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
            label, None, None, "the workbook has no sheet", "export it again"
        )
        yield FileTable(
            name=entry.stem, label=label, files=(entry,), settings=told, zone=zone, refused=refused
        )
        return
    for name in names:
        yield FileTable(
            name=f"{entry.stem}.{name}",
            label=f"{label} [{name}]",
            files=(entry,),
            settings=told,
            zone=zone,
            sheet=name,
        )
    if len(names) == 1:
        yield FileTable(
            name=entry.stem,
            label=f"{label} [{names[0]}]",
            files=(entry,),
            settings=told,
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
        f"the file is {size >> 20} MB large, more than {most >> 20} MB",
        "split it, or put it into a database",
    )


def _pattern(label: str, paths: list[Path]) -> Problem | None:
    """The engine would take such names of Parquet files for patterns that other files match,
    too.
    """
    if not any(sign in path.name for path in paths for sign in "*?["):
        return None
    return Problem(
        label, None, None, "the name of a Parquet file can't hold *, ? or [", "rename the file"
    )


def _too_many(label: str, parts: tuple[Path, ...]) -> Problem | None:
    if len(parts) <= MOST_FILES:
        return None
    return Problem(
        label, None, None, f"the table has {len(parts)} parts, more than {MOST_FILES}", "merge them"
    )


def _twice(tables: list[FileTable]) -> FileTable:
    """A table that several files claim: listed, and refused when it is read."""
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
