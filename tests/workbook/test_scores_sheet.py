"""The sheet of scores: worst first, bands with shape, word and colour, and no text that runs."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest

from salus.channels.workbook.workbook import write_workbook
from salus.kernel.values import MeasureValues
from salus.sanitize import is_formula
from tests.workbook.book import sheet
from tests.workbook.world import Portfolio, world

HOSTILE = (
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "<r><t>=1+1</t></r>",
    '=HYPERLINK("http://example.com","x")',
    "a\x00b\x07",
    "_x0041_",
    "x" * 40_000,
    "😀" * 20_000,
    "https://example.com",
    "{=1}",
    "  spaces ",
    "Ærø\n2",
    "",
)


def named(labels: tuple[str | None, ...]) -> Portfolio:
    return Portfolio.of(world(len(labels), 3).scored(), labels)


def test_text_stays_text_and_the_same(tmp_path: Path) -> None:
    write_workbook(named(HOSTILE), tmp_path / "scores.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "scores.xlsx")["Scores"]
    cells = [sheet.cell(row, 2) for row in range(3, 3 + len(HOSTILE))]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    for cell, label in zip(cells, HOSTILE, strict=True):
        text = openpyxl.utils.escape.unescape(cell.value) if cell.value else ""
        assert text == label or (
            len(label) > 1000 and text.endswith("…") and label.startswith(text[:-1])
        )


def test_no_label_becomes_markup_or_formula(tmp_path: Path) -> None:
    write_workbook(named(HOSTILE), tmp_path / "scores.xlsx")
    with zipfile.ZipFile(tmp_path / "scores.xlsx") as book:
        pages = {name: book.read(name) for name in book.namelist() if name.endswith(".xml")}
    trees = {name: ElementTree.fromstring(page) for name, page in pages.items()}
    scores = trees["xl/worksheets/sheet1.xml"]
    assert not [tag for tag in scores.iter() if tag.tag.endswith(("}f", "}r"))]
    assert len([tag for tag in scores.iter() if tag.tag.endswith("}row")]) == 2 + len(HOSTILE)


def test_a_text_that_looks_like_a_formula_carries_the_mark_for_plain_text(tmp_path: Path) -> None:
    write_workbook(named(HOSTILE), tmp_path / "scores.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "scores.xlsx")["Scores"]
    marked = [bool(cells.cell(row, 2).quotePrefix) for row in range(3, 3 + len(HOSTILE))]
    assert marked == [is_formula(label) for label in HOSTILE] and any(marked) and not all(marked)


def test_hostile_names_of_a_model(tmp_path: Path) -> None:
    known = world(6, 3)
    segments = (replace(known.model.segments[0], name='=1+1"<r>&'), *known.model.segments[1:])
    caps = (replace(known.model.caps[0], name="@\x01cap"), *known.model.caps[1:])
    known = replace(known, model=replace(known.model, segments=segments, caps=caps, name="=acme"))
    write_workbook(Portfolio.of(known.scored()), tmp_path / "scores.xlsx")
    live = openpyxl.load_workbook(tmp_path / "scores.xlsx")
    assert live["Template"]["A1"].value.startswith("=acme on")
    assert live["Template"]["A1"].data_type != "f"
    assert {cell.data_type for cell in live["Template"][4]} == {"s"}


def test_every_value_of_an_entity(tmp_path: Path) -> None:
    known = world(30, 4)
    portfolio = Portfolio.of(known.scored())
    write_workbook(
        replace(portfolio, order=tuple(reversed(portfolio.order))), tmp_path / "scores.xlsx"
    )
    _, heads, *lines = sheet(tmp_path / "scores.xlsx", "Scores")
    line = dict(zip(heads, lines[-1 - 7], strict=True))
    assert (line["id"], line["label"], line["owner"]) == (
        "A-0007",
        "Company A-0007",
        "alice@example.com",
    )
    assert line["score"] == known.scored().score[7]
    assert line["adoption"] == known.scored().main.dimensions["adoption"][7]
    assert line["growth"] != ""
    assert [one[0] for one in lines] == list(portfolio.ids)[::-1]
    assert {"coverage", "segment", "voice", "growth band", "nps", "mood", "overdue"} <= set(heads)


def test_bands_have_shape_word_and_colour(tmp_path: Path) -> None:
    known = world(60, 5)
    write_workbook(Portfolio.of(known.scored()), tmp_path / "scores.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "scores.xlsx")["Scores"]
    heads = [cell.value for cell in sheet[2]]
    cells = [row[heads.index("band")] for row in sheet.iter_rows(min_row=3)]
    assert {cell.value for cell in cells} == {"● healthy", "◆ watch", "▼ at risk", "○ unknown"}
    assert len({(cell.value, cell.fill.fgColor.rgb) for cell in cells}) == 4
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 4
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref.endswith("62")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (20_000.0, dt.datetime(2024, 10, 4)),
        (-30_000.0, "1887-11-12"),
        (20_000.75, dt.datetime(2024, 10, 4, 18)),
    ],
)
def test_dates_are_dates(tmp_path: Path, days: float, expected: object) -> None:
    known = world(5, 6)
    since = MeasureValues.of(np.full(5, days), 0, "date")
    write_workbook(
        Portfolio.of(replace(known, raw={**known.raw, "since": since}).scored()),
        tmp_path / "scores.xlsx",
    )
    sheet = openpyxl.load_workbook(tmp_path / "scores.xlsx")["Scores"]
    heads = [cell.value for cell in sheet[2]]
    assert sheet.cell(3, heads.index("since") + 1).value == expected


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    known = (
        world(5, 7)
        .changed("active", 1, 0.1 + 0.2)
        .changed("active", 2, 1e-300)
        .changed("active", 3, -0.1)
    )
    write_workbook(Portfolio.of(known.scored()), tmp_path / "scores.xlsx")
    _, heads, *lines = sheet(tmp_path / "scores.xlsx", "Scores")
    column = heads.index("active")
    assert [line[column] for line in lines[1:4]] == [0.1 + 0.2, 1e-300, -0.1]
