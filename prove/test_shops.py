"""Purchases over the next year of made-up shops of every kind and size: near what is to be
expected, or refused with a reason.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.insight.shops import LAPSING, STAYING, YEAR, Shop

from salus.insight.forecast.purchase_value import PurchaseValue, estimate_purchase_value

SEEDS = range(1, 9)
LEAVING = {
    **LAPSING,
    "regular, some leave": Shop(buyers=500, leaving=(1.0, 12.0)),
    "regular, most leave": Shop(buyers=500, leaving=(1.0, 4.0), joining=400),
    "weekly, some leave": Shop(buyers=300, gap=7, leaving=(0.5, 30.0)),
    "four times a year, some leave": Shop(buyers=500, gap=91, jitter=9, leaving=(1.0, 12.0)),
}
SEASONS = {
    f"half a year's season, asked on day {day}": Shop(season=180, days=3 * YEAR + day)
    for day in (1, 90, 170, 250, 364)
}


def errors_of(name: str, shop: Shop) -> list[float]:
    """How far each forecast is from what is to be expected, as a share of that."""
    off = []
    for seed in SEEDS:
        bought, expected = shop.drawn(seed)
        value = estimate_purchase_value(bought, shop.days, YEAR)
        if isinstance(value, PurchaseValue):
            off.append(float(value.purchases.sum()) / expected - 1)
    print(
        f"{name}: {len(off)} of {len(SEEDS)} told"
        + (f", off by {min(off):+.1%} to {max(off):+.1%}" if off else "")
    )
    return off


@pytest.mark.parametrize("buyers", [60, 100, 400])
@pytest.mark.parametrize("name", STAYING)
def test_where_nobody_leaves(name: str, buyers: int) -> None:
    shop = STAYING[name]
    off = errors_of(f"{name}, {buyers} buyers", replace(shop, buyers=buyers))
    assert len(off) >= len(SEEDS) - 1
    assert max(map(abs, off)) < (0.1 if shop.regular or buyers >= 100 else 0.2)


@pytest.mark.parametrize("name", LEAVING)
def test_where_buyers_leave(name: str) -> None:
    off = errors_of(name, LEAVING[name])
    assert all(abs(error) < 0.3 for error in off)


@pytest.mark.parametrize("name", SEASONS)
def test_where_there_are_seasons(name: str) -> None:
    off = errors_of(name, SEASONS[name])
    assert all(abs(error) < 0.3 for error in off)
