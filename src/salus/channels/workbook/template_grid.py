"""The grid of the live sheet: its columns, and the addresses of their cells."""

from __future__ import annotations

from salus.channels.workbook.column import ROW, TemplateColumn
from salus.channels.workbook.condition import CellValue
from salus.channels.workbook.model_sheet import ModelCells
from salus.channels.workbook.results import TemplateResults
from salus.channels.workbook.sheet import column_name
from salus.scoring.scored import Scored

GROUP_ROW, TOP, HEAD_ROW, HEAD_ROWS = 1, 2, 3, 4
Key = tuple[str, str]


class TemplateGrid:
    """Columns by key, in their order. A key is a kind and a name: ("own", measure) are the points of
    a measure's value, ("mean", score) is a step to a score. The main score has the name "".
    """

    def __init__(self, scored: Scored, results: TemplateResults, places: ModelCells) -> None:
        self.scored, self.model, self.results, self.places = scored, scored.model, results, places
        self.guarded = bool(scored.cells.last)
        self.zoned = scored.model.dead_zone > 0 and len(scored.model.bands) > 1
        self.columns: dict[Key, TemplateColumn] = {}
        self._positions: dict[Key, int] = {}

    def add(self, kind: str, name: str, column: TemplateColumn) -> None:
        """Add a column on the right."""
        self._positions[kind, name] = len(self.columns)
        self.columns[kind, name] = column

    def position(self, kind: str, name: str) -> int:
        """The position of a column, from 0."""
        return self._positions[kind, name]

    def at(self, kind: str, name: str) -> str:
        """The cell of a column in the row of the formula."""
        return f"{column_name(self.position(kind, name))}{ROW}"

    def across(self, kind: str, first: str, last: str, row: str = ROW) -> str:
        """The cells from one column to another, by default in the row of the formula."""
        start, end = (column_name(self.position(kind, name)) for name in (first, last))
        return f"{start}{row}:{end}{row}"

    def all_dimensions(self, kind: str) -> str:
        """The cells of all dimensions in the row of the formula."""
        return self.across(kind, self.model.dimensions[0].name, self.model.dimensions[-1].name)

    @property
    def segment(self) -> str:
        """The cell with the number of the entity's segment, from 1. Number 1 stands for none."""
        return self.at("segment", "row") if self.model.segments else "1"

    @property
    def cells(self) -> dict[str, CellValue]:
        """The cell of every name that a condition or formula of the model can read."""
        known = {
            name: CellValue(self.at("value", name), values.kind)
            for name, values in self.scored.cells.values.items()
        }
        return {**known, "as_of": CellValue(self.places.as_of, "date")}
