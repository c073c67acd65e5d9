"""The records of a text file. A broken record loses only its first line.

A single wrong quote could swallow the rest of a file. So if a record can't be read, only its first
line is rejected, and reading continues with the next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from salus.sources.files.lines import FileLines, find_fault
from salus.sources.files.plain_text import PlainTexts, split_cells

PLAIN = 1_000  # lines that are parsed at once
MOST_LINES = 200  # lines of one record
MOST_SEARCHES = 1_000  # for the end of a quote; after that each line is a record
_REASONS = {
    "unexpected end of data": "a quote is never closed",
    "field larger": "a cell is too long",
    "new-line character": "a stray line break",
    "expected after": "text after a closing quote",
}


@dataclass(frozen=True)
class Record:
    """One record of a file."""

    line: int  # in which it starts
    cells: list[str]
    raw: str
    reason: str | None = None  # why it is rejected
    lines: int = 1  # how many it has


class _Feed:
    """Gives lines to the parser, keeps the lines of the current record, and can take lines back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.most = MOST_LINES

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= self.most:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    @property
    def holds_back(self) -> bool:
        """Whether lines were put back."""
        return bool(self._back)

    def take(self, most: int) -> list[str]:
        """The next lines, without the parser."""
        back = [self._back.popleft() for _ in range(min(most, len(self._back)))]
        return back + list(islice(self._lines, most - len(back)))

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))

    def give_back(self) -> None:
        """Read all lines of this record again, except the first."""
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


@dataclass(frozen=True)
class PlainRows:
    """Lines that are one record each, with the right number of cells and at least one value."""

    line: int  # the first line
    rows: list[list[str]]
    size: int  # characters


class Records:
    """The records of a file; lines are counted from 1. `width`: the expected number of cells, which
    shows whether a record swallowed other lines.
    """

    def __init__(
        self,
        lines: Iterator[str],
        separator: str,
        encoding: str = "utf-8",
        width: int | None = None,
    ) -> None:
        self._lines, self._feed = lines, _Feed(lines)
        self._separator, self._encoding, self._width = separator, encoding, width
        self._reader = csv.reader(self._feed, delimiter=separator, strict=True)
        self._line, self._searches = 1, 0

    def __iter__(self) -> Iterator[Record]:
        while (record := self._next()) is not None:
            self._line += len(self._feed.taken)
            yield record

    def texts(self, places: Sequence[int]) -> PlainTexts | None:
        """The next lines as cells by column, if all that were read at once are plain and have no
        quotes; None otherwise. This is the fastest way.
        """
        if not isinstance(self._lines, FileLines) or self._feed.holds_back or not self._width:
            return None
        text = self._lines.whole_lines()
        if not text or self._lines.suspicious:
            return None
        columns = split_cells(text, self._separator, self._width, places)
        if columns is None:
            return None
        self._lines.skip(len(text))
        texts = PlainTexts(self._line, columns, len(columns[0]), len(text))
        self._line += texts.rows
        return texts

    def plain(self, most: int = PLAIN) -> PlainRows | None:
        """The next lines, if each is a plain record; None otherwise, then they are read again one
        by one. This is the fast way.
        """
        lines = self._feed.take(most)
        rows = self._plain_rows(lines)
        if rows is None:
            self._feed.put_back(lines)
            return None
        plain = PlainRows(self._line, rows, sum(map(len, lines)))
        self._line += len(lines)
        return plain

    def _plain_rows(self, lines: list[str]) -> list[list[str]] | None:
        try:
            rows = list(csv.reader(lines, delimiter=self._separator, strict=True))
        except csv.Error:
            return None
        alike = (
            len(rows) == len(lines) and set(map(len, rows)) == {self._width} and all(map(any, rows))
        )
        if not alike or (
            getattr(self._lines, "suspicious", True) and find_fault("".join(lines), self._encoding)
        ):
            return None
        return rows

    def _next(self) -> Record | None:
        feed = self._feed
        feed.taken = []
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            return self._broken(str(error))
        if len(feed.taken) > 1 and self._swallowed(cells):
            feed.give_back()
            return Record(self._line, [], feed.taken[0], "a quote is never closed")
        raw = feed.taken[0] if len(feed.taken) == 1 else "".join(feed.taken)
        reason = (
            find_fault(raw, self._encoding) if getattr(self._lines, "suspicious", True) else None
        )
        return Record(self._line, cells, raw, reason, len(feed.taken))

    def _broken(self, error: str) -> Record:
        feed = self._feed
        if len(feed.taken) >= feed.most > 1:
            self._searches += 1
            feed.most = 1 if self._searches >= MOST_SEARCHES else MOST_LINES
        feed.give_back()
        raw = feed.taken[0]
        reason = find_fault(raw, self._encoding) or next(
            (reason for text, reason in _REASONS.items() if text in error), error
        )
        return Record(self._line, [], raw, reason)

    def _swallowed(self, cells: list[str]) -> bool:
        """Whether a record of several lines has the wrong width and contains lines of the right
        width.
        """
        if self._width is None or len(cells) == self._width:
            return False
        lines = self._feed.taken[1:]
        return any(len(row) == self._width for row in csv.reader(lines, delimiter=self._separator))
