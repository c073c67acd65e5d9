"""The file of `salus score --out FILE.xlsx`: scores, a live template, the model, and a Read me."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook

from salus.atomic import atomic_write
from salus.channels.portfolio import ScoredPortfolio
from salus.channels.workbook.model_sheet import ModelSheet
from salus.channels.workbook.read_me import write_read_me
from salus.channels.workbook.results import compute_results, first_cells
from salus.channels.workbook.scores import write_scores
from salus.channels.workbook.sheet import add_sheet
from salus.channels.workbook.style import Styles
from salus.channels.workbook.template import Template
from salus.channels.workbook.template_grid import TemplateGrid

LIVE_ROWS = 2_000  # at most so many rows in the template: each has about five formulas per measure


def write_workbook(portfolio: ScoredPortfolio, path: Path, *, live_rows: int = LIVE_ROWS) -> None:
    """Write the workbook. If this fails, no file is left behind. The template has the `live_rows`
    entities with the lowest scores.

    Raises UsageError if the scores don't fit on a sheet.
    """
    with atomic_write(path) as draft:
        # Rows are written to disk at once, so that memory doesn't grow with the number of entities.
        book = Workbook(
            str(draft),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        try:
            _fill(book, portfolio, live_rows)
        finally:
            _close(book)


def _close(book: Workbook) -> None:
    """Close the workbook. The library wraps the system's error in its own, so unwrap it."""
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


def _fill(book: Workbook, portfolio: ScoredPortfolio, live_rows: int) -> None:
    book.set_properties(
        {"created": dt.datetime.combine(portfolio.as_of, dt.time())}
    )  # so that equal scores give equal bytes
    model, styles = portfolio.scored.model, Styles(book)
    title = f"{model.name} on {portfolio.as_of}"
    rows = np.array(portfolio.order[:live_rows], dtype=np.int64)
    scored = first_cells(portfolio.scored, rows)
    declared = ModelSheet(model, portfolio.as_of)
    template = Template(
        TemplateGrid(scored, compute_results(scored), declared.places),
        [portfolio.ids[row] for row in rows],
        [portfolio.labels[row] for row in rows],
    )
    scores, live, numbers, words = (
        add_sheet(book, name) for name in ("Scores", "Template", "Model", "Read me")
    )
    write_scores(scores, styles, portfolio)
    template.write(live, styles, title)
    declared.write(numbers, styles)
    notes = list(template.notes)
    if len(rows) < len(portfolio.order):
        notes.append(
            f"The sheet Template has the {len(rows)} lowest scores of {len(portfolio.order)}."
        )
    write_read_me(words, styles, title, notes)
