"""Writes rejected rows to a CSV file: line, reason and the row itself.

Formulas are escaped, so the file is safe to open in a spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from salus.atomic import atomic_write
from salus.sanitize import escape_formula
from salus.sources.files.rows import RejectedRow


class RejectedRows:
    """Writes rejected rows, counts them and keeps the first."""

    def __init__(self, write: csv.DictWriter[str]) -> None:
        self._write = write
        self.count = 0
        self.first: RejectedRow | None = None

    def add(self, rejects: Iterable[RejectedRow]) -> None:
        for reject in sorted(rejects, key=lambda reject: reject.line):
            reason, raw = escape_formula(reject.reason), escape_formula(reject.raw)
            self._write.writerow({"line": reject.line, "reason": reason, "raw": raw})
            self.count += 1
            self.first = self.first or reject


@contextmanager
def write_rejected(path: Path) -> Iterator[RejectedRows]:
    """A writer of rejected rows. The file exists afterwards only if there were any."""
    with atomic_write(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["line", "reason", "raw"], lineterminator="\r\n")
        writer.writeheader()
        rows = RejectedRows(writer)
        yield rows
    if not rows.count:
        path.unlink(missing_ok=True)  # another run may have deleted it
