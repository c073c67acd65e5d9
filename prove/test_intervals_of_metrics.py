"""Intervals of retention and of time to value hold the truth, and patterns of noise are seldom
called real.

Portfolios: 60, 200 or 500 entities whose values follow a log-normal with sd .5 to 1.5 (at 1.5 the
largest of 200 holds a tenth of all money). Each entity may be lost, shrink by 30 % or grow by 30 %.
The chance of a loss is the same for all, higher for the small, or higher for the large ones.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.insight.test_patterns import MODEL, panel

from salus.insight.metrics.patterns import find_patterns
from salus.insight.metrics.portfolio import (
    PortfolioHistory,
    ValueHistory,
    estimate_ratio,
    estimate_retention,
    estimate_share,
)
from salus.insight.metrics.retention import measure_arpa
from salus.insight.metrics.surveys import estimate_mean, estimate_nps, estimate_satisfied
from salus.insight.statistics.survival import survival
from salus.periods.day import NEVER

WORLDS = 1000


def lost(who: str, value: np.ndarray) -> np.ndarray:
    large = value > np.median(value)
    return {
        "all": np.full(len(value), 0.08),
        "small": np.where(large, 0.04, 0.12),
        "large": np.where(large, 0.12, 0.04),
    }[who]


@pytest.mark.parametrize("who", ["all", "small", "large"])
@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("number", [60, 200, 500])
def test_coverage_of_retention(who: str, spread: float, number: int) -> None:
    """The truth of a portfolio is what stays on average, given its values."""
    draw, held = np.random.default_rng(3), np.zeros(3)
    for _ in range(WORLDS):
        value = np.exp(draw.normal(0, spread, number))
        gone = lost(who, value)
        chances = (gone, 0.1, 0.15)
        change = np.select(
            [draw.random(number) < chance for chance in chances], [0.0, 0.7, 1.3], 1.0
        )
        after, share = change * value, value / value.sum()
        gross, net = share @ ((1 - gone) * 0.97), share @ ((1 - gone) * (0.97 + 0.9 * 0.15 * 0.3))
        held += [
            gross in estimate_share(np.minimum(value, after), value),
            net in estimate_retention(after, value),
            net in estimate_ratio(after, value),
        ]
    print(
        f"{number} entities, spread {spread}, {who} leave: GRR {held[0] / WORLDS:.3f}, NRR"
        f" {held[1] / WORLDS:.3f}, by the ratio alone {held[2] / WORLDS:.3f}"
    )
    assert 0.90 <= min(held[:2]) / WORLDS <= max(held[:2]) / WORLDS <= 0.99


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0, 1.5])
@pytest.mark.parametrize("number", [1, 2, 3, 5, 10, 20, 40])
def test_coverage_of_retention_of_few(number: int, spread: float) -> None:
    """With few entities an interval may hold more often than it promises, not less."""
    draw, gross, net = np.random.default_rng(5), 0, []
    for _ in range(WORLDS):
        value = np.exp(draw.normal(0, spread, number))
        change = np.select(
            [draw.random(number) < chance for chance in (0.1, 0.1, 0.15)], [0.0, 0.7, 1.3], 1.0
        )
        gross += 0.9 * 0.97 in estimate_share(np.minimum(value, change * value), value)
        result = estimate_retention(change * value, value)
        net += [0.9 * (0.97 + 0.9 * 0.15 * 0.3) in result] if result.known else []
    print(
        f"{number} entities, spread {spread}: GRR {gross / WORLDS:.3f}, NRR {np.mean(net):.3f} of"
        f" {len(net)} told"
    )
    assert len(net) > 0.9 * WORLDS
    assert min(gross / WORLDS, np.mean(net)) >= 0.9


@pytest.mark.parametrize("spread", [0.3, 0.5, 1.0, 1.5])
@pytest.mark.parametrize("number", [5, 10, 30, 100])
def test_coverage_of_the_value_of_a_payer(number: int, spread: float) -> None:
    """The known exception: few customers that pay very different amounts (sd of logs 1.5)."""
    draw, held = np.random.default_rng(6), []
    for _ in range(WORLDS):
        worth = ValueHistory(
            np.arange(number), np.zeros(number, np.int32), np.exp(draw.normal(0, spread, number))
        )
        result = measure_arpa(
            PortfolioHistory(np.zeros(number, np.int32), np.full(number, NEVER, np.int32), worth),
            100,
        ).estimate
        assert result is not None
        held += [np.exp(spread**2 / 2) in result] if result.known else []
    print(f"{number} that pay, spread {spread}: {np.mean(held):.3f} of {len(held)} told")
    assert np.mean(held) >= (0.75 if spread > 1 and number < 50 else 0.88)


@pytest.mark.parametrize("number", [5, 10, 30])
def test_coverage_of_the_wait_for_money(number: int) -> None:
    draw, held = np.random.default_rng(8), []
    for _ in range(WORLDS):
        invoiced = np.exp(draw.normal(0, 0.7, number))
        result = estimate_ratio(invoiced * draw.beta(1, 4, number), invoiced)
        held += [0.2 in result] if result.known else []
    print(f"owed by {number}: {np.mean(held):.3f} of {len(held)} told")
    assert np.mean(held) >= 0.9


@pytest.mark.parametrize("entities", [2, 3, 5, 10, 20])
def test_coverage_of_surveys_of_few(entities: int) -> None:
    """One to eight answers each, which are correlated; the truth is 0, half, and 0."""
    draw, held = np.random.default_rng(9), np.zeros(3)
    for _ in range(WORLDS):
        entity = np.repeat(np.arange(entities), draw.integers(1, 9, entities))
        feels = draw.normal(0, 1, entities)[entity] + draw.normal(0, 0.6, len(entity))
        held += [
            0
            in estimate_nps(np.where(feels > 0.5, 10.0, np.where(feels > -0.5, 7.0, 0.0)), entity),
            0.5 in estimate_satisfied((feels > 0).astype(float), entity),
            0.0 in estimate_mean(np.clip(feels, -3, 3), entity, -3, 3),
        ]
    print(
        f"answers of {entities}: NPS {held[0] / WORLDS:.3f}, CSAT {held[1] / WORLDS:.3f}, CES"
        f" {held[2] / WORLDS:.3f}"
    )
    assert held.min() / WORLDS >= 0.9


def test_coverage_of_the_median_wait() -> None:
    draw, held = np.random.default_rng(7), 0
    for _ in range(WORLDS):
        wait, observed = draw.exponential(10, 60), draw.uniform(5, 30, 60)
        result = survival(np.minimum(wait, observed), wait <= observed).median_interval
        held += result is None or result.low <= 10 * np.log(2) <= result.high
    print(f"median wait {held / WORLDS:.3f}")
    assert 0.93 <= held / WORLDS <= 0.98


def test_patterns_of_nothing() -> None:
    wrong = [
        any(pattern.real for pattern in find_patterns(MODEL, panel(seed, effect=0)).patterns)
        for seed in range(4 * WORLDS)
    ]
    print(f"called real where nothing is: {np.mean(wrong):.3f}")
    assert np.mean(wrong) <= 0.06
