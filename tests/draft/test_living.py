"""Anchors come from living customers before the end of the data, and wrong directions are reported."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.living import (
    HORIZON,
    LivingValues,
    WrongDirection,
    find_wrong_directions,
    load_living,
)
from salus.facts.data_end import find_data_end, load_days
from salus.model.model import Model
from salus.model.read import read_text
from tests.draft.test_small_tables import draft_tables, folder

START, TODAY = dt.date(2025, 1, 1), dt.date(2026, 10, 1)
LAST = dt.date(2026, 9, 30)
DAY = dt.timedelta(days=1)
MODEL = """
version: 1
name: t
entity: {{name: account, key: account_id}}
sources:
  use: {{table: events, key: account_id, time: used_on}}
dimensions:
  usage:
    weight: 1
    measures:
      uses:  {{count: use, within: 28d, {scale}}}
      older: {{days_since_first: use, bad: 0, good: 100}}
bands: {{healthy: 75, watch: 50, at_risk: 0}}
outcomes:
  churned: {{table: churn_events, key: account_id, time: churn_date}}
"""


@dataclass
class Book:
    """Invented accounts with days of use and the day on which some left."""

    uses: dict[str, list[dt.date]] = field(default_factory=dict)
    left: dict[str, dt.date] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Both tables as CSV."""
        events = [f"{key},{day}" for key, days in self.uses.items() for day in days]
        gone = [f"{key},{day}" for key, day in self.left.items()]
        return {
            "events": "\n".join(["account_id,used_on", *events]) + "\n",
            "churn_events": "\n".join(["account_id,churn_date", *gone]) + "\n",
        }


def book(seed: int, effect: float) -> Book:
    """Accounts of which heavy users leave less often (`effect` 1), more often (-1), or as often (0)."""
    rng, made = random.Random(seed), Book()
    for number in range(240):
        key, rate = f"A{number:03}", rng.uniform(0.05, 0.5)
        chance = 0.35 - effect * 1.2 * (rate - 0.275)
        leaves = rng.random() < chance
        end = START + DAY * rng.randrange(200, 620) if leaves else LAST
        days = [
            START + DAY * n for n in range((end - START).days + 1) if rng.random() < rate or n == 0
        ]
        made.uses[key] = days
        if leaves:
            made.left[key] = end
    made.uses["A000"].append(LAST)
    return made


def living(made: Book, tmp_path: Path, scale: str) -> tuple[Model, LivingValues]:
    model = read_text(MODEL.format(scale=scale).replace("days_since_first", "days_since"))
    opened = open_folder(folder(tmp_path / "tables", **made.texts()), tmp_path / "scratch")
    try:
        data = find_data_end(load_days(model, opened.connection), TODAY)
        end = data.midnight
        assert end == LAST + DAY
        return model, load_living(model, opened.connection, end, data)
    finally:
        opened.connection.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_values_are_those_of_who_had_not_left(seed: int, tmp_path: Path) -> None:
    made = book(seed, 1)
    _, values = living(made, tmp_path, "bad: 0, good: 10")
    day = LAST + DAY - HORIZON * DAY
    assert values.day == day
    alive = [key for key in made.uses if made.left.get(key, dt.date.max) >= day]
    expected = sorted(sum(day - 28 * DAY <= use < day for use in made.uses[key]) for key in alive)
    assert sorted(values.of("uses").tolist()) == expected
    assert len(alive) < len(made.uses)

    assert values.left is not None
    days = [day - n * HORIZON * DAY for n in range(4)]
    leavers = sum(day <= gone < day + HORIZON * DAY for day in days for gone in made.left.values())
    assert int(values.left.sum()) == leavers > 20


@pytest.mark.parametrize(
    ("effect", "scale", "wrong"),
    [
        (1, "bad: 0, good: 10", False),
        (1, "bad: 10, good: 0", True),
        (-1, "bad: 0, good: 10", True),
        (-1, "bad: 10, good: 0", False),
        (0, "bad: 0, good: 10", False),
        (0, "bad: 10, good: 0", False),
    ],
)
def test_a_direction_against_the_outcomes_is_found(
    effect: float, scale: str, wrong: bool, tmp_path: Path
) -> None:
    model, values = living(book(3, effect), tmp_path, scale)
    names = {direction.measure for direction in find_wrong_directions(model, values)}
    assert ("uses" in names) == wrong


def test_few_who_left_say_nothing_about_directions(tmp_path: Path) -> None:
    made = book(3, 1)
    made.left = dict(list(made.left.items())[:15])
    model, values = living(made, tmp_path, "bad: 10, good: 0")
    assert find_wrong_directions(model, values) == ()


def test_short_data_and_data_without_leavers_give_values_at_the_end(tmp_path: Path) -> None:
    made = book(1, 1)
    made.left = {}
    _, values = living(made, tmp_path, "bad: 0, good: 10")
    assert (values.day, values.left) == (LAST + DAY, None)
    assert len(values.of("uses")) == len(made.uses)


def test_a_draft_keeps_the_direction_and_reports_it(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    draft = draft_tables(tmp_path, **book(3, -1).texts())
    notes = [note for note in draft.guessed if "points the other way" in note]
    assert notes and "Its direction is kept" in notes[0]
    assert "on 2026-07-03, among those who hadn't left, the 10th" in draft.text
    assert notes[0] in draft.text.replace("\n", " ")
    assert not any(
        "points the other way" in note for note in draft_tables(other, **book(3, 1).texts()).guessed
    )


def test_the_note_says_what_was_counted() -> None:
    note = WrongDirection("uses", 0.71, 0.6, 0.8, 40).note
    assert "more points in 71% of cases (60% to 80%, 40 who left)" in note
