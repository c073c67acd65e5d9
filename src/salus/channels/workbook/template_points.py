"""The columns of the live sheet for points: those of the measures and those of the dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from salus.channels.workbook import points as formulas
from salus.channels.workbook import style
from salus.channels.workbook.column import TemplateColumn, list_numbers
from salus.channels.workbook.sheet import Formula
from salus.channels.workbook.template_grid import TOP, TemplateGrid
from salus.model.measure import Measure
from salus.scoring.scored import Floats

TOP_ROW = f"${TOP + 1}"  # where the weights of measures are repeated


def add_points(grid: TemplateGrid) -> None:
    """Add the points of the measures: of their own values, those that count, and with last values."""
    results = grid.results
    kinds: list[tuple[str, str, Callable[[TemplateGrid, Measure], str], dict[str, Floats]]] = [
        ("own", "Points of the values", _own, results.own),
        ("counted", "Points that count", _counted, results.counted),
    ]
    if grid.guarded:
        kinds.append(("lasting", "Points with last values", _lasting, results.lasting))
    for kind, group, formula, points in kinds:
        for measure in grid.model.measures:
            grid.add(
                kind,
                measure.name,
                TemplateColumn(
                    group=group,
                    head=measure.name,
                    contents=list_numbers(points[measure.name]),
                    formula=partial(formula, grid, measure),
                    cell_style=style.WORKING,
                    number=style.SCORE,
                    top=Formula(grid.places.weights[measure.name], measure.weight),
                ),
            )


def add_dimensions(grid: TemplateGrid) -> None:
    """Add the points of the dimensions, and the share of their weight that has values."""
    results = grid.results
    _add_means(grid, ("dimension", "Dimensions"), "counted", results.dimensions)
    if grid.guarded:
        key = ("dimension with last", "Dimensions with last values")
        _add_means(grid, key, "lasting", results.dimensions_lasting)
    for dimension in grid.model.dimensions:
        grid.add(
            "covered",
            dimension.name,
            TemplateColumn(
                group="Weight with a value",
                head=dimension.name,
                contents=list_numbers(results.covered[dimension.name]),
                formula=partial(_covered, grid, dimension.measures),
                cell_style=style.WORKING,
                number=style.SHARE,
            ),
        )


def _add_means(
    grid: TemplateGrid, key: tuple[str, str], source: str, means: dict[str, Floats]
) -> None:
    kind, group = key
    for dimension in grid.model.dimensions:
        grid.add(
            kind,
            dimension.name,
            TemplateColumn(
                group=group,
                head=dimension.name,
                contents=list_numbers(means[dimension.name]),
                formula=partial(_mean, grid, source, dimension.measures),
                cell_style=style.WORKING,
                number=style.SCORE,
            ),
        )


def _own(grid: TemplateGrid, measure: Measure) -> str:
    return _scaled(grid, measure, grid.at("value", measure.name))


def _scaled(grid: TemplateGrid, measure: Measure, cell: str) -> str:
    """The points of a value on the scale of the entity's segment."""
    assert measure.scale is not None
    name, kind = measure.name, grid.scored.cells.values[measure.name].kind
    scales = grid.places.scales
    usual = formulas.points_formula(cell, kind, measure.scale, scales[name, None])
    own = [
        (
            position,
            formulas.points_formula(cell, kind, segment.scales[name], scales[name, segment.name]),
        )
        for position, segment in enumerate(grid.model.segments)
        if name in segment.scales
    ]
    return formulas.segment_formula(grid.segment, usual, own)


def _counted(grid: TemplateGrid, measure: Measure) -> str:
    own, assumed = grid.at("own", measure.name), grid.places.assumed[measure.name]
    if measure.if_missing == "hold":
        held = _scaled(grid, measure, grid.at("held", measure.name))
        assumed = f'IF({grid.places.policies[measure.name]}="hold",{held},{assumed})'
    return f"IF(ISNUMBER({own}),{own},{assumed})"


def _lasting(grid: TemplateGrid, measure: Measure) -> str:
    own, counted, last = (grid.at(kind, measure.name) for kind in ("own", "counted", "last"))
    points = _scaled(grid, measure, last)
    return f"IF(ISNUMBER({own}),{own},IF(ISNUMBER({points}),{points},{counted}))"


def _mean(grid: TemplateGrid, kind: str, measures: Sequence[Measure]) -> str:
    first, last = measures[0].name, measures[-1].name
    return formulas.mean_formula(
        grid.across(kind, first, last, TOP_ROW), grid.across(kind, first, last)
    )


def _covered(grid: TemplateGrid, measures: Sequence[Measure]) -> str:
    first, last = measures[0].name, measures[-1].name
    weights, own = grid.across("own", first, last, TOP_ROW), grid.across("own", first, last)
    return f"SUMPRODUCT({weights},ISNUMBER({own})*1)/SUM({weights})"
