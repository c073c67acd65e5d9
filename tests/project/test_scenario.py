"""Assumed values give the same scores as tables that really hold them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from salus.errors import UsageError
from salus.project import open_project
from salus.scores.scores import Scores
from salus.verbs.forecast.scenario import ValueChange, apply_changes

AS_OF = dt.date(2025, 3, 1)
MODEL = """\
version: 1
name: small
entity: {name: account, table: accounts, key: id, attributes: [seats, price, plan]}
sources:
  logins: {table: logins, key: id, time: at}
  moods: {table: moods, key: id, time: at}
inputs:
  logins_28d: {count: logins, within: 28d}
  spent: {formula: "seats * price"}
dimensions:
  use:
    weight: 3
    measures:
      per_seat: {count: logins, within: 28d, per: seats, bad: 0, good: 2}
      per_spent: {formula: "1000 * logins_28d / spent", bad: 0, good: 50}
      quiet: {days_since: logins, bad: 28d, good: 1d}
  voice:
    measures:
      mood: {latest: moods.mood, points: {great: 100, worried: 30, leaving: 0}}
caps: [{name: large, when: "spent > 9000", at_most: 45}]
segments: {big: {when: "seats >= 40", weights: {use: 1, voice: 5}}}
missing_guard: 0d
"""


def write(
    folder: Path, seats: float = 1.0, price: float = 1.0, mood: str | None = None, extra: str = ""
) -> Path:
    """A project of thirty accounts, with all seats or prices multiplied, or all moods the same."""
    draw = np.random.default_rng(3)
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL + extra, encoding="utf-8")
    accounts, logins, moods = ["id,seats,price,plan"], ["id,at"], ["id,at,mood"]
    for number in range(30):
        size, cost = int(draw.integers(2, 60)), int(draw.integers(50, 300))
        accounts.append(f"A{number},{size * seats:.4f},{cost * price:.4f},basic")
        logins += [
            f"A{number},{dt.date(2025, 1, 1) + dt.timedelta(days=int(day))}"
            for day in draw.integers(0, 59, size)
        ]
        word = draw.choice(["great", "worried"])
        if number % 5 or mood:
            moods.append(f"A{number},2025-02-20,{mood or word}")
    for name, lines in (("accounts", accounts), ("logins", logins), ("moods", moods)):
        (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def scores(folder: Path) -> Scores:
    found: Scores = open_project(folder).score(AS_OF, keep=False)
    return found


def supposed(scores: Scores, *texts: str) -> np.ndarray:
    return apply_changes(scores.scored, [ValueChange.of(text) for text in texts])[0]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    return scores(write(tmp_path_factory.mktemp("plain") / "project"))


def test_attributes_follow_into_formulas_divisors_caps_and_segments(
    plain: Scores, tmp_path: Path
) -> None:
    truly = scores(write(tmp_path / "seats", seats=1.5))
    np.testing.assert_allclose(supposed(plain, "seats=+50%"), truly.scored.score, atol=1e-9)
    assert (truly.scored.cells.segment != plain.scored.cells.segment).any()
    assert (truly.scored.cap != plain.scored.cap).any()


def test_several_changes_come_together(plain: Scores, tmp_path: Path) -> None:
    truly = scores(write(tmp_path / "both", seats=0.7, price=2.0))
    np.testing.assert_allclose(
        supposed(plain, "seats=-30%", "price=+100%"), truly.scored.score, atol=1e-9
    )


def test_a_word_is_set_for_everyone_also_where_none_was_given(
    plain: Scores, tmp_path: Path
) -> None:
    truly = scores(write(tmp_path / "mood", mood="leaving"))
    np.testing.assert_allclose(supposed(plain, "mood=leaving"), truly.scored.score, atol=1e-9)


def test_points_are_moved_within_the_scale(plain: Scores) -> None:
    """Usage weighs 3 of 4 with three equal measures, or 1 of 6 in the segment of large accounts."""
    points, segment = plain.scored.points["quiet"], plain.scored.cells.segment
    uncapped = plain.scored.cap < 0
    known = ~np.isnan(plain.scored.points["mood"])
    weight = np.where(segment >= 0, 1 / 6, 3 / 4) / 3
    move = (np.maximum(points - 20, 0) - points) * weight
    change = supposed(plain, "quiet.points=-20") - plain.scored.score
    np.testing.assert_allclose(change[uncapped & known], move[uncapped & known], atol=1e-9)


def test_nothing_changed_is_nothing_changed(plain: Scores) -> None:
    np.testing.assert_array_equal(supposed(plain, "seats=+0%"), plain.scored.score)


def test_a_smoothed_score_moves_by_what_the_day_alone_does(plain: Scores, tmp_path: Path) -> None:
    smooth = scores(write(tmp_path / "smooth", extra="smooth: {half_life: 14d}\n"))
    moved = supposed(smooth, "mood.points=-10") - smooth.scored.score
    by_day = supposed(plain, "mood.points=-10") - plain.scored.score
    inside = (smooth.scored.score > 5) & (plain.scored.cap < 0)
    np.testing.assert_allclose(moved[inside], by_day[inside], atol=1e-9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seats", "is not a valid change"),
        ("saets=5", "`saets` isn't a measure"),
        ("seats=many", "has number values"),
        ("mood=-5", "has text values"),
        ("mood=+5%", "has text values"),
        ("seats.points=-5", "isn't a scored measure"),
        ("as_of=5", "isn't a measure"),
    ],
)
def test_changes_that_say_nothing(plain: Scores, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        supposed(plain, text)
