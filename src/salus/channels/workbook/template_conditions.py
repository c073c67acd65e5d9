"""The columns of the live sheet for conditions: the segments and the caps."""

from __future__ import annotations

from functools import partial

from salus.channels.workbook import style
from salus.channels.workbook.column import TemplateColumn, list_numbers
from salus.channels.workbook.condition import write_condition
from salus.channels.workbook.sheet import Formula
from salus.channels.workbook.template_grid import TemplateGrid
from salus.model.expressions import expression as ex


def add_conditions(grid: TemplateGrid) -> None:
    """Add the condition of each segment and cap, the entity's segment, and its lowest cap."""
    model = grid.model
    for segment in model.segments:
        _add_condition(grid, ("is", segment.name), segment.when, "Segments")
    if model.segments:
        grid.add(
            "segment",
            "row",
            TemplateColumn(
                group="Segments",
                head="first that holds",
                contents=list_numbers(grid.scored.cells.segment + 2),
                formula=partial(_segment_row, grid),
                cell_style=style.WORKING,
            ),
        )
    for cap in model.caps:
        at_most = Formula(grid.places.caps[cap.name], cap.at_most)
        _add_condition(grid, ("cap of", cap.name), cap.when, "Caps", at_most)
    if model.caps:
        grid.add(
            "cap",
            "",
            TemplateColumn(
                group="Caps",
                head="lowest that holds",
                contents=list_numbers(grid.results.ceiling),
                formula=partial(_ceiling, grid),
                cell_style=style.WORKING,
                number=style.CEILING,
            ),
        )


def _add_condition(
    grid: TemplateGrid,
    key: tuple[str, str],
    when: ex.Expression,
    group: str,
    top: Formula | None = None,
) -> None:
    grid.add(
        *key,
        TemplateColumn(
            group=group,
            head=key[1],
            contents=grid.results.holds[key].tolist(),
            formula=lambda: write_condition(when, grid.cells),
            cell_style=style.WORKING,
            top=top,
        ),
    )


def _segment_row(grid: TemplateGrid) -> str:
    names = [segment.name for segment in grid.model.segments]
    return f"IFERROR(MATCH(TRUE,{grid.across('is', names[0], names[-1])},0),0)+1"


def _ceiling(grid: TemplateGrid) -> str:
    caps = (
        f"IF({grid.at('cap of', cap.name)},{grid.places.caps[cap.name]},1E+300)"
        for cap in grid.model.caps
    )
    return f"MIN({','.join(caps)})"
