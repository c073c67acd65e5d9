"""What stands between the cells of a text file, and in which line the column names are.

Every likely separator is tried on the first lines: under it most records must be as wide as a
record that could be the header. Lines before the header (a title, a date, blanks) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from salus.errors import DataError, Problem
from salus.sources.files.numbers import TYPED
from salus.sources.files.records import Records

SEPARATORS = (";", "\t", ",", "|")
MOST_LINES, MOST_CHARACTERS = 1_000, 1 << 20
FILLED = 0.8  # of the fullest record's cells a header fills at least so many
_VALUE = re.compile(
    r"[+-]?[\d.,'’]*\d[\d.,'’%]*(?:[eE][+-]?\d+)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?"
)


@dataclass(frozen=True)
class Header:
    """The separator, the line of the header, its cells, and whether lines stand before it."""

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
    """Separator and header of a text file by its first lines.

    >>> find_header(["Report\\n", "\\n", "id;amount\\n", "1;2,50\\n", "2;3,50\\n"], "x.csv")
    Header(separator=';', line=3, names=('id', 'amount'))
    """
    first = list(_first(lines))
    found = [
        _Candidate(mark, head, matching)
        for mark in ([separator] if separator else SEPARATORS)
        for head, matching in [_best(_records(first, mark), header_row)]
        if head is not None
    ]
    if not found:
        raise DataError([_nothing(label, header_row)])
    best = _preferred(found)
    return check_header(
        Header(best.separator, best.line.number, tuple(best.line.cells)), label, header_row
    )


def _records(lines: list[str], separator: str) -> list[TextLine]:
    return [
        TextLine(record.line, record.cells)
        for record in Records(iter(lines), separator)
        if any(record.cells)
    ]


@dataclass(frozen=True)
class _Candidate:
    """A separator, the header under it, and how many records are as wide."""

    separator: str
    line: TextLine
    matching: int

    @property
    def width(self) -> int:
        return len(self.line.cells)

    @property
    def weight(self) -> int:
        """How many separators it explains; 0 for a single column."""
        return self.matching * (self.width - 1)


def _preferred(found: list[_Candidate]) -> _Candidate:
    """The best of them. The comma also stands in numbers and sentences, so another separator comes
    first.

    Unless under the comma the header starts earlier or is wider: `a;b` may be a list in one cell of
    a comma file.
    """
    other = max(
        (one for one in found if one.separator != ","), key=lambda one: one.weight, default=None
    )
    comma = next((one for one in found if one.separator == ","), None)
    if other is None or comma is None or not comma.weight or not other.weight:
        return max(found, key=lambda one: one.weight)
    earlier = comma.line.number - other.line.number
    if (earlier < 0 and comma.width >= other.width) or (earlier == 0 and comma.width > other.width):
        return comma
    return other


def check_header(head: Header, label: str, header_row: int | None) -> Header:
    """The head, unless it holds values instead of names."""
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


def _nothing(label: str, header_row: int | None) -> Problem:
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
    """The record that is the header, and how many records are as wide (0 for a single column)."""
    if header_row is not None:
        head = next((record for record in records if record.number == header_row), None)
        return head, _matching(records, len(head.cells)) if head else 0
    return choose_header(records)


def choose_header(records: Sequence[TextLine]) -> tuple[TextLine | None, int]:
    """The header among records without empty ones, and how many records from it on are as wide."""
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
    """A header right before the first full record, with columns that have no name, as the index of
    pandas.

    A title or a filter may look like it. It is none if the full record can't be the header because
    it holds values; else the full record is, where one of its cells is a word above values, or
    where too few columns would have a name.
    """
    if place == 0 or not _names_most(wide[place - 1].cells):
        return None
    before, full, below = wide[place - 1], wide[place], wide[place + 1 : place + 51]
    if any(map(_is_value, full.cells)):
        return before
    if any(
        sum(_is_value(line.cells[at]) for line in below) * 2 > len(below) > 0
        for at in range(len(full.cells))
    ):
        return None
    return before if not before.cells[0].strip() or sum(map(bool, before.cells)) >= 3 else None


def _names_most(cells: Sequence[str]) -> bool:
    """Whether all cells but one or two at the start, and one anywhere else, hold names: words, no
    two alike.
    """
    named = [cell for cell in map(str.strip, cells) if cell]
    start = next((at for at, cell in enumerate(cells) if cell.strip()), len(cells))
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
    """Whether a record has so many cells; empty ones too many don't count.

    >>> fits_width(["1", "2", "", ""], 2), fits_width(["1"], 2)
    (True, False)
    """
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))
