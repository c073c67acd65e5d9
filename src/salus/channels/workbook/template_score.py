"""The columns of the live sheet for the scores: the results on the left, the steps on the right."""

from __future__ import annotations

from functools import partial

from salus.channels.workbook import points as formulas
from salus.channels.workbook import style
from salus.channels.workbook.column import TemplateColumn, list_numbers
from salus.channels.workbook.model_sheet import NO_SEGMENT
from salus.channels.workbook.results import ScoreStep
from salus.channels.workbook.template_grid import TemplateGrid
from salus.model.model import UNKNOWN

STEPS = "Steps to the score"


def add_results(grid: TemplateGrid) -> None:
    """Add score, band and coverage of each score, and the segment."""
    for score, step in grid.results.steps.items():
        names = grid.places.band_names[score]
        bands = [UNKNOWN if position < 0 else names[position] for position in step.band]
        grid.add(
            "score",
            score,
            TemplateColumn(
                group="Result",
                head=score or "score",
                contents=list_numbers(step.final),
                formula=partial(_final, grid, score),
                cell_style={"bold": True},
                number=style.SCORE,
            ),
        )
        grid.add(
            "band",
            score,
            TemplateColumn(
                group="Result",
                head=f"{score} band".strip(),
                contents=bands,
                formula=partial(_band, grid, score),
            ),
        )
        grid.add(
            "coverage",
            score,
            TemplateColumn(
                group="Result",
                head=f"{score} coverage".strip(),
                contents=list_numbers(step.coverage),
                formula=partial(_coverage, grid, score),
                number=style.SHARE,
            ),
        )
    if grid.model.segments:
        names = [NO_SEGMENT, *(segment.name for segment in grid.model.segments)]
        grid.add(
            "segment",
            "name",
            TemplateColumn(
                group="Result",
                head="segment",
                contents=[names[position + 1] for position in grid.scored.cells.segment],
                formula=lambda: f"INDEX({grid.places.segments},{grid.segment})",
            ),
        )


def add_steps(grid: TemplateGrid) -> None:
    """Add the steps from the dimensions to each score."""
    for score, step in grid.results.steps.items():
        for dimension in grid.model.dimensions:
            grid.add(
                f"weight {score}",
                dimension.name,
                TemplateColumn(
                    group=f"Weights of dimensions {score}".strip(),
                    head=dimension.name,
                    contents=list_numbers(step.nominal[dimension.name]),
                    formula=partial(_weight, grid, score, dimension.name),
                    cell_style=style.WORKING,
                ),
            )
        _add_means(grid, score, step)
        if not score and grid.model.remembers:
            _add_memory(grid)


def _add_means(grid: TemplateGrid, score: str, step: ScoreStep) -> None:
    for kind, dimensions, means in (
        ("mean", "dimension", step.plain),
        ("mean with last", "dimension with last", step.lasting),
    ):
        if kind == "mean" or grid.guarded:
            grid.add(
                kind,
                score,
                TemplateColumn(
                    group=STEPS,
                    head=f"{score} {kind}".strip(),
                    contents=list_numbers(means),
                    formula=partial(_mean, grid, score, dimensions),
                    cell_style=style.WORKING,
                    number=style.SCORE,
                ),
            )


def _add_memory(grid: TemplateGrid) -> None:
    """Add the main score with the earlier days, and its band by the dead zone."""
    grid.add(
        "uncapped",
        "",
        TemplateColumn(
            group=STEPS,
            head="before caps",
            contents=list_numbers(grid.results.uncapped),
            formula=partial(_uncapped, grid),
            cell_style=style.WORKING,
            number=style.SCORE,
        ),
    )
    if grid.zoned:
        grid.add(
            "kept",
            "",
            TemplateColumn(
                group=STEPS,
                head="band by dead zone",
                contents=list_numbers(grid.results.kept),
                formula=partial(_kept, grid),
                cell_style=style.WORKING,
            ),
        )


def _final(grid: TemplateGrid, score: str) -> str:
    remembers = not score and grid.model.remembers
    steps = [grid.at("uncapped", "")] if remembers else _means_of(grid, score)
    if not score and grid.model.caps:
        steps.append(grid.at("cap", ""))
    return f'IF(ISNUMBER({steps[0]}),MIN({",".join(steps)}),"")'


def _means_of(grid: TemplateGrid, score: str) -> list[str]:
    """The cell of the mean and, with a guard, of the mean with last values. The lower one counts."""
    kinds = ("mean", "mean with last") if grid.guarded else ("mean",)
    return [grid.at(kind, score) for kind in kinds]


def _uncapped(grid: TemplateGrid) -> str:
    steps = _means_of(grid, "")
    lower = f"MIN({','.join(steps)})"
    if grid.model.smooth:
        lower = f"({lower}+{grid.at('past', 'total')})/(1+{grid.at('past', 'weight')})"
    return f'IF(ISNUMBER({steps[0]}),{lower},"")'


def _kept(grid: TemplateGrid) -> str:
    return formulas.kept_formula(
        grid.at("uncapped", ""),
        grid.at("past", "band"),
        grid.places.zone,
        grid.places.bands[""][0],
        grid.places.inner,
    )


def _band(grid: TemplateGrid, score: str) -> str:
    cells = formulas.BandCells(
        grid.at("score", score),
        grid.at("coverage", score),
        grid.places.least,
        *grid.places.bands[score],
    )
    if not score and grid.zoned:
        return formulas.kept_band_formula(cells, grid.at("uncapped", ""), grid.at("kept", ""))
    return formulas.band_formula(cells)


def _coverage(grid: TemplateGrid, score: str) -> str:
    weights, covered = grid.all_dimensions(f"weight {score}"), grid.all_dimensions("covered")
    return f"IF(SUM({weights})>0,SUMPRODUCT({weights},{covered})/SUM({weights}),0)"


def _weight(grid: TemplateGrid, score: str, dimension: str) -> str:
    return f"INDEX({grid.places.shares[score, dimension]},{grid.segment})"


def _mean(grid: TemplateGrid, score: str, dimensions: str) -> str:
    return formulas.mean_formula(
        grid.all_dimensions(f"weight {score}"), grid.all_dimensions(dimensions)
    )
