"""Checks a workbook before it is parsed: its unpacked size, how far apart its cells are, and day 0.

A workbook of 2 KB can unpack to gigabytes, and one cell in the last corner makes a table of 17
billion cells. So sizes are counted, not believed: each part is unpacked in small blocks, and only
up to the size that it declares.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from salus.errors import DataError, Problem

MOST_UNPACKED = 2 << 30
MOST_DESCRIBED = 8 << 20  # bytes of a part that lists sheets
MOST_CELLS, ALWAYS_CELLS, MOST_SPREAD = 100_000_000, 4_000_000, 50
_BLOCK = 1 << 20
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"(?: \w+="[^"<>]*")* ?(/?)>')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
Attributes = dict[str, str]


@dataclass
class SheetExtent:
    """The number of filled cells, and the last row and column with one, counted from 1."""

    filled: int = 0
    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The number of cells in a table that holds all of them."""
        return self.rows * self.columns

    def add(self, filled: int, row: int, column: int) -> None:
        self.filled += filled
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


@dataclass
class WorkbookParts:
    """The parts of the workbook at `path`. Raises DataError if it is damaged or unpacks to too
    much.
    """

    path: Path
    label: str
    _infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            with zipfile.ZipFile(self.path) as archive:
                self._infos = {info.filename: info for info in archive.infolist()}
                size = sum(info.file_size for info in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self.damaged() from error
        if size > MOST_UNPACKED:
            raise self._problem(
                f"the workbook unpacks to {size >> 20} MB; at most {MOST_UNPACKED >> 20} MB can be read",
                "export the sheet as CSV",
            )
        for name in self._infos:
            if name.endswith((".xml", ".rels")) and "/worksheets/" not in name:
                for _ in self._blocks(name):
                    pass

    def damaged(self) -> DataError:
        """The error for a workbook that can't be opened."""
        return self._problem(
            "the workbook can't be opened: it is damaged, has a password, or isn't an .xlsx file",
            "save it again as .xlsx, or export the sheet as CSV",
        )

    @property
    def since_1904(self) -> bool:
        """Whether days are counted from 1904-01-01, as in workbooks from old Macs."""
        values = [
            attributes.get("date1904", "")
            for name, attributes in self._elements("xl/workbook.xml")
            if name == "workbookPr"
        ]
        return any(value.lower() in ("1", "true", "on") for value in values)

    def refuse_far_cells(self, sheet: str) -> None:
        """Raise DataError if the cells of a sheet are so far apart that their table is too large."""
        extent = self._extent(sheet)
        most = min(MOST_CELLS, max(ALWAYS_CELLS, MOST_SPREAD * extent.filled))
        if extent.cells > most:
            raise self._problem(
                f"the {extent.filled:,} filled cells of the sheet are too far apart: the last row"
                f" is {extent.rows:,}, the last column {column_letters(extent.columns)}",
                "delete the far cells, or export the sheet as CSV",
            )

    def _extent(self, sheet: str) -> SheetExtent:
        """The extent of the cells. The size that the sheet declares may be wrong."""
        extent = SheetExtent()
        for part in self._parts_of(sheet):
            if not self._scan(part, extent):
                cells = _Cells(extent)
                self._parse(part, cells.start)
                if cells.strange:
                    raise self.damaged()
        return extent

    def _scan(self, part: str, extent: SheetExtent) -> bool:
        """Add the cells of a part, the fast way. False if a cell isn't written in the usual form."""
        rest = b""
        for block in self._blocks(part):
            text = rest + block
            cut = max(text.rfind(b"<"), 0)
            rest = text[cut:]
            if not _add_cells(extent, text[:cut]) or len(rest) > _BLOCK:
                return False
        return _add_cells(extent, rest)

    def _parts_of(self, sheet: str) -> list[str]:
        """The part with a sheet. If the workbook doesn't say which it is: all parts that could be."""
        ids = {
            attributes.get("name"): next(
                (value for key, value in attributes.items() if key.split(":")[-1] == "id"), None
            )
            for name, attributes in self._elements("xl/workbook.xml")
            if name == "sheet"
        }
        targets = {
            attributes.get("Id"): attributes.get("Target", "")
            for name, attributes in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship"
        }
        target = targets.get(ids.get(sheet), "")
        part = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join("xl", target))
        )
        if part in self._infos and part.endswith(".xml"):
            return [part]
        return [name for name in self._infos if "sheet" in name.lower() and name.endswith(".xml")]

    def _elements(self, part: str) -> list[tuple[str, Attributes]]:
        """All elements of a small part, with their attributes."""
        if part not in self._infos or self._infos[part].file_size > MOST_DESCRIBED:
            raise self.damaged()
        elements: list[tuple[str, Attributes]] = []
        self._parse(
            part, lambda name, attributes: elements.append((name.split(":")[-1], attributes))
        )
        return elements

    def _parse(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.StartDoctypeDeclHandler = self._refuse_entities
        try:
            for block in self._blocks(part):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.damaged() from error

    def _refuse_entities(self, *_: object) -> None:
        raise self.damaged()

    def _blocks(self, part: str) -> Iterator[bytes]:
        """The unpacked blocks of a part. Raises DataError if it is longer than it declares;
        `zipfile` would cut it there without an error.
        """
        info, left = self._infos[part], self._infos[part].file_size
        inflate = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
        if inflate is None and info.compress_type != zipfile.ZIP_STORED:
            raise self.damaged()
        try:
            for block in _inflated(self._packed(info), inflate) if inflate else self._packed(info):
                left -= len(block)
                if left < 0:
                    raise self._problem(
                        "the workbook unpacks to more than it declares", "export the sheet as CSV"
                    )
                yield block
        except (OSError, zlib.error, struct.error) as error:
            raise self.damaged() from error

    def _packed(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            name, extra = struct.unpack("<26xHH", file.read(30))
            file.seek(name + extra, 1)
            left = info.compress_size
            while left > 0 and (block := file.read(min(left, _BLOCK))):
                left -= len(block)
                yield block

    def _problem(self, what: str, fix: str) -> DataError:
        return DataError([Problem(self.label, None, None, what, fix)])


def _inflated(packed: Iterator[bytes], inflate: zlib._Decompress) -> Iterator[bytes]:
    for block in packed:
        rest = block
        while rest:
            yield inflate.decompress(rest, _BLOCK)
            rest = inflate.unconsumed_tail
    yield inflate.flush()


def _add_cells(extent: SheetExtent, text: bytes) -> bool:
    """Count the cells in a text. False if some aren't written in the usual form."""
    cells = _CELL.findall(text)
    filled = [(column, row) for column, row, empty in cells if not empty]
    if filled:
        row = max({row for _, row in filled}, key=lambda digits: (len(digits), digits))
        extent.add(
            len(filled),
            int(row),
            max(column_number(column.decode()) for column in {column for column, _ in filled}),
        )
    return len(cells) == len(_ANY_CELL.findall(text))


class _Cells:
    """Counts cells exactly as the file format defines them: a cell without a reference follows the
    cell before it.

    `strange`: whether there is a reference that no sheet can have, such as ZZZZ99999999. A parser
    could allocate memory for it.
    """

    def __init__(self, extent: SheetExtent) -> None:
        self._extent, self._row, self._column = extent, 0, 0
        self.strange = False

    def start(self, name: str, attributes: Attributes) -> None:
        kind, written = name.rsplit(":", 1)[-1], attributes.get("r")
        if kind == "row":
            match = _ROW.fullmatch(written or "")
            self._row, self._column = int(match[0]) if match else self._row + 1, 0
        elif kind == "c":
            match = _REFERENCE.fullmatch(written or "")
            self._column = column_number(match[1].upper()) if match else self._column + 1
            self._extent.add(1, int(match[2]) if match else self._row, self._column)
        else:
            return
        self.strange |= written is not None and match is None


def column_number(column: str) -> int:
    """The number of a column by its letters.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(column: int) -> str:
    """The letters of a column by its number.

    >>> column_letters(1), column_letters(16384)
    ('A', 'XFD')
    """
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters
