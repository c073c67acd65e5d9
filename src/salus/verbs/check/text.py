"""How a file was read, as lines of text."""

from __future__ import annotations

from salus.sanitize import one_line, sanitize
from salus.sources.table import FileReading


def preview(reading: FileReading) -> list[str]:
    """How a file was read: its rows, what was decided, and the first five before and after."""
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
