"""Written workbooks: edited as a person would, computed anew by a spreadsheet or a formula library, and read."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from salus.channels.workbook.template import GROUP_ROW, HEAD_ROW, HEAD_ROWS

SOFFICE = shutil.which("soffice")
ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""

Read = Callable[[str, str], Any]             # (sheet, cell) → value


@dataclass(frozen=True)
class Book:
    """A workbook on disk. Edits go through a library that drops every stored result, so nothing is read that wasn't
    computed."""

    path: Path

    def edited(self, values: Mapping[tuple[str, str, int], Any], model: Mapping[tuple[str, str, str], Any]) -> Book:
        """With other cells: `values` by (group, head, entity), `model` by (block, row, head)."""
        book = openpyxl.load_workbook(self.path)
        for (group, head, entity), value in values.items():
            book["Template"][self.cell(book, group, head, entity)].value = value
        for (block, row, head), value in model.items():
            _in_block(book["Model"], block, row, head).value = value
        target = self.path.with_name("edited.xlsx")
        book.save(target)
        return Book(target)

    @staticmethod
    def cell(book: Any, group: str, head: str, entity: int) -> str:
        """The place of an entity's cell on the template."""
        return f"{_columns(book['Template'])[group, head]}{HEAD_ROWS + entity + 1}"

    def computed(self, engine: str, folder: Path) -> Read:
        """Every cell after recalculation."""
        return by_libreoffice(self.path, folder) if engine == "libreoffice" else by_formulas(self.path)

    def column(self, read: Read, group: str, head: str, size: int) -> list[Any]:
        """A column of the template."""
        book = openpyxl.load_workbook(self.path)
        return [read("Template", self.cell(book, group, head, entity)) for entity in range(size)]


def _columns(sheet: Any) -> dict[tuple[str, str], str]:
    found, group = {}, ""
    for cell in sheet[HEAD_ROW + 1]:
        group = sheet.cell(GROUP_ROW + 1, cell.column).value or group
        found.setdefault((group, cell.value), cell.column_letter)
    return found


def _in_block(sheet: Any, block: str, row: str, head: str) -> Any:
    lines = list(sheet.iter_rows())
    start = next(i for i, line in enumerate(lines) if line[0].value == block) + 1
    column = [cell.value for cell in lines[start]].index(head)
    return next(line[column] for line in lines[start + 1:] if str(line[0].value) == row)


def by_libreoffice(path: Path, folder: Path) -> Read:
    """Computed by LibreOffice, which by default trusts stored results: a profile of our own tells it not to."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_COMPUTE, encoding="utf-8")
    assert SOFFICE is not None
    subprocess.run([SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(path)],
                   check=True, capture_output=True, timeout=180)
    book = openpyxl.load_workbook(folder / "out" / path.name, data_only=True)
    return lambda sheet, cell: book[sheet][cell].value


def by_formulas(path: Path) -> Read:
    """Computed by a formula library in Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas
        found = formulas.ExcelModel().loads(str(path)).finish().calculate()

    def read(sheet: str, cell: str) -> Any:
        value = found[f"'[{path.name}]{sheet.upper()}'!{cell}"].value[0, 0]
        return None if isinstance(value, str) and value in ("", "empty") else value
    return read


def missing_as_nan(found: Sequence[Any]) -> list[float]:
    """Numbers of a column; an empty cell or text is NaN."""
    return [float("nan") if value is None or value == "" else float(value) for value in found]
