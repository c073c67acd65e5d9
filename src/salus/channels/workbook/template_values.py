"""The columns of the live sheet for the values: those of the date, and those from earlier days."""

from __future__ import annotations

from functools import partial

from salus.channels.workbook import style
from salus.channels.workbook.column import (
    TemplateColumn,
    fixed_values,
    list_numbers,
    number_format,
)
from salus.channels.workbook.condition import write_value
from salus.channels.workbook.template_grid import TemplateGrid
from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.scoring.scored import Floats


def add_values(grid: TemplateGrid) -> None:
    """Add the values of all measures and attributes. Inputs are yellow; formulas are live."""
    measures = {measure.name: measure for measure in grid.model.everything}
    for name, values in grid.scored.cells.values.items():
        measure = measures.get(name)
        group = "Attributes" if measure is None else "Values" if measure.scored else "Inputs"
        node = _same_day_formula(measure) if measure else None
        grid.add(
            "value",
            name,
            TemplateColumn(
                group=group,
                head=name,
                contents=fixed_values(values, values.data),
                formula=partial(_value, grid, node, values.kind) if node else None,
                cell_style={} if node else style.INPUT,
                number=number_format(values),
                choices=None if node else grid.places.words.get(name),
            ),
        )


def add_stand_ins(grid: TemplateGrid) -> None:
    """Add the values that replace missing values. They come from history, so they are inputs."""
    cells = grid.scored.cells
    for measure in grid.model.measures:
        if measure.if_missing == "hold":
            held = cells.held[measure.name].data
            _add_stand_in(grid, "held", "Held values (if missing: hold)", measure.name, held)
    for name, last in cells.last.items():
        _add_stand_in(grid, "last", "Last values (guard)", name, last.data)


def add_days_before(grid: TemplateGrid) -> None:
    """Add what the scores of earlier days contribute. It comes from history, so it is an input."""
    past, group = grid.scored.cells.past, "Days before"
    if past is not None and grid.model.smooth:
        for name, head, sums in (
            ("total", "sum of weighted scores", past.total),
            ("weight", "sum of weights", past.weight),
        ):
            grid.add(
                "past",
                name,
                TemplateColumn(
                    group=group, head=head, contents=list_numbers(sums), cell_style=style.INPUT
                ),
            )
    if past is not None and grid.zoned:
        bands = [None if position < 0 else grid.model.bands[position][0] for position in past.band]
        grid.add(
            "past",
            "band",
            TemplateColumn(
                group=group,
                head="band",
                contents=bands,
                cell_style=style.INPUT,
                choices=grid.places.bands[""][0],
            ),
        )


def _add_stand_in(grid: TemplateGrid, kind: str, group: str, name: str, data: Floats) -> None:
    values = grid.scored.cells.values[name]
    grid.add(
        kind,
        name,
        TemplateColumn(
            group=group,
            head=name,
            contents=fixed_values(values, data),
            cell_style=style.INPUT,
            number=number_format(values),
            choices=grid.places.words.get(name),
        ),
    )


def _value(grid: TemplateGrid, node: ex.Expression, kind: str) -> str:
    if isinstance(node, ex.Name) and kind in ("text", "bool"):
        cell = grid.at("value", node.name)
        return f'IF({"ISTEXT" if kind == "text" else "ISLOGICAL"}({cell}),{cell},"")'
    return write_value(node, grid.cells)


def _same_day_formula(measure: Measure) -> ex.Expression | None:
    """The formula of a measure over other cells of the same day. None if it needs facts or another
    day.
    """
    if measure.ago or measure.kind not in ("formula", "value"):
        return None
    node = measure.formula if measure.kind == "formula" else ex.Name(str(measure.column))
    if node is None or measure.per is None:
        return node
    by = ex.Name(measure.per) if isinstance(measure.per, str) else ex.Constant(float(measure.per))
    return ex.Compute("/", node, by)
