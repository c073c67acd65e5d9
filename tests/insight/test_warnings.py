"""Warnings appear where figures are less certain, and only there."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from salus.channels.words import load_words
from salus.insight.validation.comparison import compare_measures
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.insight.validation.validation import compare_with_measures
from salus.insight.validation.verdict import Counts, give_verdict, word_of
from salus.insight.validation.warnings import find_warnings

ENTITIES, DATES = 120, 6


def panel(seed: int, change: Any = None) -> tuple[Any, Panel]:
    """A model of two measures, one with some information and one with none; `change(points, real,
    had_outcome)` spoils them.
    """
    draw = np.random.default_rng(seed)
    entity = np.repeat(np.arange(ENTITIES), DATES)
    new_curves = np.repeat(draw.normal(size=ENTITIES), DATES)
    had_outcome = draw.random(len(entity)) < 1 / (1 + np.exp(2.5 - new_curves))
    day = np.tile(np.arange(DATES, dtype=np.int32) * 30, ENTITIES)
    points = {
        "sign": np.clip(50 - 12 * new_curves + draw.normal(0, 12, len(entity)), 0, 100),
        "noise": draw.uniform(0, 100, len(entity)),
    }
    real = {name: np.ones(len(entity), dtype=bool) for name in points}
    if change is not None:
        change(points, real, had_outcome)
    model = SimpleNamespace(
        measures=[SimpleNamespace(name=name, weight=1.0) for name in points], dimensions=[]
    )
    when = np.where(had_outcome, day, np.int32(2**30)).astype(np.int32)
    return model, Panel(
        entity=entity,
        day=day,
        score=points["sign"],
        band=np.zeros(len(entity), np.int8),
        points=points,
        real=real,
        segment=np.full(len(entity), -1, np.int16),
        had_outcome=had_outcome,
        when=when,
    )


def kinds(model: Any, rows: Panel) -> set[tuple[str, str | None]]:
    question = Question(outcome="gone", horizon=90, score="score", sign=-1.0, capacity=0.1)
    score, beside = compare_with_measures(model, rows, question)
    return {
        (warning.kind, warning.measure)
        for warning in find_warnings(model, rows, question, score, beside)
    }


def test_honest_measures_are_left_in_peace() -> None:
    """Twenty worlds, none with a warning of a leak; a lucky draw may turn noise round."""
    results = [kinds(*panel(seed)) for seed in range(20)]
    assert [names for names in results if names - {("backwards", "noise")}] == []


def test_one_that_knows_is_too_good() -> None:
    def know(points: Any, real: Any, had_outcome: Any) -> None:
        points["noise"] = np.where(had_outcome, 5.0, 95.0)

    assert ("too good", "noise") in kinds(*panel(1, know))


def test_one_whose_absence_tells() -> None:
    def lose(points: Any, real: Any, had_outcome: Any) -> None:
        real["noise"] = ~had_outcome
        points["noise"] = np.where(had_outcome, np.nan, points["noise"])

    assert ("absence", "noise") in kinds(*panel(2, lose))


def test_one_that_is_turned_round() -> None:
    def turn(points: Any, real: Any, had_outcome: Any) -> None:
        points["noise"] = 100 - points["sign"]

    assert ("backwards", "noise") in kinds(*panel(3, turn))


def test_that_few_have_a_value_turns_nothing_round() -> None:
    """Noise of some 75 points, which most with the outcome have: beside neutral points for the
    others it looks turned round.
    """

    def young(points: Any, real: Any, had_outcome: Any) -> None:
        draw = np.random.default_rng(9)
        real["noise"] = draw.random(len(had_outcome)) < np.where(had_outcome, 0.9, 0.3)
        points["noise"] = np.where(real["noise"], draw.uniform(60, 90, len(had_outcome)), np.nan)

    assert {kind for kind, name in kinds(*panel(3, young)) if name == "noise"} == {"absence"}


def test_dead_and_constant_ones() -> None:
    def still(points: Any, real: Any, had_outcome: Any) -> None:
        points["noise"] = np.full(len(had_outcome), 70.0)

    assert kinds(*panel(4, still)) == {("constant", "noise")}

    def dead(points: Any, real: Any, had_outcome: Any) -> None:
        points["noise"], real["noise"] = (
            np.full(len(had_outcome), np.nan),
            np.zeros(len(had_outcome), dtype=bool),
        )

    assert kinds(*panel(5, dead)) == {("dead", "noise")}


def test_a_chance_has_the_higher_score() -> None:
    """Of a score whose goal is the outcome, the one with it has the higher score."""
    model, rows = panel(6)
    for sign, word in ((-1.0, "lower"), (1.0, "higher")):
        question = Question(outcome="gone", horizon=90, score="score", sign=sign, capacity=0.1)
        turned = {name: 100 - points for name, points in rows.points.items()}
        part = rows if sign < 0 else replace(rows, score=100 - rows.score, points=turned)
        score, _ = compare_with_measures(model, part, question)
        assert score is not None
        counts = Counts(len(np.unique(part.entity)), part.events, score.with_others)
        verdict = give_verdict(score, counts, question)
        assert word_of(verdict) == "evidence"
        assert f"the one with “gone” has the {word} score" in load_words("en").finding(verdict)
    assert {warning.name for warning in compare_measures(model, rows, -1.0, score)} == {
        "sign",
        "noise",
    }
