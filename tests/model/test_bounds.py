"""Hostile files are reported quickly, and their control characters never reach a terminal."""

from __future__ import annotations

import pytest

from salus.model.read import check_text
from salus.model.yaml.findings import MOST
from tests.model.text import TINY, problems


def test_the_number_of_problems_is_limited() -> None:
    lines = "".join(f"      m{i}: {{count: nowhere, bad: 0, good: 1}}\n" for i in range(2 * MOST))
    assert len(problems(TINY + lines)) == MOST


def test_a_long_chain_of_formulas_is_an_error() -> None:
    lines = "".join(f'      m{i}: {{formula: "m{i + 1}", bad: 0, good: 1}}\n' for i in range(150))
    model, result = check_text(f"{TINY}{lines}      m150: {{count: logins, bad: 0, good: 1}}\n")
    assert model is None
    assert "depend on one another in a row" in result[0].what


@pytest.mark.parametrize(
    "text",
    [
        TINY + '"\\e[31mred": 1\n',
        TINY.replace("logins, bad: 30d", '"\\e[31m", bad: 30d'),
        TINY.replace("30d", '"\\u202e\\e[2J"'),
        TINY + "caps: [{name: a, when: \"seats = '\\e' '\\e'\", at_most: 1}]\n",
        TINY + "caps: [{name: a, when: \"seats = date '\\e[31m'\", at_most: 1}]\n",
        TINY + 'timezone: "\\e[31m"\nholidays: "\\e"\n',
    ],
)
def test_control_characters_are_never_repeated(text: str) -> None:
    result = problems(text)
    assert result
    assert all(sign.isprintable() or sign == "\n" for problem in result for sign in str(problem))
