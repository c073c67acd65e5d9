"""Purchases of shops of every kind: predicted well, or refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from salus.finding import Finding
from salus.insight.forecast.purchase_value import (
    PurchaseDays,
    PurchaseValue,
    estimate_purchase_value,
    summarize_buyers,
)
from salus.insight.forecast.purchases import Buyers, BuyingModel, fit_buying
from salus.insight.forecast.rhythm import regularity
from tests.insight.shops import LAPSING, STAYING, YEAR, Shop


@pytest.mark.parametrize("name", STAYING)
def test_where_nobody_leaves_each_buyer_goes_on_at_its_own_rate(name: str) -> None:
    """Within 10 % of the sum of the buyers' rates, today and a year ago; a shop a year ago may have
    been too young.
    """
    shop = STAYING[name]
    bought, expected = shop.drawn(1)
    forecast = estimate_purchase_value(bought, shop.days, YEAR)
    assert isinstance(forecast, PurchaseValue), forecast
    assert forecast.purchases.sum() == pytest.approx(expected, rel=0.1)
    assert forecast.money.sum() == pytest.approx(expected * bought.amount.mean(), rel=0.12)
    assert (forecast.alive == 1).all()
    if forecast.backtest is not None and shop.joining < YEAR:
        assert forecast.backtest.purchases == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("name", LAPSING)
def test_where_buyers_leave_those_still_there_are_counted(name: str) -> None:
    shop = LAPSING[name]
    bought, expected = shop.drawn(1)
    forecast = estimate_purchase_value(bought, shop.days, YEAR)
    assert isinstance(forecast, PurchaseValue), forecast
    assert forecast.purchases.sum() == pytest.approx(expected, rel=0.15)
    assert forecast.alive.sum() < shop.buyers


def test_a_shop_with_seasons_is_predicted_well_or_refused() -> None:
    """Asked in the middle of a season, at its end and shortly before the next, when everybody seems
    to have left.
    """
    refused = 0
    for day in (90, 170, 364):
        shop = Shop(season=180, days=3 * YEAR + day)
        bought, expected = shop.drawn(1)
        forecast = estimate_purchase_value(bought, shop.days, YEAR)
        if isinstance(forecast, Finding):
            assert (forecast.code, forecast.get("days")) == ("purchases.off", YEAR)
            refused += 1
        else:
            assert forecast.purchases.sum() == pytest.approx(expected, rel=0.15)
    assert refused > 0


def test_single_purchases_are_refused() -> None:
    forecast = estimate_purchase_value(
        PurchaseDays(np.arange(200), np.arange(200), np.full(200, 10.0)), 300, YEAR
    )
    assert forecast == Finding("purchases.few_returned", buyers=0, least=50)


def test_the_limit_without_leaving_is_the_rate_of_each() -> None:
    """a to 0 by the published formula, while its digits last, and a = 0."""
    those = Buyers(
        np.array([0.0, 3.0, 40.0]), np.array([0.0, 30.0, 90.0]), np.array([50.0, 60.0, 100.0])
    )
    limit = BuyingModel(2.0, 9.0, 0.0, 1.0)
    assert limit.expected(those, 52) == pytest.approx((2 + those.repeats) / (9 + those.age) * 52)
    assert BuyingModel(2.0, 9.0, 1e-7, 1.0).expected(those, 52) == pytest.approx(
        limit.expected(those, 52), rel=1e-4
    )
    assert (limit.alive(those) == 1).all()


def test_nobody_buys_more_than_at_a_steady_rate() -> None:
    draw = np.random.default_rng(3)
    for _ in range(300):
        r, a, b = np.exp(draw.uniform(-3, 8, 3))
        fitted = BuyingModel(r, r / np.exp(draw.uniform(-3, 1)), a, b)
        age = np.exp(draw.uniform(0, 5, 20))
        repeats = draw.poisson(np.minimum(age * r / fitted.alpha, 200)).astype(float)
        those = Buyers(repeats, age * repeats / (repeats + 1), age)
        steady = fitted.steady(those, 52.0) * fitted.alive(those)
        assert (fitted.expected(those, 52.0) <= steady * (1 + 1e-6)).all()


def test_leaving_is_only_found_where_buyers_leave() -> None:
    _, monthly, _ = summarize_buyers(STAYING["monthly"].drawn(2)[0], STAYING["monthly"].days)
    _, leaving, _ = summarize_buyers(LAPSING["some leave"].drawn(2)[0], LAPSING["some leave"].days)
    assert fit_buying(monthly).a == 0
    assert fit_buying(leaving).a > 0


def test_how_regular_purchases_are() -> None:
    """1 − 1 ÷ shape of gamma distributed gaps, whatever the rates of the buyers."""
    draw = np.random.default_rng(4)
    whose = np.repeat(np.arange(400), 12)

    def measure_regularity(shape: float) -> float:
        gaps = draw.gamma(shape, 40 / shape, (400, 12)) * draw.uniform(0.2, 5, 400)[:, None]
        return regularity(whose, np.cumsum(gaps, axis=1).ravel() * 10)

    assert measure_regularity(1000) == pytest.approx(1, abs=0.02)
    assert measure_regularity(3) == pytest.approx(2 / 3, abs=0.04)
    assert measure_regularity(1) == pytest.approx(0, abs=0.06)
    assert measure_regularity(0.4) == 0


@pytest.mark.parametrize("days", [5 * YEAR + 40, 5 * YEAR - 5, 5 * YEAR + 200])
def test_buyers_of_one_phase_are_counted_by_their_own_gaps(days: int) -> None:
    """Once a year in January: their next purchase is near or far for all of them together."""
    forecast = estimate_purchase_value(Shop(gap=YEAR, jitter=4, days=days).drawn(1)[0], days, YEAR)
    assert isinstance(forecast, PurchaseValue)
    assert forecast.purchases.sum() == pytest.approx(100, rel=0.05)
