"""A header is the same whether all separators are tried or only those that occur."""

from __future__ import annotations

import random

import pytest

from salus.errors import DataError
from salus.sources.files import header_detection
from salus.sources.files.header_detection import SEPARATORS, find_header
from salus.sources.files.records import Records

CELLS = ("id", "name", "1", "12,5", "a|b", '"x;y"', "", "2024-01-02", "Müller", '"', "x\ty", "\0")


def write(seed: int) -> list[str]:
    chance = random.Random(seed)
    separator, end = chance.choice(SEPARATORS), chance.choice(("\n", "\r\n", "\r"))
    plain = chance.random() < 0.5
    cells = [cell for cell in CELLS if not (plain and '"' in cell)]
    lines = [
        separator.join(chance.choice(cells) for _ in range(chance.choice((1, 3, 3, 3, 4))))
        for _ in range(chance.choice((1, 2, 8, 40)))
    ]
    return [line + end for line in lines]


@pytest.mark.parametrize("seed", range(200))
def test_the_same_header(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = write(seed)
    fast = header_of(lines, 1)
    free = header_of(lines, None)
    monkeypatch.setattr(header_detection, "_likely", lambda _: list(SEPARATORS))
    monkeypatch.setattr(header_detection, "_records", one_by_one)
    assert (fast, free) == (header_of(lines, 1), header_of(lines, None))


def header_of(lines: list[str], row: int | None) -> object:
    try:
        return find_header(lines, "t.csv", header_row=row)
    except DataError as error:
        return str(error)


def one_by_one(lines: list[str], separator: str) -> list[header_detection.TextLine]:
    return [
        header_detection.TextLine(record.line, record.cells)
        for record in Records(iter(lines), separator)
        if any(record.cells)
    ]
