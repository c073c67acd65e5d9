"""Percentiles, and their frozen values."""

from __future__ import annotations

from salus.model.curve import Curve, Percentile
from salus.model.read import check_text
from tests.model.text import TINY, messages, problems, read, with_measure

USERS = "users: {count: logins, bad: p10, good: p90}"
DATED = with_measure(USERS) + "reference: 2026-01-31\n"
NUMBERS = "frozen: {reference: 2026-01-31, measures: {users: {p10: 2, p90: 8.5}}}\n"


def test_without_values_there_is_a_warning() -> None:
    model, result = check_text(DATED)
    assert model is not None
    assert model.measure("users").scale == Curve(
        ((Percentile(10.0), 0.0), (Percentile(90.0), 100.0))
    )
    assert [(problem.severity, problem.fix) for problem in result] == [
        ("warning", "run `salus check --freeze`")
    ]


def test_values_replace_percentiles() -> None:
    assert read(DATED + NUMBERS).measure("users").scale == Curve(((2.0, 0.0), (8.5, 100.0)))
    assert problems(DATED + NUMBERS) == ()


def test_values_of_a_falling_scale_are_sorted() -> None:
    text = DATED.replace("bad: p10, good: p90", "bad: p90, good: p10")
    assert read(text + NUMBERS).measure("users").scale == Curve(((2.0, 100.0), (8.5, 0.0)))


def test_thaw_restores_the_percentiles() -> None:
    model, _ = check_text(DATED + NUMBERS, thaw=True)
    assert model is not None
    assert model.measure("users").scale == Curve(
        ((Percentile(10.0), 0.0), (Percentile(90.0), 100.0))
    )


def test_values_of_bands_and_scores() -> None:
    text = (
        f"{TINY}reference: 2026-01-31\nbands: {{healthy: p75, watch: p25, at_risk: 0}}\n"
        "scores: {growth: {weights: {adoption: 1}, bands: {ready: p70, not_yet: 0}}}\n"
        "frozen: {bands: {p75: 71.2, p25: 48}, scores: {growth: {p70: 66}}}\n"
    )
    model = read(text)
    assert model.bands == (("healthy", 71.2), ("watch", 48.0), ("at_risk", 0.0))
    assert model.scores[0].bands == (("ready", 66.0), ("not_yet", 0.0))


def test_values_of_a_measure_apply_in_segments() -> None:
    segment = 'segments: {small: {when: "seats < 5", measures: {users: {bad: p10, good: 20}}}}\n'
    model = read(DATED + NUMBERS + segment)
    assert model.segments[0].scales["users"] == Curve(((2.0, 0.0), (20.0, 100.0)))


def test_a_curve_of_frozen_values_must_rise() -> None:
    text = with_measure("users: {count: logins, curve: [[p10, 0], [p50, 60], [p90, 100]]}") + (
        "reference: 2026-01-31\nfrozen: {measures: {users: {p10: 0, p50: 0, p90: 4}}}\n"
    )
    assert "the values in the curve of measure `users` must rise, but 0 follows 0" in messages(text)


def test_bands_of_frozen_values_must_fall() -> None:
    text = f"{TINY}reference: 2026-01-31\nbands: {{healthy: p75, at_risk: 0}}\nfrozen: {{bands: {{p75: 0}}}}\n"
    assert "`at_risk` must begin below `healthy`" in messages(text)
