"""Text that is split many lines at once has the cells that the parser of single lines finds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from salus.sources.files.plain_text import PlainTexts
from salus.sources.files.records import PlainRows
from salus.sources.files.rows import RejectedRow
from salus.sources.files.settings import FileSettings
from salus.sources.files.text_rows import TextRows

PIECES = (
    *("a", "Müller", " ", "", "", "1,5", "12.50", "€", "\ufeff", "2024-02-29", "x" * 200),
    *("=1+1", "'", "\t", "\u2028", "\x0b", "\x85"),
)
RARE = ('"', '"q"', '"a\nb"', "\r", "\0", "\ufdd0", ";", "\n", "\n\n", "\udcff", "y" * 140_000)
Read = tuple[list[int], list[tuple[str, ...]], list[RejectedRow], int]


def write(path: Path, seed: int) -> int:
    """A file of a few rows, some of them strange. Returns the number of its columns."""
    chance = random.Random(seed)
    width, end = chance.choice((1, 2, 3, 5)), chance.choice(("\n", "\n", "\r\n"))
    strange = chance.choice((0.0, 0.0, 0.002, 0.05))
    lines = [";".join(f"c{place}" for place in range(width))]
    for _ in range(chance.choice((3, 50, 400))):
        cells = [chance.choice(RARE if chance.random() < strange else PIECES) for _ in range(width)]
        blank = chance.random() < strange
        lines.append(";" * chance.choice((0, width - 1)) if blank else ";".join(cells))
    text = end.join(lines) + chance.choice(("", end))
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return width


def read(path: Path, places: list[int]) -> Read:
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    rejects: list[RejectedRow] = []
    empty = 0
    for chunk in TextRows(path, path.name, FileSettings(separator=";", header_row=1)).chunks(
        places
    ):
        lines += chunk.lines
        rows += chunk.rows(len(places))
        rejects += chunk.rejects
        empty += chunk.empty
    return lines, rows, rejects, empty


@pytest.mark.parametrize("seed", range(150))
def test_the_same_rows(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.csv"
    width = write(path, seed)
    places = random.Random(seed).sample(range(width), k=max(1, width - 1))
    monkeypatch.setattr("salus.sources.files.encoding.BLOCK", 4_096)
    fast = read(path, places)
    monkeypatch.setattr("salus.sources.files.records.split_cells", lambda *_: None)
    assert fast == read(path, places)


def test_plain_files_are_split_at_once(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n" + "1,2\n" * 5_000 + "3,4", encoding="utf-8")
    rows = TextRows(path, path.name, FileSettings())
    kinds = [type(each) for each in rows._parsed(2, [0, 1])]
    assert kinds == [PlainTexts, PlainRows]  # all whole lines, and the last one
    [chunk] = rows.chunks([0, 1])
    assert len(chunk.lines) == 5_001 and chunk.lines[-1] == 5_002
    assert list(chunk.rows(2))[-2:] == [("1", "2"), ("3", "4")]
