"""Finds the separator of a text file and the line with the column names.

Each likely separator is tried on the first lines. With the right one, most records have as many
cells as the header. Lines before the header (a title, a date, empty lines) are skipped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from salus.errors import DataError, Problem
from salus.sources.files.numbers import TYPED
from salus.sources.files.records import Records

SEPARATORS = (";", "\t", ",", "|")
MOST_LINES, MOST_CHARACTERS = 1_000, 1 << 20
FILLED = 0.8  # the least share of filled cells of a header, compared with the fullest record
_VALUE = re.compile(
    r"[+-]?[\d.,'’]*\d[\d.,'’%]*(?:[eE][+-]?\d+)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?"
)


@dataclass(frozen=True)
class Header:
    """The separator of a file, and the line and names of its header."""

    separator: str
    line: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class TextLine:
    """The cells of one record and the line it starts in."""

    number: int
    cells: Sequence[str]


def find_header(
    lines: Iterable[str], label: str, separator: str | None = None, header_row: int | None = None
) -> Header:
    """The separator and header of a text file, from its first lines. Raises DataError if there is
    none.

    >>> find_header(["Report\\n", "\\n", "id;amount\\n", "1;2,50\\n", "2;3,50\\n"], "x.csv")
    Header(separator=';', line=3, names=('id', 'amount'))
    """
    first = list(_first(lines))
    marks = [separator] if separator else _likely(first)
    candidates = _find_candidates(first, marks, header_row)
    if not any(each.weight for each in candidates) and marks != [separator]:
        candidates = _find_candidates(first, SEPARATORS, header_row)
    if not candidates:
        raise DataError([_no_header(label, header_row)])
    best = _choose(candidates)
    return check_header(
        Header(best.separator, best.line.number, tuple(best.line.cells)), label, header_row
    )


def _likely(lines: list[str]) -> list[str]:
    """The separators that occur. With any other, each record is a single cell."""
    text = "".join(lines)
    return [mark for mark in SEPARATORS if mark in text]


def _find_candidates(
    lines: list[str], separators: Iterable[str], header_row: int | None
) -> list[_Candidate]:
    return [
        _Candidate(mark, line, matching)
        for mark in separators
        for line, matching in [_best(_records(lines, mark), header_row)]
        if line is not None
    ]


def _records(lines: list[str], separator: str) -> list[TextLine]:
    if not any('"' in line or "\r" in line.removesuffix("\r\n") for line in lines):
        with suppress(csv.Error):  # then each record is one line
            rows = csv.reader(lines, delimiter=separator, strict=True)
            return [TextLine(number, row) for number, row in enumerate(rows, 1) if any(row)]
    return [
        TextLine(record.line, record.cells)
        for record in Records(iter(lines), separator)
        if any(record.cells)
    ]


@dataclass(frozen=True)
class _Candidate:
    """A separator, and the header that it gives."""

    separator: str
    line: TextLine
    matching: int  # records with as many cells as the header

    @property
    def width(self) -> int:
        return len(self.line.cells)

    @property
    def weight(self) -> int:
        """The number of separators in the matching records; 0 for a single column."""
        return self.matching * (self.width - 1)


def _choose(candidates: list[_Candidate]) -> _Candidate:
    """The best candidate. Numbers and sentences also contain commas, so another separator is
    preferred.

    The comma is chosen if its header starts earlier or is wider: `a;b` may be a list in one cell of
    a file with commas.
    """
    other = max(
        (each for each in candidates if each.separator != ","),
        key=lambda each: each.weight,
        default=None,
    )
    comma = next((each for each in candidates if each.separator == ","), None)
    if other is None or comma is None or not comma.weight or not other.weight:
        return max(candidates, key=lambda each: each.weight)
    earlier = comma.line.number - other.line.number
    if (earlier < 0 and comma.width >= other.width) or (earlier == 0 and comma.width > other.width):
        return comma
    return other


def check_header(head: Header, label: str, header_row: int | None) -> Header:
    """Return the header. Raises DataError if most of its cells are values, not names."""
    named = [name for name in head.names if name.strip()]
    if header_row is None and sum(bool(_VALUE.fullmatch(name.strip())) for name in named) * 2 > len(
        named
    ):
        raise DataError(
            [
                Problem(
                    label,
                    head.line,
                    None,
                    "the first row holds values, not column names",
                    "add a line with column names on top, or set header_row in salus.toml",
                )
            ]
        )
    return head


def _no_header(label: str, header_row: int | None) -> Problem:
    if header_row is None:
        return Problem(
            label, None, None, "the file is empty", "export it again, with a line of column names"
        )
    return Problem(
        label,
        header_row,
        None,
        "this line has no column names",
        "correct header_row in salus.toml",
    )


def _first(lines: Iterable[str]) -> Iterator[str]:
    size = 0
    for line in islice(lines, MOST_LINES):
        size += len(line)
        if size > MOST_CHARACTERS and size > len(line):
            return
        yield line


def _best(records: list[TextLine], header_row: int | None) -> tuple[TextLine | None, int]:
    """The header, and how many records have as many cells (0 for a single column)."""
    if header_row is not None:
        line = next((record for record in records if record.number == header_row), None)
        return line, _matching(records, len(line.cells)) if line else 0
    return choose_header(records)


def choose_header(records: Sequence[TextLine]) -> tuple[TextLine | None, int]:
    """The header among records that aren't empty, and how many records after it have as many cells."""
    widths = dict.fromkeys(len(record.cells) for record in records if len(record.cells) > 1)
    best: tuple[int, int, int] | None = None
    for width in widths:
        matching = _matching(records, width)
        if matching * 2 >= len(_tail(records, width)) and (
            best is None or (matching, width) > best[:2]
        ):
            best = (matching, width, 0)
    if best is None:
        return (records[0], 0) if records else (None, 0)
    matching, width, _ = best
    wide = [record for record in records if len(record.cells) == width]
    full = max(sum(map(bool, record.cells)) for record in wide[:50])
    place = next(
        place for place, record in enumerate(wide) if sum(map(bool, record.cells)) >= FILLED * full
    )
    return _with_gaps(wide, place) or wide[place], matching


def _with_gaps(wide: Sequence[TextLine], place: int) -> TextLine | None:
    """The header with unnamed columns (as pandas writes an index), if it is the record before the
    first full record; None if the full record is the header.

    A title or a filter above the table can look the same. So the record before is the header if the
    full record has values. Otherwise the full record is, if one of its cells is a word above a
    column of values, or if too few columns would have a name.
    """
    if place == 0 or not _names_most(wide[place - 1].cells):
        return None
    before, full, below = wide[place - 1], wide[place], wide[place + 1 : place + 51]
    if any(map(_is_value, full.cells)):
        return before
    if any(
        sum(_is_value(line.cells[column]) for line in below) * 2 > len(below) > 0
        for column in range(len(full.cells))
    ):
        return None
    return before if not before.cells[0].strip() or sum(map(bool, before.cells)) >= 3 else None


def _names_most(cells: Sequence[str]) -> bool:
    """Whether the cells are different words, except for one or two empty cells at the start and one
    anywhere else.
    """
    named = [cell for cell in map(str.strip, cells) if cell]
    start = next((column for column, cell in enumerate(cells) if cell.strip()), len(cells))
    return (
        start <= 2
        and len(cells) - len(named) - start <= 1
        and len(named) >= (1 if start else 2)
        and len(set(named)) == len(named)
        and not any(map(_is_value, named))
    )


def _is_value(cell: str) -> bool:
    return bool(_VALUE.fullmatch(cell.strip().removeprefix(TYPED)))


def _matching(records: Sequence[TextLine], width: int) -> int:
    return sum(fits_width(record.cells, width) for record in records) if width > 1 else 0


def _tail(records: Sequence[TextLine], width: int) -> Sequence[TextLine]:
    start = next(place for place, record in enumerate(records) if len(record.cells) == width)
    return records[start:]


def fits_width(cells: Sequence[object], width: int) -> bool:
    """Whether a record has this number of cells. More cells are fine if they are empty.

    >>> fits_width(["1", "2", "", ""], 2), fits_width(["1"], 2)
    (True, False)
    """
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))
