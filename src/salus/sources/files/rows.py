"""Rows of cells with their lines, some ten thousand at a time. Every kind of file is read into
these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from salus.sources.files.headers import Headers
from salus.sources.files.plain_text import PlainTexts

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
    rejects: list[RejectedRow] = field(default_factory=list)
    empty: int = 0  # rows without a value
    size: int = 0  # characters
    _blocks: list[Sequence[pa.StringArray]] = field(default_factory=list)  # cells by column
    _rows: list[Sequence[str]] = field(default_factory=list)  # behind the blocks

    def add(self, line: int, row: Sequence[str], size: int) -> None:
        self.lines.append(line)
        self._rows.append(row)
        self.size += size

    def add_plain(self, first: int, rows: list[Sequence[str]], size: int) -> None:
        """Add rows of one line each; the first is in line `first`."""
        self.lines.extend(range(first, first + len(rows)))
        self._rows.extend(rows)
        self.size += size

    def add_texts(self, texts: PlainTexts) -> None:
        """Add lines that were split many at once."""
        self._close_block()
        self.lines.extend(range(texts.line, texts.line + texts.rows))
        self._blocks.append(texts.columns)
        self.size += texts.size

    def reject(self, line: int, reason: str, raw: str) -> None:
        self.rejects.append(RejectedRow(line, reason, raw[:LONGEST_RAW]))
        self.size += len(raw)

    def columns(self, width: int) -> list[pa.StringArray]:
        """The cells of the `width` wanted columns, by column."""
        self._close_block()
        if not self._blocks:
            return [pa.array([], pa.string()) for _ in range(width)]
        if len(self._blocks) == 1:
            return list(self._blocks[0])
        return [pa.concat_arrays(parts) for parts in zip(*self._blocks, strict=True)]

    def rows(self, width: int) -> Iterator[tuple[str, ...]]:
        """The cells of the `width` wanted columns, row by row."""
        return zip(*(column.to_pylist() for column in self.columns(width)), strict=True)

    def _close_block(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            self._blocks.append([pa.array(cells, pa.string()) for cells in columns])
            self._rows = []

    def has(self, size: int) -> bool:
        """Whether it has that many rows, or very many characters."""
        return len(self.lines) + len(self.rejects) >= size or self.size >= MOST_CHARACTERS


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

    def chunks(self, places: Sequence[int], size: int = CHUNK) -> Iterator[RowChunk]:
        """All rows below the header, in order, with only the cells at the positions `places`; about
        `size` rows in a chunk.
        """
        ...
