"""Patterns: real differences are found, chance isn't, and a season that affects everybody is no
pattern.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from salus.finding import Finding
from salus.insight.metrics.patterns import find_patterns, holm, welch
from salus.insight.validation.panel import Panel
from salus.model.read import read_text

NAMES = ("low", "same", "season", "rare")
MODEL = read_text(
    """\
version: 1
name: four
entity: {name: shop, key: id}
sources: {s: {table: t, key: id, time: at}}
dimensions:
  all:
    measures:
"""
    + "".join(
        f"      {name}: {{count: s, within: {i + 1}d, bad: 0, good: 1}}\n"
        for i, name in enumerate(NAMES)
    )
)


def panel(seed: int, *, effect: float = 20.0, hit: int = 30, others: int = 90) -> Panel:
    """Twelve dates; who is hit is so on one date late in the year, when `season` is low for all."""
    draw = np.random.default_rng(seed)
    number = hit + others
    entity, day = np.repeat(np.arange(number), 12), np.tile(np.arange(12), number)
    event = np.where(np.arange(number) < hit, draw.integers(8, 12, number), 99)
    had_outcome = event[entity] == day
    kept = np.flatnonzero(day <= event[entity])
    own = draw.normal(0, 10, (4, number))[:, entity] + draw.normal(0, 8, (4, len(entity))) + 60
    own[0] -= effect * had_outcome
    own[2] -= 30 * (day >= 8)
    real = np.ones((4, len(entity)), dtype=bool)
    real[3] = entity < 5
    points = {name: np.where(real[i], own[i], np.nan) for i, name in enumerate(NAMES)}
    size = len(entity)
    return Panel(
        entity=entity,
        day=day.astype(np.int32),
        score=np.full(size, 50.0),
        band=np.zeros(size, dtype=np.int8),
        points=points,
        real=dict(zip(NAMES, real, strict=True)),
        segment=np.zeros(size, dtype=np.int16),
        had_outcome=had_outcome,
        when=event[entity].astype(np.int32),
    ).at(kept)


def test_the_planted_difference_is_found_with_its_size() -> None:
    patterns = {pattern.measure: pattern for pattern in find_patterns(MODEL, panel(1)).patterns}
    assert [name for name, pattern in patterns.items() if pattern.real] == ["low"]
    assert patterns["low"].difference.low < -20 < patterns["low"].difference.high < 0
    assert (patterns["low"].n_with, patterns["low"].n_without) == (30, 90)


def test_a_season_is_no_pattern() -> None:
    patterns = find_patterns(MODEL, panel(1)).patterns
    season = next(pattern for pattern in patterns if pattern.measure == "season")
    assert season.points_with < season.points_without - 10  # as plain means differ
    assert not season.real


def test_a_measure_that_few_have_is_left_out() -> None:
    assert "rare" not in {pattern.measure for pattern in find_patterns(MODEL, panel(1)).patterns}


def test_without_any_difference_one_in_twenty_says_so_at_most() -> None:
    wrong = [
        any(pattern.real for pattern in find_patterns(MODEL, panel(seed, effect=0)).patterns)
        for seed in range(100, 300)
    ]
    assert np.mean(wrong) <= 0.08


def test_too_few_are_refused() -> None:
    refused = find_patterns(MODEL, panel(1, hit=9))
    assert refused.patterns == ()
    assert refused.reason == Finding("patterns.few", events=9, others=90, least=10)


def test_welch_like_scipy() -> None:
    draw = np.random.default_rng(8)
    a, b = draw.normal(1, 3, 17), draw.normal(0, 1, 40)
    patterns, p = welch(a, b)
    other = stats.ttest_ind(a, b, equal_var=False)
    assert p == pytest.approx(other.pvalue, rel=1e-9)
    assert patterns.ends == pytest.approx(list(other.confidence_interval(0.95)), rel=1e-9)


def test_holm_like_the_steps_by_hand() -> None:
    draw = np.random.default_rng(9)
    for _ in range(20):
        p = draw.random(6) ** 2
        order = sorted(range(6), key=lambda i: p[i])
        slow, last = [0.0] * 6, 0.0
        for step, i in enumerate(order):
            last = max(last, min(1.0, (6 - step) * p[i]))
            slow[i] = last
        assert holm(p).tolist() == pytest.approx(slow)
