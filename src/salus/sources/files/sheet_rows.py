"""The rows of a sheet in a workbook. A formula has the value that was stored with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from salus.errors import DataError, Problem
from salus.sources.files.header_detection import Header, TextLine, check_header, choose_header
from salus.sources.files.headers import Headers
from salus.sources.files.lines import find_fault
from salus.sources.files.numbers import TYPED
from salus.sources.files.rows import CHUNK, RowChunk
from salus.sources.files.settings import FileSettings
from salus.sources.files.times import SINCE_1900, SINCE_1904
from salus.sources.files.workbook_parts import WorkbookParts

_FIRST = 1_000
_EXACT = 1e15  # smaller whole numbers are written without an exponent


def open_workbook(path: Path, label: str) -> CalamineWorkbook:
    """Open a workbook. Raises DataError if it is damaged or unpacks to too much."""
    parts = WorkbookParts(path, label)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise parts.damaged() from error


class SheetRows:
    """The rows of one sheet, numbered as in the spreadsheet."""

    separator = ";"
    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, sheet: str, label: str, settings: FileSettings) -> None:
        self._path, self._sheet, self._label, self._settings = path, sheet, label, settings

    @cached_property
    def serial_zero(self) -> int:
        return SINCE_1904 if WorkbookParts(self._path, self._label).since_1904 else SINCE_1900

    @cached_property
    def _bounded(self) -> bool:
        """Check the sheet once. Raises DataError if its cells are too far apart to be read."""
        WorkbookParts(self._path, self._label).refuse_far_cells(self._sheet)
        return True

    def _rows(self) -> Iterator[list[Any]]:
        _ = self._bounded
        workbook = open_workbook(self._path, self._label)
        try:
            yield from workbook.get_sheet_by_name(self._sheet).iter_rows()
        except CalamineError as error:
            raise DataError(
                [
                    Problem(
                        self._label,
                        None,
                        None,
                        f"the sheet can't be read: {error}",
                        "export it as CSV",
                    )
                ]
            ) from error

    @cached_property
    def _head(self) -> Header:
        first = []
        for number, row in enumerate(self._rows(), start=1):
            if number > _FIRST:
                break
            first.append(TextLine(number, [_text(cell) for cell in row]))
        filled = [_narrowed(line) for line in first if any(line.cells)]
        if not filled:
            raise DataError(
                [
                    Problem(
                        self._label, None, None, "the sheet is empty", "leave it out of the model"
                    )
                ]
            )
        header_row = self._settings.header_row
        head = (
            next((line for line in filled if line.number == header_row), None)
            if header_row
            else _header(filled)
        )
        if head is None:
            raise DataError(
                [
                    Problem(
                        self._label,
                        header_row,
                        None,
                        "this row has no column names",
                        "correct header_row in salus.toml",
                    )
                ]
            )
        return check_header(
            Header(self.separator, head.number, tuple(head.cells)), self._label, header_row
        )

    @cached_property
    def headers(self) -> Headers:
        return Headers(
            (name.removeprefix(TYPED) for name in self._head.names), self._label, self._head.line
        )

    @property
    def header_line(self) -> int:
        return self._head.line

    def chunks(self, places: Sequence[int], size: int = CHUNK) -> Iterator[RowChunk]:
        chunk = RowChunk()
        for number, row in enumerate(self._rows(), start=1):
            if number <= self._head.line:
                continue
            if all(cell == "" or cell is None for cell in row):
                chunk.empty += 1
                continue
            cells = [_text(row[place]) if place < len(row) else "" for place in places]
            reason = next(
                filter(None, (find_fault(cell.removeprefix(TYPED), "utf-8") for cell in cells)),
                None,
            )
            if reason is not None:
                chunk.reject(number, reason, "")
            else:
                chunk.add(number, cells, sum(map(len, cells)))
            if chunk.has(size):
                yield chunk
                chunk = RowChunk()
        yield chunk


def _narrowed(line: TextLine) -> TextLine:
    """The row without the empty cells at its end: a title in one cell isn't as wide as the table."""
    cells = list(line.cells)
    while cells and not cells[-1]:
        cells.pop()
    return TextLine(line.number, cells)


def _header(filled: list[TextLine]) -> TextLine | None:
    """The header, found as in text files. Rows are padded first, because they lack empty cells at
    their end.
    """
    width = max(len(line.cells) for line in filled)
    padded = [
        TextLine(line.number, [*line.cells, *[""] * (width - len(line.cells))]) for line in filled
    ]
    header, _ = choose_header(padded)
    if header is None:
        return None
    return next(line for line in filled if line.number == header.number)


def _text(cell: Any) -> str:
    """A cell as text. Numbers get the mark TYPED, so that no locale changes their decimal point; no
    other text can have it.
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return TYPED + (str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell))
    if isinstance(cell, int):
        return TYPED + str(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace(TYPED, "\ufffd")
