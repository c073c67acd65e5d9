"""Rows that are a heading of the rows below aren't records; records of one cell are."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import read_text

HEAD = "customer;owner;arr\n"


@pytest.mark.parametrize("uses", [None, {"customer": "text"}, {"arr": "number", "owner": "text"}])
def test_headings_are_left_out_with_their_lines(
    tmp_path: Path, uses: dict[str, str] | None
) -> None:
    text = (
        HEAD + "North;;\nAlpha;Ann;5\nBeta;Ann;7\n\nSouth;;\nGamma;Ben;\n;;\nEast;;\nDelta;Cy;1\n"
    )
    read = read_text(tmp_path, text, uses)  # type: ignore[arg-type]
    assert read.lines == [2, 6, 9] and read.reading.kept == 4
    assert "rows that are a heading of the rows below: 3" in read.reading.notes
    assert read.reasons[0].startswith("looks like the heading of the rows below")


@pytest.mark.parametrize(
    "rows",
    [
        "Alpha;Ann;5\nBeta;Ann;7\n\nGamma;;\nDelta;Cy;1\n",  # one unfinished record
        "North;;\nAlpha;Ann;5\n\nSouth;;\nBeta;Ben;2\nGamma;;\nDelta;Cy;1\n",  # others have one cell, too
        "North;;\nAlpha;Ann;5\n\nSouth;;\n",  # nothing below
        "North;;\n\nSouth;;\n\nEast;;\n",  # only such rows
        "North;Ann;\nAlpha;Ann;5\n\nSouth;Ben;\nBeta;Ben;2\n",  # two cells
        "Alpha;Ann;5\nNorth;;\nBeta;Ann;7\nSouth;;\nGamma;Ben;3\n",  # no empty row above
    ],
)  # fmt: skip
def test_records_stay(tmp_path: Path, rows: str) -> None:
    read = read_text(tmp_path, HEAD + rows)
    assert (
        read.reading.kept == sum(bool(row.strip(";")) for row in rows.split("\n"))
        and not read.lines
    )


def test_a_table_of_two_columns_has_no_headings(tmp_path: Path) -> None:
    read = read_text(tmp_path, "customer;arr\nNorth;\nAlpha;5\n\nSouth;\nBeta;2\n")
    assert read.reading.kept == 4


def test_a_total_below_the_groups_is_left_out_too(tmp_path: Path) -> None:
    text = HEAD + "North;;\nAlpha;Ann;5,4\nBeta;Ann;7,3\n\nSouth;;\nGamma;Ben;3,6\n\nTotal;3;16\n"
    read = read_text(tmp_path, text)
    assert read["customer"] == ["Alpha", "Beta", "Gamma"] and read.reading.totals == (9,)
