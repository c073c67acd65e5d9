"""Points learned from a flag: right directions, no leaks, nothing from chance, honest AUCs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from salus.draft.flag_points import LearnedPoints, gives_away, learn_points
from salus.draft.flag_sample import FlagSample, SampleColumn
from salus.model.model import Model
from tests.draft.test_small_tables import draft_tables, model

WORDS = ("basic", "rare", "team")


def sample(seed: int = 1, count: int = 4000, **more: SampleColumn) -> FlagSample:
    """Customers whose odds of leaving are known: less with `months`, more with the word basic."""
    rng = np.random.default_rng(seed)
    months, noise = rng.uniform(0, 60, count), rng.normal(size=count)
    plan = rng.choice(3, count, p=[0.5, 0.004, 0.496]).astype(np.float64)
    odds = 0.3 - months / 20 + 1.5 * (plan == 0)
    left = rng.random(count) < 1 / (1 + np.exp(-odds))
    columns = {
        "months": SampleColumn(months),
        "noise": SampleColumn(noise),
        "plan": SampleColumn(plan, WORDS),
    }
    return FlagSample(left, np.arange(count) % 5, columns | more)


def learned(given: FlagSample, **signs: int) -> LearnedPoints:
    result = learn_points(given, signs)
    assert result is not None
    return result


def test_directions_and_words_follow_those_who_left() -> None:
    result = learned(sample())
    points = {measure.column: measure.points for measure in result.measures}
    curve = points["months"]
    assert isinstance(curve, tuple) and [p for _, p in curve] == sorted(p for _, p in curve)
    words = points["plan"]
    assert not isinstance(words, tuple)
    assert (words["basic"], words["team"]) == (0.0, 100.0)
    assert 30 < words["rare"] < 70
    assert result.useless == ("noise",)


def test_the_auc_out_of_sample_is_that_on_new_customers() -> None:
    """The oracle: the true odds on the same rows can't be beaten by more than chance."""
    given = sample()
    months, plan = (given.columns[name].values for name in ("months", "plan"))
    odds = -months / 20 + 1.5 * (plan == 0)
    pairs = odds[given.left][:, None] - odds[~given.left][None, :]
    best = float((pairs > 0).mean() + 0.5 * (pairs == 0).mean())
    assert best - 0.02 < learned(given).auc.value < best + 0.005


def test_chance_gives_no_points() -> None:
    rng, found = np.random.default_rng(3), 0
    for _ in range(20):
        columns = {f"c{n}": SampleColumn(rng.normal(size=400)) for n in range(6)}
        columns["w"] = SampleColumn(rng.integers(0, 3, 400).astype(float), WORDS)
        given = FlagSample(rng.random(400) < 0.3, np.arange(400) % 5, columns)
        found += learn_points(given, {}) is not None
    assert found <= 3


@pytest.mark.parametrize("kind", ["score", "reason", "partly", "filled", "refund"])
def test_what_gives_the_flag_away_is_a_leak(kind: str) -> None:
    given = sample()
    rng, left = np.random.default_rng(5), given.left
    nan = np.full(len(left), np.nan)
    column = {
        "score": SampleColumn(left * 3 + rng.normal(size=len(left))),
        "reason": SampleColumn(np.where(left, rng.integers(0, 2, len(left)), 2.0), WORDS),
        "partly": SampleColumn(np.where(left & (rng.random(len(left)) < 0.2), 0.0, nan), WORDS),
        "filled": SampleColumn(np.where(left, rng.normal(size=len(left)), nan)),
        "refund": SampleColumn(np.where(left & (rng.random(len(left)) < 0.2), 50.0, 0.0)),
    }[kind]
    assert gives_away(given, column)
    result = learned(sample(leak=column))
    assert result.leaks == ("leak",)
    assert "leak" not in {measure.column for measure in result.measures}


def test_a_header_that_disagrees_is_reported_and_not_turned() -> None:
    result = learned(sample(), months=1)
    assert result.contrary == ("months",)
    assert "months" not in {measure.column for measure in result.measures}


def test_a_snapshot_is_drafted_whole(tmp_path: Path) -> None:
    """The flag, its points, and leaks, in German and with a reason for leaving."""
    given = sample(count=1500)
    months, plan = (given.columns[name].values for name in ("months", "plan"))
    rows = [
        f"K{n};{months[n]:.0f};{WORDS[int(plan[n])]};{'ja' if left else 'nein'};"
        f"{'Preis' if left and n % 2 else ''};{'zu' if left else 'offen'}"
        for n, left in enumerate(given.left)
    ]
    head = "Kundennummer;Vertragsdauer;Paket;gekündigt;Kündigungsgrund;Konto Zustand"
    draft = draft_tables(tmp_path, kunden="\n".join([head, *rows]) + "\n")
    drafted: Model = model(draft)
    (outcome,) = drafted.outcomes
    assert (outcome.name, outcome.flag) == ("churned", "gekündigt")
    assert {measure.name for measure in drafted.measures} == {"time_together", "paket"}
    notes = "\n".join(draft.left_out)
    assert "`Konto Zustand`: all but tells `gekündigt`" in notes
    assert "`Kündigungsgrund`: is known only once somebody left" in notes
    assert any("On rows that they weren't learned from" in note for note in draft.guessed)


def test_few_who_left_give_the_outcome_and_no_points(tmp_path: Path) -> None:
    rows = "".join(f"A{n},{n},{'Yes' if n % 10 == 0 else 'No'}\n" for n in range(100))
    drafted = model(draft_tables(tmp_path, accounts=f"account_id,tenure,Churn\n{rows}"))
    assert [outcome.flag for outcome in drafted.outcomes] == ["Churn"]
    assert [measure.name for measure in drafted.measures] == ["time_together"]


def test_a_flag_that_is_not_understood_is_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"A{n},{n},{1 + n % 2}\n" for n in range(100))
    draft = draft_tables(tmp_path, accounts=f"account_id,tenure,Churn\n{rows}")
    assert not model(draft).outcomes
    assert any("which of its values '1', '2' means that" in note for note in draft.left_out)
