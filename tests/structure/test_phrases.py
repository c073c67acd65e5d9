"""Phrases that a reader would have to read twice don't come back, in code or documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.structure.source import ROOT, SOURCE

PHRASES = [
    line
    for line in (Path(__file__).parents[1] / "banned_phrases.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
SEAM = re.compile(r"""["']\s*\n\s*[rf]?["']""")  # where a string goes on in the next line
LINE = re.compile(r"\s*\n\s*(?:#:? |> )?\s*")


def flat(text: str) -> str:
    """The text on one line, so that a phrase is found across a line break."""
    return LINE.sub(" ", SEAM.sub("", text))


def files() -> list[Path]:
    """Code, packs and documentation, without what customers of the demo company write."""
    return sorted(
        path
        for path in [
            *(SOURCE / "salus").rglob("*"),
            *(ROOT / "docs").rglob("*.md"),
            ROOT / "README.md",
            ROOT / "CONTRIBUTING.md",
        ]
        if path.suffix in (".py", ".yaml", ".md")
        and path.name != "python.md"  # from docstrings
        and path != SOURCE / "salus" / "demo" / "texts.py"
    )


def banned_phrases() -> Iterator[str]:
    for path in files():
        text = flat(path.read_text(encoding="utf-8"))
        for phrase in PHRASES:
            if re.search(rf"\b(?:{phrase})\b", text, re.IGNORECASE):
                yield f"{path.relative_to(ROOT).as_posix()}: {phrase}"


def test_banned_phrases_are_gone() -> None:
    assert not list(banned_phrases())


def test_a_phrase_is_found_across_lines() -> None:
    assert "is no date" in flat('"`a` is no"\n    " date"')
    assert "is no date" in flat("# this is no\n# date")
    assert "is no date" in flat('"""This is no\n    date."""')
