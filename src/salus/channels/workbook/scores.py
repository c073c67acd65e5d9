"""The sheet of scores, to read, filter and print: one row per entity, worst first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from salus.channels.portfolio import ScoredPortfolio, to_score_table
from salus.channels.table_file import iterate_rows
from salus.channels.workbook import style
from salus.channels.workbook.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, Value
from salus.channels.workbook.style import Styles
from salus.errors import UsageError
from salus.model.model import UNKNOWN, Model

HEAD_ROWS = 2
GROUPS = {
    "dimension": "dimensions",
    "score": "further scores",
    "band": "further scores",
    "value": "values",
}
WIDTHS = {"id": 14, "label": 28, "owner": 24, "value": 14, "band": 14, "segment": 14}

Bands = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ScoreColumn:
    """A column of the sheet. `render` returns the content and the style of a cell."""

    group: str
    head: str
    width: int
    render: Callable[[Value], tuple[Value, Any]]


def write_scores(sheet: Sheet, styles: Styles, portfolio: ScoredPortfolio) -> None:
    """Fill the sheet. Raises UsageError if the scores don't fit on a sheet."""
    table = to_score_table(portfolio)
    table = table.select(
        [name for name in table.column_names if not name.startswith("missing:") and name != "as_of"]
    )
    if len(table) + HEAD_ROWS > MOST_ROWS or table.num_columns > MOST_COLUMNS:
        raise UsageError(
            f"{len(table)} rows and {table.num_columns} columns don't fit on a sheet",
            "write .parquet or .csv",
        )
    columns = [_column(name, table, portfolio.scored.model, styles) for name in table.column_names]
    _head(sheet, styles, columns, f"{portfolio.scored.model.name} on {portfolio.as_of}")
    for row, values in enumerate(iterate_rows(table), HEAD_ROWS):
        for position, (column, value) in enumerate(zip(columns, values, strict=True)):
            sheet.put(row, position, *_plain(column.render(value)))
    sheet.freeze_panes(HEAD_ROWS, 2)
    sheet.autofilter(HEAD_ROWS - 1, 0, max(HEAD_ROWS - 1 + len(table), HEAD_ROWS), len(columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0, HEAD_ROWS - 1)


def _plain(cell: tuple[Value, Any]) -> tuple[Value, Any]:
    """An empty text becomes an empty cell."""
    return (None, cell[1]) if cell[0] == "" else cell


def _head(sheet: Sheet, styles: Styles, columns: list[ScoreColumn], title: str) -> None:
    before = ""
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        if position == 0:
            sheet.put(0, 0, title, styles(style.GROUP))
        elif column.group != before:
            sheet.put(0, position, column.group or None, styles(style.GROUP))
        before = column.group
    for position, column in enumerate(columns):
        sheet.put(1, position, column.head, styles(style.HEAD))


def _column(name: str, table: pa.Table, model: Model, styles: Styles) -> ScoreColumn:
    kind, mark, own = name.partition(":")
    if not mark:
        kind, own = "", name
    type_ = table.schema.field(name).type
    usual = 20 if pa.types.is_timestamp(type_) else max(12, min(len(own) + 2, 24))
    width = WIDTHS.get("band" if kind == "band" else "" if kind else name, usual)
    render = _renderer(name, kind, own, type_, model, styles)
    head = f"{own} band" if kind == "band" else own
    if name == "value" and model.entity.currency:
        head = f"value {model.entity.currency}"
    return ScoreColumn(GROUPS.get(kind, ""), head, width, render)


def _renderer(
    name: str,
    kind: str,
    own: str,
    type_: pa.DataType,
    model: Model,
    styles: Styles,
) -> Callable[[Value], tuple[Value, Any]]:
    if name == "band" or kind == "band":
        further = {score.name: score.bands for score in model.scores}
        return _band_renderer(further[own] if kind else model.bands, styles)
    if kind in ("score", "dimension") or name == "score":
        return _formatted(styles({"bold": True} if name == "score" else {}, number=style.SCORE))
    if name in ("coverage", "value"):
        return _formatted(styles(number=style.SHARE if name == "coverage" else style.MONEY))
    if pa.types.is_date(type_) or pa.types.is_timestamp(type_):
        return _date_renderer(
            styles(number=style.DATE if pa.types.is_date(type_) else style.MOMENT)
        )
    return _formatted(styles())


def _formatted(cell_style: Any) -> Callable[[Value], tuple[Value, Any]]:
    return lambda value: (value, cell_style)


def _date_renderer(cell_style: Any) -> Callable[[Value], tuple[Value, Any]]:
    """Dates before 1900-03-01 become text, because spreadsheets count them differently."""

    def render(value: Value) -> tuple[Value, Any]:
        early = isinstance(value, dt.date) and (value.year, value.month) < (1900, 3)
        return (value.isoformat() if early and isinstance(value, dt.date) else value), cell_style

    return render


def _band_renderer(bands: Bands, styles: Styles) -> Callable[[Value], tuple[Value, Any]]:
    places = {name: position for position, (name, _) in enumerate(bands)} | {UNKNOWN: -1}
    cells = {
        name: (
            style.band_words(name, position, len(bands)),
            styles(style.band_style(position, len(bands))),
        )
        for name, position in places.items()
    }
    return lambda value: cells[str(value)]
