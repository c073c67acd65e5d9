"""The file that `holidays:` names: one date a line, # begins a comment."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from salus.model.reading.context import ReadContext
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.section import Fields

LARGEST = 200_000  # bytes: many centuries of holidays


def holidays(
    fields: Fields, folder: Path | None, context: ReadContext
) -> tuple[tuple[dt.date, ...], Findings | None]:
    """The dates, sorted, and the problems of the file itself."""
    name: str | None = fields.get("holidays")
    if name is None:
        return (), None
    text, complaint, fix = _text(name, folder)
    if text is None:
        context.error(
            fields.at("holidays"), f"`holidays`: the file '{shorten(name)}' {complaint}", fix
        )
        return (), None
    return _dates(text, Findings(name))


def _text(name: str, folder: Path | None) -> tuple[str | None, str, str]:
    """The text of the file, or what is wrong with it and the next step."""
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
        if not path.is_file():  # a pipe would wait for ever, a device never end
            return None, "isn't a plain file", "put a text file in the folder of the model"
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return None, "is too large", "write one date per line, and nothing else"
        return content.decode("utf-8-sig"), "", ""
    except (OSError, RuntimeError, UnicodeDecodeError):  # RuntimeError: links in a circle
        return None, "can't be read", "put it in the folder of the model, as UTF-8 text"


def _dates(text: str, findings: Findings) -> tuple[tuple[dt.date, ...], Findings]:
    dates = set()
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.partition("#")[0].strip()
        if not word:
            continue
        try:
            dates.add(dt.date.fromisoformat(word))
        except ValueError:
            # What stands there isn't repeated: the name may be that of a file with secrets.
            findings.error(
                Place(number, 1),
                "this line isn't a valid date",
                "write it as 2026-12-25, or begin a comment with #",
            )
    return tuple(sorted(dates)), findings
