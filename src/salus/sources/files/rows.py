"""Rows of cells with their lines, some ten thousand at a time. Every kind of file is read into
these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from salus.sources.files.headers import Headers

CHUNK, MOST_CHARACTERS = 40_000, 16 << 20  # rows and characters of a chunk, whichever comes first
LONGEST_RAW = 2_000  # characters of a rejected row that are kept


@dataclass(frozen=True)
class RejectedRow:
    """A row that can't be used: the line it starts in, the reason, and its text in the file."""

    line: int
    reason: str
    raw: str


@dataclass
class RowChunk:
    """Some rows of a file."""

    lines: list[int] = field(default_factory=list)  # the line in which each row starts
    rows: list[Sequence[str]] = field(default_factory=list)  # the cells of the wanted columns
    rejects: list[RejectedRow] = field(default_factory=list)
    empty: int = 0  # rows without a value
    size: int = 0  # characters

    def add(self, line: int, row: Sequence[str], size: int) -> None:
        self.lines.append(line)
        self.rows.append(row)
        self.size += size

    def add_plain(self, first: int, rows: list[Sequence[str]], size: int) -> None:
        """Add rows of one line each; the first is in line `first`."""
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
    """A file as rows of texts. `headers` raises DataError if the file has no valid header."""

    @property
    def headers(self) -> Headers:
        """The column names."""
        ...

    @property
    def header_line(self) -> int:
        """The line of the column names."""
        ...

    @property
    def separator(self) -> str:
        """The separator of the cells in a row that is written as text."""
        ...

    @property
    def serial_zero(self) -> int:
        """Day 0 of serial days such as 45351, in days since 1970."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided while reading, as sentences."""
        ...

    def chunks(self, places: Sequence[int]) -> Iterator[RowChunk]:
        """All rows below the header, in order, with only the cells at the positions `places`."""
        ...
