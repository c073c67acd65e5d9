"""Suggestions for misspelt words."""

from __future__ import annotations

import pytest

from salus.model.suggest import did_you_mean


@pytest.mark.parametrize(
    ("word", "expected"), [("login", "logins"), ("LOGINS", "logins"), ("tikets", "tickets")]
)
def test_close_words(word: str, expected: str) -> None:
    assert did_you_mean(word, ["logins", "tickets"]) == f"did you mean `{expected}`?"


@pytest.mark.parametrize("word", ["", "xyz", "l" * 10_000])
def test_nothing_close(word: str) -> None:
    assert did_you_mean(word, ["logins", "tickets"]) is None
