"""A worksheet that keeps its contents exactly: text stays text, and numbers keep all digits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from salus.channels.workbook.condition import serial
from salus.channels.workbook.style import quote
from salus.sanitize import is_formula

LONGEST_CELL = 32_767  # UTF-16 units in a cell
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

Value = str | float | bool | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Formula:
    """A live cell: the formula without `=`, and the result for viewers that don't compute formulas."""

    text: str
    result: Value


Content = Value | Formula


class Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet of XlsxWriter with three changes.

    Numbers are written with all their digits (up to 17; the library writes 16). Text is never
    markup: the library would copy a text between `<r>` and `</r>` into the file. Formulas are
    written as they are: the library would search each one for functions of newer spreadsheets.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inert_styles: dict[Format | None, Format] = {}

    def put(self, row: int, column: int, content: Content, style: Format | None = None) -> None:
        """Write a cell. None leaves it empty, but with its style."""
        match content:
            case None:
                self.write_blank(row, column, None, style)
            case Formula(text, result):
                self.write_formula(row, column, f"={text}", style, _cached(result))
            case "":  # an empty cell would be a missing value; an empty text isn't missing
                self.write_formula(row, column, '=""', style, "")
            case str():
                self.write_string(
                    row,
                    column,
                    shorten(content),
                    self._inert(style) if is_formula(content) else style,
                )
            case bool():
                self.write_boolean(row, column, content, style)
            case dt.date():
                self.write_number(row, column, serial(content), style)
            case _:
                self.write_number(row, column, content, style)

    def _inert(self, style: Format | None) -> Format:
        """The style with the mark for plain text, which a cell keeps when somebody edits it or saves
        the sheet as CSV.
        """
        if style not in self._inert_styles:
            self._inert_styles[style] = self.workbook_add_format(quote(style))
        return self._inert_styles[style]

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        styled = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{styled}><v>{repr(float(number)).removesuffix('.0')}</v></c>")

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)


def add_sheet(book: Workbook, name: str) -> Sheet:
    """A new sheet of the book."""
    sheet: Sheet = book.add_worksheet(name, worksheet_class=Sheet)
    return sheet


def _cached(result: Value) -> Any:
    match result:
        case None:
            return ""
        case bool():
            return result
        case dt.date():
            return serial(result)
        case str():
            return _escaped(shorten(result))
        case _:
            return float(result)  # the library writes all digits


def _escaped(text: str) -> str:
    """The text with characters escaped that XML doesn't allow. The library does this for texts, but
    not for the results of formulas.
    """
    escaped: str = Sheet._escape_control_characters(text)
    return escaped


def shorten(text: str) -> str:
    """The text, cut so that it fits in a cell.

    >>> len(shorten("x" * 40_000))
    32767
    """
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def cell_address(row: int, column: int, *, fixed: bool = False) -> str:
    """The name of a cell, rows and columns counted from 0.

    >>> cell_address(4, 2), cell_address(4, 2, fixed=True)
    ('C5', '$C$5')
    """
    address: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return address


def column_name(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(27)
    'AB'
    """
    name: str = xl_col_to_name(column)
    return name
