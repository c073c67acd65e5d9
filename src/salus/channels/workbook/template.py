"""The live sheet: if you change a value, a word or a weight, the score follows by the rules of Salus.

It has one row per entity. The columns from left to right: results, values (yellow cells are inputs),
held and last values, conditions, points, dimensions, steps to the score. Each formula carries the
result that Salus computed, for viewers that don't compute formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salus.channels.workbook import style
from salus.channels.workbook.column import ROW, TemplateColumn, compute_column
from salus.channels.workbook.condition import NotLive, fits_in_cell, text_literal
from salus.channels.workbook.sheet import MOST_COLUMNS, Sheet
from salus.channels.workbook.style import Styles
from salus.channels.workbook.template_conditions import add_conditions
from salus.channels.workbook.template_grid import (
    GROUP_ROW,
    HEAD_ROW,
    HEAD_ROWS,
    TOP,
    TemplateGrid,
)
from salus.channels.workbook.template_points import add_dimensions, add_points
from salus.channels.workbook.template_score import add_results, add_steps
from salus.channels.workbook.template_values import add_days_before, add_stand_ins, add_values
from salus.errors import UsageError
from salus.model.model import UNKNOWN

FAR_ROW = "1000000"  # no row has a longer number


class Template:
    """The live sheet. Raises UsageError if a sheet has too few columns for the model."""

    def __init__(
        self, grid: TemplateGrid, ids: Sequence[str], labels: Sequence[str | None]
    ) -> None:
        self.grid = grid
        self.notes: list[str] = []  # what isn't live, and why; complete after `write`
        grid.add("", "id", TemplateColumn(group="", head="id", contents=ids, width=14))
        grid.add("", "label", TemplateColumn(group="", head="label", contents=labels, width=28))
        for add in (
            add_results,
            add_values,
            add_stand_ins,
            add_days_before,
            add_conditions,
            add_points,
            add_dimensions,
            add_steps,
        ):
            add(grid)
        self._columns = list(grid.columns.values())
        if len(self._columns) > MOST_COLUMNS:
            raise UsageError(
                f"the model needs {len(self._columns)} columns, more than a sheet has",
                "write .parquet or .csv",
            )

    def write(self, sheet: Sheet, styles: Styles, title: str) -> None:
        """Fill the sheet, row by row."""
        texts = [self._text(column) for column in self._columns]
        self._heads(sheet, styles, title)
        cell_styles = [
            styles(
                dict(column.cell_style) if text or not column.formula else style.INPUT,
                number=column.number,
            )
            for column, text in zip(self._columns, texts, strict=True)
        ]
        columns = list(zip(self._columns, texts, cell_styles, strict=True))
        for i in range(len(self.grid.scored)):
            row = HEAD_ROWS + i
            for position, (column, text, cell_style) in enumerate(columns):
                content = column.contents[i]
                sheet.put(
                    row,
                    position,
                    content if text is None else compute_column(text, row, content),
                    cell_style,
                )
        sheet.freeze_panes(HEAD_ROWS, 2)
        self._colours(sheet, styles)
        self._choices(sheet)

    def _text(self, column: TemplateColumn) -> str | None:
        """The formula of a column; None if its cells hold plain values."""
        if column.formula is None:
            return None
        try:
            text = column.formula()
            fits_in_cell(text.replace(ROW, FAR_ROW))
        except NotLive as why:
            self.notes.append(
                f"{column.group}, {column.head}: the cells hold fixed results, because {why}."
            )
            return None
        return text

    def _heads(self, sheet: Sheet, styles: Styles, title: str) -> None:
        columns = self._columns
        sheet.put(0, 0, title, styles(style.TITLE))
        for position, column in enumerate(columns):
            sheet.set_column(
                position, position, 20 if column.number == style.MOMENT else column.width
            )
            if position == 0 or column.group != columns[position - 1].group:
                sheet.put(GROUP_ROW, position, column.group or None, styles(style.GROUP))
        sheet.put(TOP, 0, "weight, or at most", styles(style.HINT))
        for position, column in enumerate(columns):
            if column.top is not None:
                sheet.put(TOP, position, column.top, styles(style.HINT))
        for position, column in enumerate(columns):
            sheet.put(HEAD_ROW, position, column.head, styles(style.HEAD))

    def _rows(self, column: int) -> tuple[int, int, int, int]:
        return HEAD_ROWS, column, HEAD_ROWS + len(self.grid.scored) - 1, column

    def _colours(self, sheet: Sheet, styles: Styles) -> None:
        for score, names in self.grid.places.band_names.items():
            for position in range(-1, len(names)):
                band = text_literal(names[position] if position >= 0 else UNKNOWN)
                rule: dict[str, Any] = {
                    "type": "cell",
                    "criteria": "==",
                    "value": f"={band}",
                    "format": styles(style.band_style(position, len(names))),
                }
                sheet.conditional_format(*self._rows(self.grid.position("band", score)), rule)

    def _choices(self, sheet: Sheet) -> None:
        for position, column in enumerate(self._columns):
            if column.choices:
                sheet.data_validation(
                    *self._rows(position),
                    {"validate": "list", "source": f"={column.choices}", "error_type": "warning"},
                )
