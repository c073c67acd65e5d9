"""Tables and sentences on a terminal fit its width."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from salus.channels.difference import round_to_sum
from salus.channels.result import TextResult
from salus.channels.text.render import render, render_all, render_markdown
from salus.channels.text.tables import format_entities
from salus.channels.text.width import add_command, limit_width, wrap

HEAD = ["account", "name", "score", "main reason"]
ROWS = [
    ["A-1", "Halhanse Steuerberatung GmbH & Co. KG", "40.0", "rule “Sponsor left” -37.7"],
    ["A-2", "Nordwind", "80.0", "Mood +7.0"],
]


def test_a_wide_window_shows_whole_names() -> None:
    assert "GmbH & Co. KG" in format_entities(HEAD, ROWS, text_last=True)[1]


def test_a_narrower_window_cuts_long_names() -> None:
    with limit_width(72):
        lines = format_entities(HEAD, ROWS, text_last=True)
    assert "Halhanse Steuerberatung GmbH… " in lines[1]
    assert max(map(len, lines)) <= 72


def test_a_narrow_window_gives_the_last_column_its_own_lines() -> None:
    with limit_width(60):
        lines = format_entities(HEAD, ROWS, text_last=True)
    assert lines[1] == "    main reason"
    assert lines[3] == "    rule “Sponsor left” -37.7"
    assert "GmbH & Co. KG" in lines[2]


def test_a_command_stays_on_one_line() -> None:
    with limit_width(60):
        assert wrap(
            "Some rows have no account and aren't counted. `salus -C demo check` lists them"
        )[1] == ("`salus -C demo check` lists them")
        assert add_command(
            "Next: see why the first score is so low", "salus -C demo explain A-1"
        ) == [
            "Next: see why the first score is so low:",
            "  salus -C demo explain A-1",
        ]


@dataclass(frozen=True)
class Textless(TextResult):
    """A result without a text."""


@pytest.mark.parametrize("write", [render, render_markdown, render_all])
def test_a_result_without_a_text_is_named(write: Callable[[object], str]) -> None:
    with pytest.raises(TypeError, match="is registered for Textless"):
        write(Textless())


@pytest.mark.parametrize("seed", range(50))
def test_rounded_parts_add_up_and_none_moves_by_a_whole_unit(seed: int) -> None:
    draw = random.Random(seed)
    parts = [draw.choice([0.0, draw.uniform(-30, 30), draw.uniform(0, 1)]) for _ in range(29)]
    rounded = round_to_sum(sum(parts), parts, 2)
    assert round(sum(rounded), 6) == round(sum(parts), 2)
    assert all(abs(new - old) < 0.01 + 1e-9 for new, old in zip(rounded, parts, strict=True))
    assert all(new == 0 for new, old in zip(rounded, parts, strict=True) if old == 0)
