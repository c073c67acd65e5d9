"""Reads the corrections of a link: a CSV file with the columns from and to in the folder `links`."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

from salus.model.reading.context import ReadContext
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.section import Fields

LARGEST = 1_000_000  # bytes
MOST = 5_000  # lines
LONGEST = 400  # characters of a name
FOLDER = "links"


def read_corrections(
    fields: Fields, folder: Path | None, context: ReadContext
) -> tuple[tuple[tuple[str, str], ...], Findings | None]:
    """Return the names with the keys that they lead to, sorted, and the problems in the file."""
    name: str | None = fields.get("corrections")
    if name is None:
        return (), None
    text, complaint, fix = _read_file(name, folder)
    if text is None:
        context.error(
            fields.place_of("corrections"),
            f"`corrections`: the file '{shorten(name)}' {complaint}",
            fix,
        )
        return (), None
    return _parse(text, Findings(name))


def _read_file(name: str, folder: Path | None) -> tuple[str | None, str, str]:
    """Return the text of the file; or None, what is wrong with it, and the next step."""
    fix = f"write it as {FOLDER}/name.csv"
    if not re.fullmatch(FOLDER + r"/\w[\w .-]*", name) or folder is None:
        return None, f"isn't in the folder `{FOLDER}` of the project", fix
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to((folder / FOLDER).resolve()):
            return None, "is a link to a place outside the project", "put a copy of it there"
        if not path.is_file():  # reading a pipe or a device might never end
            return None, "isn't a plain file", fix
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return None, "is too large", f"keep at most {MOST:,} lines"
        return content.decode("utf-8-sig"), "", ""
    except FileNotFoundError:
        return None, "doesn't exist", "create it with the first line: from,to"
    except (OSError, RuntimeError, UnicodeDecodeError):  # RuntimeError: a loop of links
        return None, "can't be read", "save it as UTF-8 text"


def _parse(text: str, findings: Findings) -> tuple[tuple[tuple[str, str], ...], Findings]:
    reader = csv.reader(StringIO(text, newline=""))
    pairs: dict[str, str] = {}
    try:
        if [name.strip() for name in next(reader, [])] != ["from", "to"]:
            findings.error(Place(1, 1), "the first line isn't from,to", "write from,to there")
            return (), findings
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(pairs) >= MOST:
                findings.error(
                    Place(reader.line_num, 1), f"there are more than {MOST:,} lines", "remove some"
                )
                break
            _add(row, pairs, Place(reader.line_num, 1), findings)
    except csv.Error:
        findings.error(Place(reader.line_num, 1), "this line isn't CSV", "write from,to")
    return tuple(sorted(pairs.items())), findings


def _add(row: list[str], pairs: dict[str, str], place: Place, findings: Findings) -> None:
    cells = [cell.strip() for cell in row]
    if len(cells) != 2 or not all(cells) or max(map(len, cells)) > LONGEST:
        findings.error(place, "this line hasn't a name and a key", "write both: name,key")
    elif pairs.get(cells[0], cells[1]) != cells[1]:
        findings.error(
            place, f"'{shorten(cells[0])}' already leads to another key", "keep one of the lines"
        )
    else:
        pairs[cells[0]] = cells[1]
