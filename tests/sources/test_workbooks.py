"""Sheets of workbooks: typed cells, gaps, ids, and files that aren't workbooks."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from salus.errors import DataError
from salus.sources.files import FileSettings, list_tables, workbook_parts

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


def sheet(
    folder: Path, rows: dict[int, list[Any]], uses: Any = None, settings: FileSettings | None = None
) -> Read:
    workbook(folder, rows)
    return read(table_of(folder, "t.Data", settings), folder / "out", uses)


def test_typed_cells(tmp_path: Path) -> None:
    when = dt.datetime(2024, 1, 2, 3, 4)
    result = sheet(
        tmp_path,
        {
            1: ["id", "n", "when", "ok", "text"],
            2: ["007", 1.5, when, True, "a\nb"],
            3: ["008", 2, when, False, "=1+1"],
        },
    )
    assert result.table.to_pylist()[0] == {
        "id": "007",
        "n": 1.5,
        "when": when,
        "ok": True,
        "text": "a\nb",
    }
    assert result["text"][1] == "=1+1"


def test_numeric_ids_are_text_without_a_point(tmp_path: Path) -> None:
    assert sheet(tmp_path, {1: ["id", "n"], 2: [4711.0, 1], 3: ["0815", 2]}, {"id": "text"})[
        "id"
    ] == ["4711", "0815"]


def test_numbers_of_a_german_workbook_keep_their_point(tmp_path: Path) -> None:
    """The cell holds 1.25 as a number; the locale applies only to texts."""
    result = sheet(
        tmp_path,
        {1: ["id", "n"], 2: ["a", 1.25], 3: ["b", "1.250,5"]},
        None,
        FileSettings(locale="de"),
    )
    assert result["n"] == [1.25, 1250.5]


def test_serial_days_are_dates_where_the_model_says_so(tmp_path: Path) -> None:
    result = sheet(tmp_path, {1: ["id", "on"], 2: ["a", 45351], 3: ["b", None]}, {"on": "time"})
    assert result["on"] == [dt.date(2024, 2, 29), None]


def test_title_and_gaps(tmp_path: Path) -> None:
    result = sheet(tmp_path, {1: ["Report"], 4: ["id", "n"], 5: ["a", 1], 7: ["b", 2]})
    assert result["n"] == [1, 2]
    assert {"column names in line 4", "empty rows skipped: 1"} <= set(result.reading.notes)


def test_rejected_rows_have_the_row_number_of_the_sheet(tmp_path: Path) -> None:
    rows: dict[int, list[Any]] = {
        1: ["id", "n"],
        **{line: ["a", line] for line in range(2, 22)},
        22: ["b", "many"],
    }
    result = sheet(tmp_path, rows)
    assert (result.lines, result.reasons) == ([22], ["n: 'many' isn't a valid number"])


def test_a_single_sheet_is_also_the_file(tmp_path: Path) -> None:
    workbook(tmp_path, {1: ["id"], 2: ["a"]})
    assert set(list_tables(tmp_path, {}, ZONE)) == {"t", "t.Data"}


def test_an_empty_sheet(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the sheet is empty"):
        sheet(tmp_path, {})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"id;n\n1;2\n"])
def test_a_file_that_is_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(DataError, match="the workbook can't be opened"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


def test_a_workbook_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "MOST_UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (2 << 20))
    with pytest.raises(DataError, match="the workbook unpacks to 2 MB"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    """Formatted or not: 44580 is 2026-01-20 there, and 2022-01-19 where days are counted from 1900."""
    for name, since_1904 in (("old", True), ("new", False)):
        book = xlsxwriter.Workbook(str(tmp_path / f"{name}.xlsx"), {"date_1904": since_1904})
        page, day = book.add_worksheet("Data"), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["id", "bare", "shown"])
        page.write_row(1, 0, ["a", 44580.5])
        page.write_datetime(1, 2, dt.datetime(2026, 1, 20), day)
        book.close()
    result = read(table_of(tmp_path, "old"), tmp_path / "1", {"bare": "time", "shown": "time"})
    assert result.table.to_pylist() == [
        {"bare": dt.datetime(2026, 1, 20, 12), "shown": dt.date(2026, 1, 20)}
    ]
    assert read(table_of(tmp_path, "new"), tmp_path / "2", {"bare": "time"})["bare"] == [
        dt.datetime(2022, 1, 19, 12)
    ]


def test_a_column_without_a_name(tmp_path: Path) -> None:
    result = sheet(
        tmp_path,
        {1: [None, "id", "company"], 2: [0, "a", "Alpha"], 3: [1, "b", "Beta"]},
        {"id": "text", "company": "text"},
    )
    assert result.table.to_pylist() == [
        {"id": "a", "company": "Alpha"},
        {"id": "b", "company": "Beta"},
    ]


SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>{}</sheetData></worksheet>'
)
FAR = [
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "<row r='1048576'><c s='0' r='XFD1048576'><v>1</v></c></row>",
    '<row r="2"><c s="&gt;>" r="XFD2"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
    '<row r="1048576"><c  t="n"  r = "XFD1048576"><v>1</v></c></row>',
]


def patched(path: Path, parts: dict[str, bytes]) -> None:
    """The workbook with other parts."""
    with zipfile.ZipFile(path) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (old | parts).items():
            archive.writestr(name, data)


@pytest.mark.parametrize("rows", FAR)
def test_far_cells_are_refused_before_memory_is_taken(tmp_path: Path, rows: str) -> None:
    path = workbook(tmp_path, {1: ["id"], 2: ["a"]})
    patched(path, {"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})
    with pytest.raises(
        DataError,
        match="filled cells of the sheet are too far apart: the last row is 1,048,576, the last column XFD",
    ):
        read(table_of(tmp_path, "t.Data"), tmp_path / "out")


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="ZZZZ99999999"><v>1</v></c></row>',
        '<row r="4294967295"><c><v>1</v></c></row>',
        '<row r="2"><c r=""><v>1</v></c></row>',
    ],
)
def test_a_place_that_no_sheet_has_is_refused_before_memory_is_taken(
    tmp_path: Path, row: str
) -> None:
    """The parser believed the first of these and ended the process: it had no room for 10¹⁵ bytes."""
    path = workbook(tmp_path, {1: ["id"], 2: ["a"]})
    patched(path, {"xl/worksheets/sheet1.xml": SHEET.format(row).encode()})
    with pytest.raises(DataError, match="damaged"):
        read(table_of(tmp_path, "t.Data"), tmp_path / "out")


def test_far_cells_without_content_count_for_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, {1: ["id"], 2: ["a"]})
    patched(
        path,
        {
            "xl/worksheets/sheet1.xml": SHEET.format(
                '<row r="2"><c r="A2"><v>5</v></c></row><row r="1048576">'
                '<c r="XFD1048576" s="1"/></row>'
            ).encode()
        },
    )
    assert read(table_of(tmp_path, "t.Data"), tmp_path / "out")["id"] == [5]


def test_a_part_larger_than_it_declares(tmp_path: Path) -> None:
    """The directory of the archive says 10 bytes; a parser that unpacks all would take a gigabyte."""
    path = workbook(tmp_path, {1: ["id"], 2: ["a"]})
    patched(path, {"xl/sharedStrings.xml": b"<sst>" + b" " * (4 << 20) + b"</sst>"})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size.to_bytes(4, "little")
    while (place := data.rfind(size)) >= 0:
        data[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(DataError, match="unpacks to more than it declares"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {1: ["id"], 2: ["a"]})
    bomb = b'<!DOCTYPE workbook [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook><sheets><sheet name="Data"/></sheets>&b;</workbook>'
    patched(path, {"xl/workbook.xml": bomb})
    with pytest.raises(DataError, match="the workbook"):
        read(
            table_of(tmp_path, "t.Data" if "t.Data" in list_tables(tmp_path, {}, ZONE) else "t"),
            tmp_path / "out",
        )


@pytest.mark.parametrize("sign", ["\x01", "\x07", "\x1b", "\ufdd0", "\x7f"])
def test_control_characters(tmp_path: Path, sign: str) -> None:
    """They neither crash nor make a number of what isn't one: of a text they are a part, a number
    they spoil.
    """
    rows: dict[int, list[Any]] = {
        1: ["id", "n"],
        **{line: ["a", "7,25"] for line in range(2, 22)},
        22: ["b", f"{sign}1.200"],
    }
    result = sheet(tmp_path, rows, {"id": "text", "n": "number"})
    assert result.lines == [22] and result["n"] == [7.25] * 20
    rows = {1: ["id", "n"], 2: [f"a{sign}", 1], 3: ["b", 2]}
    result = sheet(tmp_path, rows, {"id": "text", "n": "number"})
    assert result["id"] == ["a\ufffd" if sign == "\ufdd0" else f"a{sign}", "b"]


def test_a_line_for_the_header_that_is_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="this row has no column names"):
        sheet(tmp_path, {1: ["id", "n"], 2: ["a", 1]}, settings=FileSettings(header_row=9))


def test_a_sheet_is_read_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from salus.sources.files import rows

    monkeypatch.setattr(rows, "CHUNK", 3)
    result = sheet(tmp_path, {1: ["id"], **{number: [f"k{number}"] for number in range(2, 12)}})
    assert result["id"] == [f"k{number}" for number in range(2, 12)]


def test_a_cell_with_a_control_character_rejects_its_row(tmp_path: Path) -> None:
    result = sheet(tmp_path, {1: ["id"], 2: ["a\ufdd0b"], 3: ["ok"]})
    assert result["id"] == ["a\ufffdb", "ok"]
