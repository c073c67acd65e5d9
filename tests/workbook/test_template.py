"""The live sheet gives the results of the engine, whichever cell is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from salus.channels.workbook.template_grid import HEAD_ROWS
from salus.channels.workbook.workbook import write_workbook
from salus.model.curve import Curve, WordScale
from salus.model.expressions.conditions import parse
from salus.model.model import UNKNOWN, Cap, Model
from salus.scoring.scored import Scored
from tests.workbook.book import SOFFICE, Book, Read, missing_as_nan, sheet
from tests.workbook.world import Portfolio, World, weighted, world

LIBREOFFICE = pytest.param(
    "libreoffice", 120, marks=pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
)
ENGINES = pytest.mark.parametrize(("engine", "size"), [LIBREOFFICE, ("formulas", 5)])


def written(folder: Path, known: World) -> Book:
    write_workbook(Portfolio.of(known.scored()), folder / "scores.xlsx")
    return Book(folder / "scores.xlsx")


def check(book: Book, read: Read, expected: Scored) -> None:
    """Compare scores and coverage to 1e-9, and bands and segments by name."""
    size = len(expected)
    steps = {"": (expected.score, expected.main.coverage, expected.band, expected.model.bands)}
    steps |= {
        further.name: (
            expected.further[further.name].guarded,
            expected.further[further.name].coverage,
            expected.further_band[further.name],
            further.bands,
        )
        for further in expected.model.scores
    }
    for name, (scores, coverage, positions, bands) in steps.items():

        def column(head: str, name: str = name) -> list[Any]:
            return book.column(read, "Result", f"{name} {head}".strip(), size)

        column_of_scores = book.column(read, "Result", name or "score", size)
        np.testing.assert_allclose(missing_as_nan(column_of_scores), scores, rtol=0, atol=1e-9)
        np.testing.assert_allclose(missing_as_nan(column("coverage")), coverage, rtol=0, atol=1e-9)
        assert column("band") == [
            UNKNOWN if position < 0 else bands[position][0] for position in positions
        ]
    names = ["(none)", *(segment.name for segment in expected.model.segments)]
    assert book.column(read, "Result", "segment", size) == [
        names[position + 1] for position in expected.cells.segment
    ]


@ENGINES
def test_untouched(tmp_path: Path, engine: str, size: int) -> None:
    known = world(size, 23)
    expected = known.scored()
    assert (expected.main.guarded < expected.main.score).any()
    assert (expected.cap >= 0).sum() > 1
    assert set(expected.cells.segment) == {-1, 0, 1}
    book = written(tmp_path, known).edited({}, {})
    check(book, book.computed(engine, tmp_path), expected)


@ENGINES
def test_days_before_and_the_dead_zone(tmp_path: Path, engine: str, size: int) -> None:
    known = world(size, 23)
    assert known.past is not None
    book = written(tmp_path, known).edited(
        {
            ("Days before", "sum of weighted scores", 2): 610.5,
            ("Days before", "band", 3): "at_risk",
            ("Days before", "band", 4): None,
        },
        {("Model acme", "dead_zone", 1): 12},
    )
    total, band = known.past.total.copy(), known.past.band.copy()
    total[2], band[3], band[4] = 610.5, 2, -1
    past = replace(known.past, total=total, band=band)
    expected = replace(known, model=replace(known.model, dead_zone=12.0), past=past).scored()
    check(book, book.computed(engine, tmp_path), expected)
    plain = replace(known, model=replace(known.model, dead_zone=0.0), past=past).scored()
    assert size < 50 or (expected.band != plain.band).sum() > 3


@pytest.mark.parametrize(
    "off", [{"smooth": None}, {"dead_zone": 0.0}, {"smooth": None, "dead_zone": 0.0}]
)
def test_without_one_of_them(tmp_path: Path, off: dict[str, Any]) -> None:
    known = world(5, 23)
    known = replace(known, model=replace(known.model, **off))
    book = written(tmp_path, known).edited({}, {})
    check(book, book.computed("formulas", tmp_path), known.scored())


@ENGINES
def test_a_value_a_weight_and_an_emptied_cell(tmp_path: Path, engine: str, size: int) -> None:
    known = world(size, 23)
    raw = known.raw
    with_value = {
        name: int(np.flatnonzero(~np.isnan(raw[name].data))[0]) for name in ("active", "overdue")
    }
    book = written(tmp_path, known).edited(
        {
            ("Values", "active", 1): 0.55,
            ("Values", "mood", 2): "worried",
            ("Attributes", "arr", 3): 640,
            ("Values", "active", with_value["active"]): None,
            ("Inputs", "overdue", with_value["overdue"]): None,
            ("Inputs", "overdue", 4): 61.5,
        },
        {("Measures", "nps", 2): 7.5},
    )
    changed = (
        known.changed("active", 1, 0.55)
        .changed("mood", 2, 3)
        .changed("arr", 3, 640)
        .changed("active", with_value["active"], np.nan)
        .changed("overdue", with_value["overdue"], np.nan)
        .changed("overdue", 4, 61.5)
    )
    expected = replace(changed, model=weighted(known.model, "nps", 7.5)).scored()
    assert not np.array_equal(expected.score, known.scored().score, equal_nan=True)
    check(book, book.computed(engine, tmp_path), expected)


def changed_model(base: Model) -> Model:
    """A weight of a dimension, a cap, bands, a knot, a word, an `if_missing` and the least coverage
    changed.
    """
    adoption, support, voice = base.dimensions
    quiet = replace(adoption.measures[1], if_missing="skip")
    knots = support.measures[0].scale
    assert isinstance(knots, Curve)
    delay = replace(
        support.measures[0],
        if_missing="skip",
        scale=Curve((*knots.knots[:2], (12.0, 95.0), *knots.knots[3:])),
    )
    mood = replace(
        voice.measures[1], scale=WordScale({"great": 100.0, "fine": 41.0, "worried": 30.0})
    )
    pulse = replace(voice.measures[2], if_missing="skip")
    dimensions = (
        replace(
            adoption, weight=77.0, measures=(adoption.measures[0], quiet, adoption.measures[2])
        ),
        replace(support, measures=(delay, support.measures[1])),
        replace(voice, measures=(voice.measures[0], mood, pulse, voice.measures[3])),
    )
    return replace(
        base,
        dimensions=dimensions,
        min_coverage=0.63,
        caps=(replace(base.caps[0], at_most=22.5), *base.caps[1:]),
        bands=(("healthy", 66.0), *base.bands[1:]),
    )


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_the_model_in_cells(tmp_path: Path) -> None:
    known = world(120, 13)
    book = written(tmp_path, known).edited(
        {},
        {
            ("Model acme", "min_coverage", 1): 0.63,
            ("Weights of dimensions", "(none)", 1): 77,
            ("Caps", "overdue", 1): 22.5,
            ("Bands", "healthy", 1): 66,
            ("Points of delay", "15", 1): 95,
            ("Points of delay", "15", 0): 12,
            ("Points of mood", "fine", 1): 41,
            ("Measures", "quiet", 3): "skip",
            ("Measures", "delay", 3): "skip",
            ("Measures", "pulse", 3): "skip",
        },
    )
    expected = replace(known, model=changed_model(known.model)).scored()
    assert np.isnan(expected.score).any()
    check(book, book.computed("libreoffice", tmp_path), expected)


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_every_stored_result_is_what_its_formula_gives(tmp_path: Path) -> None:
    book = written(tmp_path, world(120, 14))
    stored = sheet(book.path, "Template")
    read = book.edited({}, {}).computed("libreoffice", tmp_path)
    assert len(stored) == 124
    for row, line in enumerate(stored):
        for column, value in enumerate(line):
            computed = read("Template", row, column)
            if isinstance(value, float):
                assert computed == pytest.approx(value, abs=1e-9), (row, column)
            else:
                assert computed == (value if value != "" else None), (row, column)


def test_viewers_that_do_not_compute_see_the_engines_scores(tmp_path: Path) -> None:
    known = world(40, 15)
    book = written(tmp_path, known)
    stored = [
        line[book.columns["Result", "score"]] for line in sheet(book.path, "Template")[HEAD_ROWS:]
    ]
    np.testing.assert_array_equal(
        missing_as_nan([None if value == "" else value for value in stored]), known.scored().score
    )


def test_a_cell_without_an_exact_formula_holds_a_value_and_a_note(tmp_path: Path) -> None:
    known = world(30, 16)
    caps = (*known.model.caps, Cap("letters", parse("plan like 'b_s%'"), 20.0))
    known = replace(known, model=replace(known.model, caps=caps))
    book = written(tmp_path, known)
    opened = openpyxl.load_workbook(book.path)
    column = book.columns["Caps", "letters"] + 1
    holds = [opened["Template"].cell(HEAD_ROWS + entity + 1, column).value for entity in range(30)]
    assert holds == known.cells().capped["letters"].tolist()
    assert True in holds
    assert "Caps, letters: the cells hold fixed results" in str(sheet(book.path, "Read me"))


def test_the_template_has_the_lowest_scores_of_a_large_population(tmp_path: Path) -> None:
    known = world(40, 17)
    portfolio = replace(Portfolio.of(known.scored()), order=tuple(reversed(range(40))))
    write_workbook(portfolio, tmp_path / "scores.xlsx", live_rows=10)
    path = tmp_path / "scores.xlsx"
    assert [line[0] for line in sheet(path, "Template")[HEAD_ROWS:]] == list(portfolio.ids)[:-11:-1]
    assert len(sheet(path, "Scores")) == 42
    assert "10 lowest scores of 40" in str(sheet(path, "Read me"))
