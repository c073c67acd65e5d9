"""Sheets of workbooks: typed cells, gaps, ids, and files that are none."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from salus.errors import DataError
from salus.sources.files import FileSettings, list_tables, sheet_rows

from .reading import ZONE, Read, read, table_of


def workbook(folder: Path, rows: dict[int, list[Any]], sheet: str = "Data") -> Path:
    """A workbook `t.xlsx` whose rows (counted from 1) hold these cells from column C on."""
    path = folder / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page, date = book.add_worksheet(sheet), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, cells in rows.items():
        for place, cell in enumerate(cells, start=2):
            if isinstance(cell, dt.datetime):
                page.write_datetime(number - 1, place, cell, date)
            elif isinstance(cell, str):
                page.write_string(number - 1, place, cell)
            elif cell is not None:
                page.write(number - 1, place, cell)
    book.close()
    return path


def sheet(folder: Path, rows: dict[int, list[Any]], uses: Any = None, settings: FileSettings | None = None) -> Read:
    workbook(folder, rows)
    return read(table_of(folder, "t.Data", settings), folder / "out", uses)


def test_typed_cells(tmp_path: Path) -> None:
    when = dt.datetime(2024, 1, 2, 3, 4)
    found = sheet(tmp_path, {1: ["id", "n", "when", "ok", "text"], 2: ["007", 1.5, when, True, "a\nb"],
                             3: ["008", 2, when, False, "=1+1"]})
    assert found.table.to_pylist()[0] == {"id": "007", "n": 1.5, "when": when, "ok": True, "text": "a\nb"}
    assert found["text"][1] == "=1+1"


def test_numeric_ids_are_text_without_a_point(tmp_path: Path) -> None:
    assert sheet(tmp_path, {1: ["id", "n"], 2: [4711.0, 1], 3: ["0815", 2]}, {"id": "text"})["id"] == ["4711", "0815"]


def test_numbers_of_a_german_workbook_keep_their_point(tmp_path: Path) -> None:
    """The cell holds 1.25 as a number; only what is text there reads by the locale."""
    found = sheet(tmp_path, {1: ["id", "n"], 2: ["a", 1.25], 3: ["b", "1.250,5"]}, None, FileSettings(locale="de"))
    assert found["n"] == [1.25, 1250.5]


def test_serial_days_are_dates_where_the_model_says_so(tmp_path: Path) -> None:
    found = sheet(tmp_path, {1: ["id", "on"], 2: ["a", 45351], 3: ["b", None]}, {"on": "time"})
    assert found["on"] == [dt.date(2024, 2, 29), None]


def test_title_and_gaps(tmp_path: Path) -> None:
    found = sheet(tmp_path, {1: ["Report"], 4: ["id", "n"], 5: ["a", 1], 7: ["b", 2]})
    assert found["n"] == [1, 2]
    assert {"column names in line 4", "1 empty rows passed over"} <= set(found.reading.notes)


def test_rejected_rows_have_the_row_number_of_the_sheet(tmp_path: Path) -> None:
    rows: dict[int, list[Any]] = {1: ["id", "n"], **{line: ["a", line] for line in range(2, 22)}, 22: ["b", "many"]}
    found = sheet(tmp_path, rows)
    assert (found.lines, found.reasons) == ([22], ["n: 'many' is no number"])


def test_a_single_sheet_is_also_the_file(tmp_path: Path) -> None:
    workbook(tmp_path, {1: ["id"], 2: ["a"]})
    assert set(list_tables(tmp_path, {}, ZONE)) == {"t", "t.Data"}


def test_an_empty_sheet(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the sheet is empty"):
        sheet(tmp_path, {})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"id;n\n1;2\n"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(DataError, match="the workbook can't be opened"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (2 << 20))
    with pytest.raises(DataError, match="the workbook unpacks to 2 MB"):
        read(table_of(tmp_path, "t"), tmp_path / "out")
