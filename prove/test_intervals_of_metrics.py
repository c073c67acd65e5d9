"""Intervals of retention and of time to value hold the truth, patterns of nothing are seldom called real.

Books: 60, 200 or 500 entities whose values spread by a log-normal of sd .5 to 1.5 (1.5: the largest of 200 holds a tenth of all
money); each may be lost, shrink by 30 % or grow by 30 %; the chance of a loss is the same for all, higher for the
small, or higher for the large ones.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.insight.test_patterns import MODEL, panel

from salus.insight.book import ratio, stake
from salus.insight.patterns import patterns
from salus.insight.survival import survival

WORLDS = 1000


def lost(who: str, value: np.ndarray) -> np.ndarray:
    large = value > np.median(value)
    return {"all": np.full(len(value), 0.08), "small": np.where(large, 0.04, 0.12), "large": np.where(large, 0.12, 0.04)}[who]


@pytest.mark.parametrize("who", ["all", "small", "large"])
@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("number", [60, 200, 500])
def test_coverage_of_retention(who: str, spread: float, number: int) -> None:
    """The truth of a book is what stays in the mean, given its values."""
    draw, held = np.random.default_rng(3), np.zeros(3)
    for _ in range(WORLDS):
        value = np.exp(draw.normal(0, spread, number))
        gone = lost(who, value)
        chances = (gone, 0.1, 0.15)
        change = np.select([draw.random(number) < chance for chance in chances], [0.0, 0.7, 1.3], 1.0)
        after, share = change * value, value / value.sum()
        gross, net = share @ ((1 - gone) * 0.97), share @ ((1 - gone) * (0.97 + 0.9 * 0.15 * 0.3))
        held += [gross in stake(np.minimum(value, after), value, bounded=True), net in stake(after, value, bounded=False),
                 net in ratio(after, value)]
    print(f"{number} entities, spread {spread}, {who} leave: GRR {held[0] / WORLDS:.3f}, NRR {held[1] / WORLDS:.3f}, "
          f"by the ratio alone {held[2] / WORLDS:.3f}")
    assert 0.90 <= min(held[:2]) / WORLDS <= max(held[:2]) / WORLDS <= 0.99


def test_coverage_of_the_median_wait() -> None:
    draw, held = np.random.default_rng(7), 0
    for _ in range(WORLDS):
        wait, seen = draw.exponential(10, 60), draw.uniform(5, 30, 60)
        found = survival(np.minimum(wait, seen), wait <= seen).median_interval
        held += found is None or found.low <= 10 * np.log(2) <= found.high
    print(f"median wait {held / WORLDS:.3f}")
    assert 0.93 <= held / WORLDS <= 0.98


def test_patterns_of_nothing() -> None:
    wrong = [any(one.real for one in patterns(MODEL, panel(seed, effect=0)).found) for seed in range(4 * WORLDS)]
    print(f"called real where nothing is: {np.mean(wrong):.3f}")
    assert np.mean(wrong) <= 0.06
