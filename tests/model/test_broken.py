"""The messages about broken models: each file in broken/ has a text file with its messages.

`SALUS_REWRITE=1 pytest tests/model/test_broken.py` writes the text files again. Review them like
code.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from salus.model.read import check_text

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_messages(path: Path) -> None:
    model, problems = check_text(path.read_text(encoding="utf-8"), "salus.yaml", path.parent)
    text = "".join(f"{problem}\n" for problem in problems)
    expected = path.with_suffix(".txt")
    if os.environ.get("SALUS_REWRITE"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert problems
    assert (model is None) == any(problem.severity == "error" for problem in problems)


def test_there_are_enough_of_them() -> None:
    assert len(BROKEN) >= 50


def test_every_problem_has_a_place_and_a_next_step() -> None:
    for path in BROKEN:
        for problem in check_text(path.read_text(encoding="utf-8"), folder=path.parent)[1]:
            assert problem.line is not None
            assert problem.column is not None
            assert problem.fix is not None
