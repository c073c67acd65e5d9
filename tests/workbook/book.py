"""Workbooks that tests edit, recompute with a spreadsheet or a formula library, and read."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from salus.channels.workbook.template_grid import GROUP_ROW, HEAD_ROW, HEAD_ROWS

SOFFICE = shutil.which("soffice")
ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""

Read = Callable[[str, int, int], Any]  # (sheet, row, column), counted from 0 → value; None: empty


@dataclass(frozen=True)
class Book:
    """A workbook on disk, and its cells after recalculation."""

    path: Path

    def edited(
        self, values: Mapping[tuple[str, str, int], Any], model: Mapping[tuple[str, str, int], Any]
    ) -> Book:
        """With other cells: `values` by (group, head, entity), `model` by (block, row, column).

        The library that saves it drops every stored result, so nothing is read that wasn't
        computed.
        """
        book = openpyxl.load_workbook(self.path)
        for (group, head, entity), value in values.items():
            book["Template"].cell(
                HEAD_ROWS + entity + 1, self.columns[group, head] + 1
            ).value = value
        for (block, row, column), value in model.items():
            _in_block(book["Model"], block, row, column).value = value
        target = self.path.with_name("edited.xlsx")
        book.save(target)
        return Book(target)

    @cached_property
    def columns(self) -> dict[tuple[str, str], int]:
        """The positions of the template's columns, by group and head."""
        lines = sheet(self.path, "Template")
        places, group = {}, ""
        for position, (above, head) in enumerate(
            zip(lines[GROUP_ROW], lines[HEAD_ROW], strict=True)
        ):
            group = above or group
            places.setdefault((group, head), position)
        return places

    def computed(self, engine: str, folder: Path) -> Read:
        """Every cell after recalculation."""
        return (
            by_libreoffice(self.path, folder) if engine == "libreoffice" else by_formulas(self.path)
        )

    def column(self, read: Read, group: str, head: str, size: int) -> list[Any]:
        """A column of the template."""
        return [
            read("Template", HEAD_ROWS + entity, self.columns[group, head])
            for entity in range(size)
        ]


def sheet(path: Path, name: str) -> list[list[Any]]:
    """The stored values of a sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def _in_block(model: Any, block: str, row: str, column: int) -> Any:
    """A cell of the model's sheet. The row is found by its first cell below the title of its block."""
    lines = list(model.iter_rows())
    start = next(i for i, line in enumerate(lines) if line[0].value == block)
    return next(line[column] for line in lines[start:] if str(line[0].value) == row)


def by_libreoffice(path: Path, folder: Path) -> Read:
    """Computed by LibreOffice, which by default trusts stored results: a profile of our own tells
    it not to.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_COMPUTE, encoding="utf-8")
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheets = {name: sheet(folder / "out" / path.name, name) for name in ("Template", "Model")}

    def read(name: str, row: int, column: int) -> Any:
        value = sheets[name][row][column]
        return None if value == "" else value

    return read


def by_formulas(path: Path) -> Read:
    """Computed by a formula library in Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        cells = formulas.ExcelModel().loads(str(path)).finish().calculate()

    def read(name: str, row: int, column: int) -> Any:
        value = cells[f"'[{path.name}]{name.upper()}'!{xl_rowcol_to_cell(row, column)}"].value[0, 0]
        return None if isinstance(value, str) and value in ("", "empty") else value

    return read


def missing_as_nan(values: Sequence[Any]) -> list[float]:
    """Numbers of a column; an empty cell is NaN."""
    return [float("nan") if value is None or value == "" else float(value) for value in values]
