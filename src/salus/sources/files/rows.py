"""Rows of cells with their place in the file, a few ten thousand at a time: what every kind of file is read into."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

#: A cell of a text file is a text, one of a workbook may have a type. Truth values come as "true" and "false".
Cell = str | int | float | datetime.date | datetime.time | datetime.timedelta
CHUNK = 40_000


@dataclass(frozen=True)
class Reject:
    """A row that can't be kept: the line it starts in, why, and how it stands there."""

    line: int
    reason: str
    raw: str


@dataclass
class Chunk:
    """Rows of one width, the lines they start in and their raw text; rows already rejected; how many were empty."""

    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[Cell]] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    empty: int = 0

    def add(self, line: int, row: Sequence[Cell], raw: str) -> None:
        self.lines.append(line)
        self.rows.append(row)
        self.raws.append(raw)

    @property
    def full(self) -> bool:
        return len(self.rows) + len(self.rejects) >= CHUNK


class Rows(Protocol):
    """A file as rows. `headers` and `notes` raise DataError where the file has no usable header."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The column names."""
        ...

    @property
    def header_line(self) -> int:
        """The line they stand in."""
        ...

    @property
    def separator(self) -> str:
        """What stands between the cells of the raw text."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided while reading."""
        ...

    def chunks(self) -> Iterator[Chunk]:
        """All rows below the header, in order."""
        ...
