"""The text of `salus check`: how each file was read, then every problem."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.sanitize import one_line, sanitize
from salus.sources.table import FileReading
from salus.verbs.check.result import Inspection


@render.register
def render_inspection(result: Inspection) -> str:
    """The files, the problems, and how many there are."""
    files = [line for reading in result.readings for line in _preview(reading)]
    lines = [one_line(line) for problem in result.problems for line in str(problem).splitlines()]
    errors = sum(problem.severity == "error" for problem in result.problems)
    warnings = len(result.problems) - errors
    end = (
        f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
        if result.problems
        else "no problems"
    )
    return "\n".join([*files, *([""] if files else []), *lines, end]).strip()


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _preview(reading: FileReading) -> list[str]:
    """How a file was read: its rows, notes, and the first values that were changed."""
    lines = [
        f"{one_line(reading.file)}: {reading.read:,} rows read = {reading.kept:,} kept +"
        f" {reading.rejected:,} rejected"
    ]
    lines += [f"  {one_line(note)}" for note in reading.notes]
    for row in reading.preview:
        pairs = [
            f"{sanitize(name)}: {sanitize(before)} → {sanitize(row.after.get(name))}"
            for name, before in row.before.items()
            if str(row.after.get(name)) != before
        ]
        if pairs:
            lines.append(f"  line {row.line}: " + ", ".join(pairs))
    return lines
