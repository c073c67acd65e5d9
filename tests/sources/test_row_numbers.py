"""A column with the line of each row: `row_number` under `[files]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.sources.files import FileSettings, read_settings

from .reading import read_text

SETTINGS = FileSettings(row_number="line")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a,b\nx,1\ny,2\n", [2, 3]),
        ("Liste\n\na,b\nx,1\n\ny,2\n", [4, 6]),
        ('a,b\n"x\nx",1\ny,2\n', [2, 4]),
        ("a,b\nx,1\ny\nz,3\n", [2, 4]),  # the second row is broken
    ],
)
def test_the_column_has_the_line_of_each_row(text: str, lines: list[int], tmp_path: Path) -> None:
    uses = {"a": None, "b": None, "line": None}
    result = read_text(tmp_path, text, uses, SETTINGS)
    assert result["line"] == lines
    assert len(result["a"]) == len(lines)


def test_a_column_of_the_file_comes_first(tmp_path: Path) -> None:
    uses = {"a": None, "line": None}
    assert read_text(tmp_path, "a,line\nx,7\ny,8\n", uses, SETTINGS)["line"] == [7, 8]


def test_the_column_is_only_read_where_it_is_used(tmp_path: Path) -> None:
    assert read_text(tmp_path, "a,b\nx,1\n", {"a": None}, SETTINGS).table.column_names == ["a"]


def test_a_name_is_needed() -> None:
    assert read_settings({"*.csv": {"row_number": "line"}})[0]["*.csv"].row_number == "line"
    assert "row_number" in str(read_settings({"*.csv": {"row_number": 3}})[1][0])
