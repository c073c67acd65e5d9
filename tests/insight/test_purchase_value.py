"""What buyers will still buy: the summary by a slow count, and simulated buyers."""

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


def drawn(seed: int, number: int = 1500, days: int = 700) -> PurchaseDays:
    """Buyers by the assumptions of BG/NBD and Gamma-Gamma, each from a first day within the first
    hundred.
    """
    draw = np.random.default_rng(seed)
    rows: list[tuple[int, int, float]] = []
    for buyer in range(number):
        rate, leave, day = draw.gamma(1.2, 1 / 60), draw.beta(0.8, 4.0), draw.integers(0, 100)
        scale = draw.gamma(6.0, 1 / 80)
        while day < days:
            rows.append((buyer, int(day), draw.gamma(6.0, 1 / scale)))
            if draw.random() < leave:
                break
            day += 1 + draw.exponential(1 / rate)
    rows.sort()
    return PurchaseDays(*(np.array(column) for column in zip(*rows, strict=True)))


@pytest.fixture(scope="module")
def forecast() -> PurchaseValue:
    value = estimate_purchase_value(drawn(1), 600, 90)
    assert isinstance(value, PurchaseValue)
    return value


def test_what_is_asked_of_each_buyer_by_a_slow_count() -> None:
    bought = drawn(2, 40)
    who, those, mean = summarize_buyers(bought, 700)
    for place, key in enumerate(who.tolist()):
        rows = bought.buyer == key
        day, amount = bought.day[rows], bought.amount[rows]
        assert those.repeats[place] == len(day) - 1
        assert those.last[place] == (day.max() - day.min()) / 7
        assert those.age[place] == (700 - day.min()) / 7
        if len(day) > 1:
            assert mean[place] == pytest.approx(amount[1:].mean())


def test_purchases_are_near_the_prediction(forecast: PurchaseValue) -> None:
    bought = drawn(1)
    later = (bought.day >= 600) & (bought.day < 690)
    assert forecast.purchases.sum() == pytest.approx(later.sum(), rel=0.15)
    assert forecast.money.sum() == pytest.approx(bought.amount[later].sum(), rel=0.2)


def test_the_backtest_is_the_forecast_of_a_horizon_before(forecast: PurchaseValue) -> None:
    before = estimate_purchase_value(drawn(1).before(510), 510, 90)
    assert isinstance(before, PurchaseValue) and forecast.backtest is not None
    assert forecast.backtest.purchases == pytest.approx(before.purchases.sum())
    bought = drawn(1)
    later = (bought.day >= 510) & (bought.day < 600) & np.isin(bought.buyer, before.buyer)
    assert (forecast.backtest.actual, forecast.backtest.earned) == (
        later.sum(),
        pytest.approx(bought.amount[later].sum()),
    )


def test_frequent_and_recent_buyers_are_active(forecast: PurchaseValue) -> None:
    assert ((forecast.alive >= 0) & (forecast.alive <= 1)).all()
    _, those, _ = summarize_buyers(drawn(1).before(600), 600)
    silent = those.age - those.last
    often = those.repeats >= 4
    assert forecast.alive[often & (silent < 4)].min() > forecast.alive[often & (silent > 50)].max()


def test_few_repeat_buyers_are_refused() -> None:
    refused = estimate_purchase_value(drawn(3, 60, 200), 200, 90)
    assert isinstance(refused, Finding) and refused.get("least") == 50


def test_buyers_of_one_rhythm_are_refused_and_never_a_number_that_is_none() -> None:
    """Weekly purchases for 100 to 190 weeks, seven in ten until now: no rate varies as the gamma
    distribution supposes.
    """
    draw = np.random.default_rng(1)
    weeks = draw.integers(100, 190, 200)
    begins = np.where(draw.random(200) < 0.7, 1330 - 7 * weeks, draw.integers(0, 100, 200))
    rows = [(key, int(begins[key] + 7 * week)) for key in range(200) for week in range(weeks[key])]
    buyer, day = (np.array(column) for column in zip(*rows, strict=True))
    value = estimate_purchase_value(
        PurchaseDays(buyer, day, draw.uniform(0.4, 0.6, len(rows))), 1335, 365
    )
    assert isinstance(value, Finding) or np.isfinite(value.money).all()


def test_amounts_that_never_vary_relate_to_nothing() -> None:
    bought = drawn(4, 400)
    value = estimate_purchase_value(
        PurchaseDays(bought.buyer, bought.day, np.full(len(bought.day), 10.0)), 600, 90
    )
    assert isinstance(value, Finding) or (value.related == 0 and np.isfinite(value.money).all())
