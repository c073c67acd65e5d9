"""How long contracts last: late entry against a slow count, areas against sums of days, intervals
against the truth.
"""

from __future__ import annotations

import numpy as np
import pytest

from salus.insight.forecast.lifetime import YEAR, RetentionCurve, estimate_lifetime
from salus.insight.statistics.survival import survival


def drawn(
    seed: int, entities: int = 600, mean: float = 900.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Exponential lifetimes in a window of two years: the age at the end or now, whether the entity
    left, and its age at entry.
    """
    draw = np.random.default_rng(seed)
    began, stay = draw.uniform(-2000, 700, 4 * entities), draw.exponential(mean, 4 * entities)
    # Entities that left before the window are in no table.
    observed = np.flatnonzero(began + stay > 0)[:entities]
    began, stay = began[observed], stay[observed]
    left = began + stay <= 730
    return np.where(left, stay, 730 - began), left, np.maximum(-began, 0)


def test_late_entry_by_a_slow_count() -> None:
    time, left, entry = (stay[:80] for stay in drawn(1))
    time, entry = np.ceil(time / 50), np.floor(entry / 50)
    curve = survival(time, left, entry)
    share = 1.0
    for place, at in enumerate(sorted(set(time[left & (entry < time)].tolist()))):
        risk = sum(1 for stay, begun in zip(time, entry, strict=True) if begun < at <= stay)
        gone = sum(1 for stay, out in zip(time, left, strict=True) if out and stay == at)
        share *= 1 - gone / risk
        assert (curve.time[place], curve.risk[place]) == (at, risk)
        assert curve.share[place] == pytest.approx(share)


def test_without_late_entry_entities_seem_to_stay_forever() -> None:
    """The share after 900 days is e⁻¹; as if all were observed from the start, it is far too high."""
    time, left, entry = drawn(2, 3000)
    assert survival(time, left, entry).at(900) == pytest.approx(np.exp(-1), abs=0.05)
    assert survival(time, left).at(900) > np.exp(-1) + 0.15


def test_the_area_is_the_sum_of_days() -> None:
    curve = RetentionCurve.of(*drawn(3))
    assert float(curve.area(np.array([700.0]))[0]) == pytest.approx(
        float(curve.share(np.arange(0, 700, 0.01)).sum() * 0.01), rel=1e-3
    )


def test_time_to_come_is_the_area_from_here_by_the_height_here() -> None:
    curve = RetentionCurve.of(*drawn(4))
    lifetime = estimate_lifetime(curve, 1, np.array([100.0, 400.0]), np.array([1000.0, 500.0]), 365)
    for place, age in enumerate((100.0, 400.0)):
        by_hand = float(
            curve.share(np.arange(age, age + 365, 0.01)).sum()
            * 0.01
            / curve.share(np.array([age]))[0]
        )
        assert lifetime.days[place] == pytest.approx(by_hand, rel=1e-3)
    assert lifetime.total.value == pytest.approx(float(lifetime.days @ [1000, 500]) / YEAR)


def test_no_entity_of_this_age_was_observed() -> None:
    curve = RetentionCurve.of(*drawn(5))
    lifetime = estimate_lifetime(
        curve, 1, np.array([curve.end + 1, curve.end - 10, np.nan]), np.ones(3), 365
    )
    assert np.isnan(lifetime.days).tolist() == [True, False, True]
    assert lifetime.truncated.tolist() == [False, True, False]
    assert 0 < lifetime.days[1] < 10.001


def test_the_interval_holds_the_truth() -> None:
    """Stays without memory: everyone may expect mean · (1 − e^(−cap ÷ mean)) more days. 80 of 100
    intervals hold it.
    """
    age, value, held = np.linspace(50, 1200, 40), np.full(40, 365.25), 0
    truth = 40 * 900 * (1 - np.exp(-365 / 900))
    for seed in range(200):
        held += (
            truth in estimate_lifetime(RetentionCurve.of(*drawn(seed)), 1, age, value, 365).total
        )
    assert 0.72 <= held / 200 <= 0.88


@pytest.mark.parametrize("value", [1e6, 0.0, -100.0, 1e-300, np.inf])
def test_nobody_is_worth_more_than_if_it_stays(value: float) -> None:
    """Few in view, so that the interval would reach far beyond it."""
    curve = RetentionCurve.of(*drawn(6, 60))
    age = np.array([10.0, 200.0, 500.0])
    lifetime = estimate_lifetime(curve, 20, age, np.full(3, value), 365)
    most = 3 * value * 365 / YEAR if np.isfinite(value) else 0.0
    assert (
        min(most, 0)
        <= lifetime.total.low
        <= lifetime.total.value
        <= lifetime.total.high
        <= max(most, 0)
    )
