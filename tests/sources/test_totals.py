"""Totals below, above or within a table are left out; customers with odd names are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.sources.files import FileSettings

from .reading import read_text

USES = {"id": "text", "company": "text", "arr": "number"}


@pytest.mark.parametrize(
    "row",
    [
        "Summe;;1.234,56",
        ";Summe;1.234,56",
        "Gesamt:;;1.234,56",
        "TOTAL;Total;1234,56",
        "I alt;;1.234,56",
        "Grand total;;1.234,56",
        "Gesamtergebnis;;1.234,56 €",
        "Total (3);;1.234,56",
    ],
)
def test_a_total_below_is_left_out_with_its_line(tmp_path: Path, row: str) -> None:
    result = read_text(
        tmp_path, f"id;company;arr\nA;Alpha;34,56\nB;Beta;1.000,00\nC;Gamma;200,00\n{row}\n", USES
    )
    assert result["id"] == ["A", "B", "C"] and result.lines == [5] and result.reading.totals == (5,)
    assert result.reading.left_out is not None
    assert str(result.reading.left_out).startswith(
        "data/t.csv:5: warning: 1 of 4 rows is left out, such as line 5: looks like a total"
    )


def test_the_sum_may_stand_in_a_column_that_no_model_names(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "id,company,seats\nA,Alpha,3\nB,Beta,4\nC,Gamma,6\nTotal,,13\n",
        {"id": "text", "company": "text"},
    )
    assert result["id"] == ["A", "B", "C"]


def test_subtotals_and_a_total_on_top(tmp_path: Path) -> None:
    rows = (
        "id;company;arr\n"
        + "Total;;42\n"
        + "A;Alpha;5\nB;Beta;7\nSubtotal;;12\nC;Gamma;10\nD;Delta;20\nSubtotal;;30\nGrand total;;42\n"
    )
    result = read_text(tmp_path, rows, USES)
    assert result["id"] == ["A", "B", "C", "D"] and result.lines == [2, 5, 8, 9]


@pytest.mark.parametrize(
    "row",
    [
        "T;Total;1234",  # a customer: its own key beside it, and no sum
        "T;TotalEnergies;1.234,56",
        "Total;;99",
        "D;Sumo Logic;1.234,56",
        "T;Total Wipes GmbH;1.234,56",
    ],
)
def test_customers_stay(tmp_path: Path, row: str) -> None:
    result = read_text(
        tmp_path,
        f"id;company;arr\nA;Alpha;34,56\nB;Beta;1.000,00\nC;Gamma;200,00\n{row}\n",
        USES,
        FileSettings(locale="de"),
    )
    assert len(result["id"]) == 4 and not result.reading.totals


def test_a_row_equal_to_the_only_other_row_is_kept(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id;company;arr\nA;Alpha;5\nTotal;;5\n", USES)["id"] == [
        "A",
        "Total",
    ]


@pytest.mark.parametrize("row", ["3,Total Wipes,999", "99,Total,1234.56"])
def test_a_row_with_a_key_of_its_own_is_a_customer(tmp_path: Path, row: str) -> None:
    """Key 3 is 1 + 2 by chance. Whether an entity is the sum of the others is checked when entities
    are scored.
    """
    result = read_text(tmp_path, f"id,company,arr\n1,Alpha,34.56\n2,Beta,1200\n{row}\n", USES)
    assert len(result["id"]) == 3 and not result.reading.totals


@pytest.mark.parametrize(
    ("total", "left_out"), [("1235", 1), ("1234,6", 1), ("1236", 0), ("1234,5", 0)]
)
def test_a_total_may_be_rounded(tmp_path: Path, total: str, left_out: int) -> None:
    """The rows sum to 1234.56: a total is that sum as exactly as it is written, and no other number."""
    text = f"id;company;arr\nA;Alpha;34,56\nB;Beta;1.000,00\nC;Gamma;200,00\nSumme;;{total}\n"
    assert len(read_text(tmp_path, text, USES).reading.totals) == left_out
