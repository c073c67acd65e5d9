"""Text from the data stays text."""

from __future__ import annotations

import re

import pytest

from salus.channels.colours import DARK, LIGHT, contrast_ratio
from salus.channels.markup import (
    INVISIBLE,
    LONGEST,
    element,
    escape,
    join,
    render_foreign_text,
)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x>', "' onload='x", "a & b", "]]>", "<!--"]
)
def test_text_is_escaped_in_elements_and_attributes(hostile: str) -> None:
    for markup in (element("p", hostile).text, element("p", title=hostile).text):
        inner = (
            markup.removeprefix('<p title="')
            .removeprefix("<p>")
            .removesuffix('"></p>')
            .removesuffix("</p>")
        )
        assert not re.search("[<>\"']", inner)


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\uffff"]
)
def test_invisible_characters_are_left_out(unseen: str) -> None:
    assert escape(f"a{unseen}b") == "ab"


def test_letters_of_every_script_stay() -> None:
    text = "Ærø 株式会社 שלום \u200f مرحبا 🙂 e\u0301"
    assert escape(text) == text
    assert not INVISIBLE.search(text)


def test_a_name_is_isolated_and_shortened() -> None:
    markup = render_foreign_text("x" * 5000).text
    assert markup.startswith("<bdi>")
    assert len(markup) == LONGEST + len("<bdi></bdi>")


def test_nothing_and_lists_of_children() -> None:
    assert join([None, "a", [element("b", "c"), None]]).text == "a<b>c</b>"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "sheet"])
def test_text_colours_reach_aa(tokens: dict[str, str], ground: str) -> None:
    """Text needs 4.5 (WCAG 1.4.3), ramp colours too, because changes and states are written in them."""
    for name in ("ink", "soft", "accent", "unknown", *(f"ramp-{step}" for step in range(6))):
        assert contrast_ratio(tokens[name], tokens[ground]) >= 4.5, (name, ground)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_chart_colours_reach_aa(tokens: dict[str, str]) -> None:
    """The parts of a chart need 3 (WCAG 1.4.11)."""
    assert contrast_ratio(tokens["bar"], tokens["sheet"]) >= 3


def test_both_schemes_name_the_same_colours() -> None:
    assert sorted(LIGHT) == sorted(DARK)
