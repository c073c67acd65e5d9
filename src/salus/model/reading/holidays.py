"""Reads the file of `holidays:`: one date per line, and # begins a comment."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from salus.model.reading.context import ReadContext
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.section import Fields

LARGEST = 200_000  # bytes; enough for many centuries


def read_holidays(
    fields: Fields, folder: Path | None, context: ReadContext
) -> tuple[tuple[dt.date, ...], Findings | None]:
    """Return the sorted dates, and the problems in the file."""
    name: str | None = fields.get("holidays")
    if name is None:
        return (), None
    text, complaint, fix = _read_file(name, folder)
    if text is None:
        context.error(
            fields.place_of("holidays"), f"`holidays`: the file '{shorten(name)}' {complaint}", fix
        )
        return (), None
    return _parse_dates(text, Findings(name))


def _read_file(name: str, folder: Path | None) -> tuple[str | None, str, str]:
    """Return the text of the file; or None, what is wrong with it, and the next step."""
    if not re.fullmatch(r"\w[\w .-]*", name) or folder is None:
        return (
            None,
            "isn't in the folder of the model",
            "write its name without a folder, such as holidays.txt",
        )
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            return (
                None,
                "is a link to a place outside the project",
                "put a copy of it in the folder of the model",
            )
        if not path.is_file():  # reading a pipe or a device might never end
            return None, "isn't a plain file", "put a text file in the folder of the model"
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return None, "is too large", "write one date per line, and nothing else"
        return content.decode("utf-8-sig"), "", ""
    except (OSError, RuntimeError, UnicodeDecodeError):  # RuntimeError: a loop of links
        return None, "can't be read", "put it in the folder of the model, as UTF-8 text"


def _parse_dates(text: str, findings: Findings) -> tuple[tuple[dt.date, ...], Findings]:
    dates = set()
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.partition("#")[0].strip()
        if not word:
            continue
        try:
            dates.add(dt.date.fromisoformat(word))
        except ValueError:
            # The message doesn't repeat the line, because the file may contain secrets.
            findings.error(
                Place(number, 1),
                "this line isn't a valid date",
                "write it as 2026-12-25, or begin a comment with #",
            )
    return tuple(sorted(dates)), findings
