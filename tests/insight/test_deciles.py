"""A planted jump of the rate is found; without one none is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from salus.insight.statistics.rates import design_effect
from salus.insight.validation.deciles import deciles, find_break
from salus.insight.validation.panel import Panel


def panel(seed: int, rate: object, entities: int = 400, dates: int = 6) -> Panel:
    """Entities with a steady score each, and an outcome by `rate(score)` on each date."""
    draw = np.random.default_rng(seed)
    entity = np.repeat(np.arange(entities), dates)
    score = np.clip(
        np.repeat(draw.uniform(0, 100, entities), dates) + draw.normal(0, 3, entities * dates),
        0,
        100,
    )
    had_outcome = draw.random(len(score)) < rate(score)  # type: ignore[operator]
    day = np.tile(np.arange(dates, dtype=np.int32) * 30, entities)
    return Panel(
        entity=entity,
        day=day,
        score=score,
        band=np.zeros(len(score), np.int8),
        points={},
        real={},
        segment=np.full(len(score), -1, np.int16),
        had_outcome=had_outcome,
        when=day,
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_break_is_found_within_its_interval(seed: int) -> None:
    jump = find_break(panel(seed, lambda score: np.where(score < 40, 0.20, 0.04)))
    assert jump is not None
    assert 40 in jump.score
    assert jump.score.high - jump.score.low < 10
    assert jump.below == pytest.approx(0.20, abs=0.05) and jump.above == pytest.approx(
        0.04, abs=0.02
    )


def test_the_interval_is_every_place_whose_likelihood_is_near_the_best() -> None:
    """One place after the other, by binomial probabilities (their coefficients, alike everywhere,
    taken off).
    """
    rows = panel(7, lambda score: np.where(score < 40, 0.16, 0.06), entities=60)
    jump = find_break(rows)
    assert jump is not None
    score, had_outcome = rows.score, rows.had_outcome

    def likely(those: np.ndarray) -> float:
        share = float(those.mean())
        return float(np.sum(stats.bernoulli.logpmf(those.astype(int), share)))

    levels = np.unique(score)
    rates = {
        at: 2
        * (likely(had_outcome[score < at]) + likely(had_outcome[score >= at]))
        / design_effect(had_outcome, rows.entity)
        for at in levels[1:]
        if 0.05 <= np.mean(score < at) <= 0.95
    }
    near = [
        at
        for at, ratio in rates.items()
        if ratio >= max(rates.values()) + 2 * np.log(1 - np.sqrt(0.95))
    ]
    assert jump.score.value == max(rates, key=lambda at: rates[at])
    assert jump.score.high == near[-1] > jump.score.value
    assert (
        jump.score.low == levels[np.searchsorted(levels, near[0]) - 1]
    )  # the highest score that is surely below


@pytest.mark.parametrize("seed", range(5))
def test_one_rate_for_all_has_no_break(seed: int) -> None:
    assert find_break(panel(seed, lambda score: np.full(len(score), 0.08))) is None


def test_a_rate_that_rises_with_the_score_has_none() -> None:
    assert find_break(panel(0, lambda score: np.where(score > 60, 0.3, 0.02))) is None


def test_deciles_hold_every_row_once_and_few_rows_have_no_rate() -> None:
    rows = panel(1, lambda score: np.full(len(score), 0.1))
    levels = deciles(rows)
    assert sum(level.rows for level in levels) == len(rows)
    assert all(a.high < b.low for a, b in zip(levels, levels[1:], strict=False))
    assert all(level.rate is None for level in deciles(rows.at(np.arange(100))))


def test_equal_scores_are_never_torn_apart() -> None:
    rows = panel(2, lambda score: np.full(len(score), 0.1))
    same = replace(rows, score=np.where(rows.score < 70, 50.0, rows.score))
    assert sum(level.low <= 50 <= level.high for level in deciles(same)) == 1
