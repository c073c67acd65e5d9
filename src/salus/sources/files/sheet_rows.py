"""A sheet of a workbook as rows. Formulas count with the values that were stored with them."""

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
from salus.sources.files.rows import RowChunk
from salus.sources.files.settings import FileSettings
from salus.sources.files.times import SINCE_1900, SINCE_1904
from salus.sources.files.workbook_parts import WorkbookParts

_FIRST = 1_000
_EXACT = 1e15  # whole doubles up to here are written without a power


def open_workbook(path: Path, label: str) -> CalamineWorkbook:
    """A workbook, after a look at how large it unpacks. Raises DataError."""
    parts = WorkbookParts(path, label)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise parts.damaged() from error


class SheetRows:
    """One sheet. Its rows are numbered as in the spreadsheet."""

    separator = ";"
    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, sheet: str, label: str, settings: FileSettings) -> None:
        self._path, self._sheet, self._label, self._settings = path, sheet, label, settings

    @cached_property
    def serial_zero(self) -> int:
        return SINCE_1904 if WorkbookParts(self._path, self._label).since_1904 else SINCE_1900

    @cached_property
    def _bounded(self) -> bool:
        """Raises DataError for a sheet with cells so far apart that it can't be read; looked at
        once.
        """
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
        told = self._settings.header_row
        head = (
            next((line for line in filled if line.number == told), None)
            if told
            else _header(filled)
        )
        if head is None:
            raise DataError(
                [
                    Problem(
                        self._label,
                        told,
                        None,
                        "this row has no column names",
                        "correct header_row in salus.toml",
                    )
                ]
            )
        return check_header(
            Header(self.separator, head.number, tuple(head.cells)), self._label, told
        )

    @cached_property
    def headers(self) -> Headers:
        return Headers(
            (name.removeprefix(TYPED) for name in self._head.names), self._label, self._head.line
        )

    @property
    def header_line(self) -> int:
        return self._head.line

    def chunks(self, places: Sequence[int]) -> Iterator[RowChunk]:
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
            if chunk.full:
                yield chunk
                chunk = RowChunk()
        yield chunk


def _narrowed(line: TextLine) -> TextLine:
    """The row without empty cells at its end: a title in one cell is no row as wide as the
    table.
    """
    cells = list(line.cells)
    while cells and not cells[-1]:
        cells.pop()
    return TextLine(line.number, cells)


def _header(filled: list[TextLine]) -> TextLine | None:
    """The header: as in text files, but here empty cells at a row's end are no cells at all."""
    width = max(len(line.cells) for line in filled)
    padded = [
        TextLine(line.number, [*line.cells, *[""] * (width - len(line.cells))]) for line in filled
    ]
    found, _ = choose_header(padded)
    if found is None:
        return None
    return next(line for line in filled if line.number == found.number)


def _text(cell: Any) -> str:
    """A cell as text; numbers are marked, so that no locale touches their point, and nothing else
    can be.
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
