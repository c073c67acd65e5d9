"""Rows of cells with their place in the file, a few ten thousand at a time: what every kind of file
is read into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from salus.sources.files.headers import Headers

CHUNK, MOST_CHARACTERS = 40_000, 16 << 20  # of one chunk, whichever comes first
LONGEST_RAW = 2_000  # of a rejected row is kept


@dataclass(frozen=True)
class RejectedRow:
    """A row that can't be kept: the line it starts in, why, and how it stands there."""

    line: int
    reason: str
    raw: str


@dataclass
class RowChunk:
    """Cells of the wanted columns, row by row, with the lines they start in; rows rejected; how
    many were empty.
    """

    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    rejects: list[RejectedRow] = field(default_factory=list)
    empty: int = 0
    size: int = 0

    def add(self, line: int, row: Sequence[str], size: int) -> None:
        self.lines.append(line)
        self.rows.append(row)
        self.size += size

    def add_plain(self, first: int, rows: list[Sequence[str]], size: int) -> None:
        """Rows of one line each, the first of them in line `first`."""
        self.lines.extend(range(first, first + len(rows)))
        self.rows.extend(rows)
        self.size += size

    def reject(self, line: int, reason: str, raw: str) -> None:
        self.rejects.append(RejectedRow(line, reason, raw[:LONGEST_RAW]))
        self.size += len(raw)

    @property
    def full(self) -> bool:
        return len(self.rows) + len(self.rejects) >= CHUNK or self.size >= MOST_CHARACTERS


class FileRows(Protocol):
    """A file as rows of texts. `headers` raises DataError where the file has no usable header."""

    @property
    def headers(self) -> Headers:
        """The column names."""
        ...

    @property
    def header_line(self) -> int:
        """The line they stand in."""
        ...

    @property
    def separator(self) -> str:
        """What stands between cells where a row is shown as text."""
        ...

    @property
    def serial_zero(self) -> int:
        """Day 0 of serial days such as 45351, in days since 1970."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided while reading."""
        ...

    def chunks(self, places: Sequence[int]) -> Iterator[RowChunk]:
        """All rows below the header, in order: of each the cells at `places`, and nothing of the
        others.
        """
        ...
