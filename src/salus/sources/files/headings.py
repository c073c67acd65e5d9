"""Finds rows that are the heading of the rows below, such as `Key accounts` above its customers.

Such a row has one cell, the first, and follows the header or an empty row. Every other row of the
table has more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from salus.sources.files.rows import FileRows

MOST_SUSPECTS = 1_000  # with more, a row of one cell is nothing unusual
FEWEST = 2  # a single row of one cell may as well be an unfinished record
NARROWEST = 3  # columns of a table with headings
REASON = "looks like the heading of the rows below: it has one cell, and every other row has more"


@dataclass
class HeadingSuspects:
    """The rows that may be headings, judging by the columns that are read."""

    header: int  # the line of the column names
    lines: list[int] = field(default_factory=list)
    _last: int = 0

    def __post_init__(self) -> None:
        self._last = self.header

    def add(self, lines: pa.Array, texts: Sequence[pa.StringArray]) -> None:
        """Add the rows of a chunk. Chunks must come in order.

        >>> suspects = HeadingSuspects(1)
        >>> suspects.add(pa.array([2, 3, 5, 6]), [pa.array(["North", "A", "South", "B"]), pa.array(["", "1", "", ""])])
        >>> suspects.lines
        [2, 5]
        """
        if not len(lines):
            return
        numbers = np.asarray(lines.to_numpy())
        before = np.concatenate([[self._last], numbers[:-1]])
        first = np.flatnonzero((numbers - before > 1) | (before == self.header))
        cells = [column.take(pa.array(first)).to_pylist() for column in texts]
        self.lines += [
            int(numbers[place])
            for place, row in zip(first, zip(*cells, strict=True), strict=True)
            if sum(bool(cell.strip()) for cell in row) <= 1
        ]
        self._last = int(numbers[-1])


def find_headings(
    rows: FileRows, suspected: Collection[int], totals: Collection[int]
) -> tuple[int, ...]:
    """The suspected lines that are headings. Every column is checked, also those that the model
    doesn't use. `totals`: lines with the sum of other rows, which don't count.
    """
    width = len(rows.headers.names)
    if not FEWEST <= len(suspected) <= MOST_SUSPECTS or width < NARROWEST:
        return ()
    lines, fewest = frozenset(suspected), width
    headings: dict[int, int] = {}  # by line: the rows below it, up to the next heading
    last: int | None = None
    for chunk in rows.chunks(range(width)):
        for number, row in zip(chunk.lines, chunk.rows(width), strict=True):
            if number in totals:
                continue
            cells = [place for place, cell in enumerate(row) if cell.strip()]
            if number in lines and cells == [0]:
                headings[number], last = 0, number
                continue
            fewest = min(fewest, len(cells))
            if last is not None:
                headings[last] += 1
    if fewest < 2 or len(headings) < FEWEST or not all(headings.values()):
        return ()
    return tuple(headings)
