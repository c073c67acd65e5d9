"""The text of `salus check`: how each file was read, then every problem."""

from __future__ import annotations

import re
from pathlib import Path

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.sanitize import one_line, sanitize
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading
from salus.verbs.check.result import Inspection

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")


@render.register
def render_inspection(result: Inspection) -> str:
    """The files, the problems, and the number of errors and warnings."""
    files = _files(result)
    if result.unused:
        verb = "isn't" if result.unused == 1 else "aren't"
        files.append(f"{_count(result.unused, 'other table')} {verb} used by the model")
    lines = [one_line(line) for problem in result.problems for line in str(problem).splitlines()]
    errors = sum(problem.severity == "error" for problem in result.problems)
    warnings = len(result.problems) - errors
    end = (
        f"{_count(errors, 'error')}, {_count(warnings, 'warning')}: "
        + ("correct the errors first" if errors else "you can go on")
        if result.problems
        else "No problems."
    )
    score = [] if errors else [f"Next: {suggest_command('score')}"]
    return "\n".join([*files, *([""] if files else []), *lines, end, *score]).strip()


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _files(result: Inspection) -> list[str]:
    """The rows of each file in columns, and below it how it was read."""
    rows = [
        (one_line(reading.file), reading.read, _rejected(reading), _details(reading))
        for reading in result.readings
    ]
    rows += [
        (one_line(table.name), table.rows, f" in {_count(table.files, 'file')}", [])
        for table in result.parquet_tables
    ]
    name = max((len(row[0]) for row in rows), default=0)
    width = max((len(f"{row[1]:,}") for row in rows), default=0)
    lines: list[str] = []
    for file, count, more, details in rows:
        word = "row" if count == 1 else "rows"
        lines += [f"{file:{name}}  {count:>{width},} {word}{more}", *details]
    return lines


def _rejected(reading: FileReading) -> str:
    """How many rows were kept, if there is something to say about how the file was read."""
    kept = f" read, {reading.kept:,} kept"
    if not reading.rejected:
        return kept if reading.notes else ""
    file = rejected_path(Path("rejected"), reading.table).as_posix()
    return f"{kept}, {reading.rejected:,} rejected (see {one_line(file)})"


def _details(reading: FileReading) -> list[str]:
    """Notes, and the first values that Salus read differently from how they are written."""
    lines = [f"  {one_line(note)}" for note in reading.notes]
    preview = []
    for row in reading.preview:
        pairs = [
            f"{sanitize(name)}: {sanitize(before)} → {sanitize(_written(after)) or 'empty'}"
            for name, before in row.before.items()
            if not _same(before, after := row.after.get(name))
        ]
        if pairs:
            preview.append(f"    line {row.line}: " + ", ".join(pairs))
    return [*lines, *(["  Salus reads these values in its own form:"] if preview else []), *preview]


def _written(value: object) -> str:
    """A value as most files write it.

    >>> _written(None), _written(True), _written(7.0), _written("2026-02-06T10:57:53")
    ('', 'true', '7', '2026-02-06 10:57:53')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return f"{value:.0f}"
    return _TIME.sub(r"\1 \2", str(value))


def _same(before: str, after: object) -> bool:
    """Whether a file writes a value as Salus does, apart from T and Z in times.

    >>> _same("2026-02-06 10:57:53Z", "2026-02-06T10:57:53+00:00"), _same("4.0", 4.0), _same("1.200", 1200)
    (True, True, False)
    """
    return str(after) == before or _written(after) == _TIME.sub(r"\1 \2", before).replace(
        "Z", "+00:00"
    )
