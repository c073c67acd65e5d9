"""Churn in its variants, GRR, NRR and ARPA: a portfolio of eight counted by hand, random portfolios
counted slowly, and intervals that hold.
"""

from __future__ import annotations

import numpy as np
import pytest

from salus.insight.metrics.portfolio import (
    PortfolioHistory,
    ValueHistory,
    estimate_retention,
    estimate_share,
)
from salus.insight.metrics.retention import (
    UnseenEvent,
    estimate_weighted_sum,
    measure_arpa,
    measure_lost_entities,
    measure_lost_value,
    measure_retention,
)
from salus.periods.day import NEVER

FIRST, STOP = 100, 465  # a year


def hand_portfolio() -> PortfolioHistory:
    """A stays · B grows by 60 · C shrinks by 60 · D and E leave · F comes · G comes and leaves · H
    comes and leaves.
    """
    start = [0, 0, 0, 0, 0, 440, 440, 200]
    end = [NEVER, NEVER, NEVER, 250, 450, NEVER, 460, 300]
    rows = [
        (0, 0, 100),
        (1, 0, 200),
        (1, 200, 260),
        (2, 0, 300),
        (2, 300, 240),
        (3, 0, 150),
        (4, 0, 50),
        (5, 440, 400),
        (6, 440, 10),
        (7, 200, 70),
    ]
    entity, day, value = (np.array(column) for column in zip(*rows, strict=True))
    return PortfolioHistory(
        np.array(start, dtype=np.int32),
        np.array(end, dtype=np.int32),
        ValueHistory(entity.astype(np.int64), day.astype(np.int32), value.astype(float)),
    )


@pytest.mark.parametrize(
    ("variant", "value", "lost"),
    [
        ("start", 2 / 5, 2),  # D and E of A to E
        ("stripe", 2 / 6, 2),  # E and G of A, B, C, E and the new F, G
        ("daily", 1 / 6 + 1 / 5 + 1 / 6 + 1 / 5, 4),
    ],
)  # D of 6, H of 5, E of 6, G of 5
def test_logos_by_hand(variant: str, value: float, lost: int) -> None:
    metric = measure_lost_entities(hand_portfolio(), FIRST, STOP, variant)  # type: ignore[arg-type]
    assert metric.estimate is not None
    assert (metric.estimate.value, metric.details["lost"]) == (pytest.approx(value), lost)
    assert metric.estimate.low < value < metric.estimate.high


@pytest.mark.parametrize(
    ("variant", "gross", "net"),
    [
        ("start", 260 / 800, 200 / 800),  # 150 + 50 lost, 60 reduced, 60 grown
        (
            "stripe",
            60 / 1060,
            60 / 1060,
        ),  # E and G of A 100, B 260, C 240, E 50 and the new F 400, G 10
        (
            "daily",
            150 / 930 + 130 / 780 + 50 / 1060 + 10 / 1010,
            150 / 930 + 130 / 780 + 50 / 1060 + 10 / 1010 - 60 / 800,
        ),
    ],
)
def test_money_by_hand(variant: str, gross: float, net: float) -> None:
    metric = measure_lost_value(hand_portfolio(), FIRST, STOP, variant)  # type: ignore[arg-type]
    assert [metric.estimate.value for metric in metric if metric.estimate] == pytest.approx(
        [gross, net]
    )


def test_retention_and_value_by_hand() -> None:
    gross, net = measure_retention(hand_portfolio(), FIRST, STOP)
    assert gross.estimate is not None and net.estimate is not None
    assert (gross.estimate.value, net.estimate.value) == pytest.approx((540 / 800, 600 / 800))
    assert {name: gross.details[name] for name in ("start", "lost", "reduced", "grown")} == {
        "start": 800,
        "lost": 200,
        "reduced": 60,
        "grown": 60,
    }
    assert gross.details["half_with"] == 2  # C 300 and B 200 of 800
    arpa = measure_arpa(hand_portfolio(), STOP)
    assert arpa.estimate is not None
    assert (arpa.estimate.value, arpa.n, arpa.details["total"]) == (250, 4, 1000)


def test_the_months_of_a_year() -> None:
    """2 % a month are 21.53 % a year, not 24."""
    portfolio = PortfolioHistory(
        np.zeros(100, dtype=np.int32), np.array([120, 130, *[NEVER] * 98], dtype=np.int32)
    )
    metric = measure_lost_entities(portfolio, 110, 110 + 365 // 12, "start")
    assert metric.details["a_year"] == pytest.approx(1 - 0.98 ** (365 / 30), abs=1e-12)
    assert pytest.approx(0.2153, abs=1e-4) == 1 - 0.98**12


def test_a_giant_that_stays_does_not_hide_that_all_others_left() -> None:
    portfolio = PortfolioHistory(
        np.zeros(3, dtype=np.int32),
        np.array([NEVER, 50, 60], dtype=np.int32),
        ValueHistory(np.arange(3), np.zeros(3, dtype=np.int32), np.array([1e6, 1.0, 1.0])),
    )
    logos, (gross, _) = (
        measure_lost_entities(portfolio, 10, 100, "start"),
        measure_retention(portfolio, 10, 100),
    )
    assert logos.estimate is not None and gross.estimate is not None
    assert (round(logos.estimate.value, 3), round(gross.estimate.value, 3)) == (0.667, 1.0)
    assert gross.estimate.low < 0.5  # one giant is one unit


def slow(start: list[int], end: list[int], first: int, stop: int) -> float:
    total = 0.0
    for day in range(first, stop):
        active = [i for i in range(len(start)) if start[i] < day <= end[i]]
        gone = [i for i in active if not start[i] < day + 1 <= end[i]]
        total += len(gone) / len(active) if active else 0
    return total


def test_day_by_day_like_a_slow_count() -> None:
    draw = np.random.default_rng(3)
    for _ in range(30):
        start = draw.integers(0, 60, 12)
        end = np.where(draw.random(12) < 0.3, NEVER, start + draw.integers(-5, 60, 12))
        metric = measure_lost_entities(
            PortfolioHistory(start.astype(np.int32), end.astype(np.int32)), 20, 80, "daily"
        ).estimate
        assert metric is not None
        assert metric.value == pytest.approx(slow(start.tolist(), end.tolist(), 20, 80), abs=1e-12)


def test_without_money_or_anybody_there_is_a_reason() -> None:
    empty = PortfolioHistory(
        np.array([50], dtype=np.int32),
        np.array([NEVER], dtype=np.int32),
        ValueHistory(np.array([0]), np.array([50], dtype=np.int32), np.array([np.nan])),
    )
    for metric in (
        measure_lost_entities(empty, 10, 40, "start"),
        *measure_lost_value(empty, 10, 40, "start"),
        *measure_retention(empty, 10, 40),
        *measure_lost_value(empty, 10, 40, "daily"),
        measure_lost_entities(empty, 10, 40, "daily"),
        measure_arpa(empty, 40),
    ):
        assert metric.estimate is None
        assert metric.reason


def test_who_has_no_known_value_is_counted_apart() -> None:
    portfolio = PortfolioHistory(
        np.zeros(2, dtype=np.int32),
        np.full(2, NEVER, dtype=np.int32),
        ValueHistory(np.array([0, 1]), np.zeros(2, dtype=np.int32), np.array([10.0, np.nan])),
    )
    gross, _ = measure_retention(portfolio, 10, 20)
    assert (
        gross.n,
        gross.details["unknown"],
        gross.estimate.value if gross.estimate else None,
    ) == (
        1,
        1,
        1.0,
    )


@pytest.mark.parametrize("giants", [0.5, 1.5])
def test_intervals_of_money_hold_what_is_true(giants: float) -> None:
    """Of 200 with values of a heavy tail one in ten keeps nothing, one in ten 80 %, the others all:
    .88 in the mean.
    """
    draw = np.random.default_rng(4)
    held = []
    for _ in range(600):
        value = np.exp(draw.normal(0, giants, 200))
        kept_ = value * draw.choice([0.0, 0.8, 1.0], 200, p=[0.1, 0.1, 0.8])
        held.append(
            (0.88 in estimate_share(kept_, value), 0.88 in estimate_retention(kept_, value))
        )
    assert (np.mean(held, axis=0) >= 0.93).all()


def test_who_pays_nothing_at_the_start_is_no_growth() -> None:
    portfolio = PortfolioHistory(
        np.zeros(2, dtype=np.int32),
        np.full(2, NEVER, dtype=np.int32),
        ValueHistory(
            np.array([0, 1, 1]), np.array([0, 0, 15], dtype=np.int32), np.array([10.0, 0.0, 50.0])
        ),
    )
    _, net = measure_retention(portfolio, 10, 20)
    assert (net.n, net.details["unknown"], net.estimate.value if net.estimate else None) == (
        1,
        0,
        1.0,
    )


def test_intervals_of_weighted_events_hold_what_is_true() -> None:
    draw = np.random.default_rng(5)
    weights = np.exp(draw.normal(0, 0.8, 300))
    weights /= weights.sum()
    unseen = UnseenEvent(float(weights.mean()), float(np.mean(weights**2)))
    for chance in (0.01, 0.1):
        held = [
            chance in estimate_weighted_sum(weights[draw.random(300) < chance].tolist(), unseen)
            for _ in range(600)
        ]
        assert np.mean(held) >= 0.92
