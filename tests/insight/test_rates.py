"""Shares: published intervals, and rows that go together."""

from __future__ import annotations

import numpy as np
import pytest

from salus.insight.statistics.rates import design_effect, jeffreys, rate


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(5, 20, 0.1024, 0.4642), (12, 150, 0.0445, 0.1315), (0, 60, 0.0, 0.0408)],
)
def test_known_intervals_of_jeffreys(hits: int, number: int, low: float, high: float) -> None:
    share = jeffreys(hits, number)
    assert (share.low, share.high) == pytest.approx((low, high), abs=5e-5)


def test_rows_alike_within_an_entity_count_once() -> None:
    had_outcome = np.array([True, False, False, True, False, False, False, False, True, False])
    once = rate(had_outcome, np.arange(10))
    often = rate(np.repeat(had_outcome, 6), np.repeat(np.arange(10), 6))
    assert often.value == pytest.approx(once.value, abs=1e-15)
    assert design_effect(np.repeat(had_outcome, 6), np.repeat(np.arange(10), 6)) == pytest.approx(
        6 * 10 / 9
    )
    assert often.high - often.low >= once.high - once.low


def test_without_any_outcome_entities_count_instead_of_rows() -> None:
    assert rate(np.zeros(600, dtype=bool), np.repeat(np.arange(60), 10)).high == pytest.approx(
        0.0408, abs=5e-5
    )
