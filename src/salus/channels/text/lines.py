"""Texts from outside as plain lines, and how a file was read: little enough to be there at once."""

from __future__ import annotations

from salus.sanitize import one_line
from salus.sources.table import FileReading

WIDEST = 40  # characters of a label or value before it is cut


def safe(text: object) -> str:
    """A text from outside on one line: control characters, which could steer a terminal, become
    blanks.
    """
    spoken = one_line(str(text))
    return spoken if len(spoken) <= WIDEST else spoken[: WIDEST - 1] + "…"


def safe_line(text: str) -> str:
    """A longer text without control characters."""
    return one_line(text)


def preview(reading: FileReading) -> list[str]:
    """How a file was read: its rows, what was decided, and the first five before and after."""
    lines = [
        f"{safe_line(reading.file)}: {reading.read:,} rows read = {reading.kept:,} kept +"
        f" {reading.rejected:,} rejected"
    ]
    lines += [f"  {safe_line(note)}" for note in reading.notes]
    for row in reading.preview:
        pairs = [
            f"{safe(name)}: {safe(before)} → {safe(row.after.get(name))}"
            for name, before in row.before.items()
            if str(row.after.get(name)) != before
        ]
        if pairs:
            lines.append(f"  line {row.line}: " + ", ".join(pairs))
    return lines
