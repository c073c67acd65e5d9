"""Repeat purchases: published parameters, and properties."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.insight.forecast.purchases import (
    Buyers,
    BuyingModel,
    SpendingModel,
    fit_buying,
    fit_spending,
)

PUBLISHED = BuyingModel(0.2426, 4.4136, 0.7930, 2.4261)  # CDNOW sample of 2,357 customers, 39 weeks


def buyer(repeats: float, last: float, age: float) -> Buyers:
    return Buyers(np.array([repeats]), np.array([last]), np.array([age]))


def test_known_customers() -> None:
    regular, never = buyer(2, 30.43, 38.86), buyer(0, 0, 38.86)
    assert PUBLISHED.alive(regular)[0] == pytest.approx(0.7266, abs=5e-4)
    assert PUBLISHED.expected(regular, 39)[0] == pytest.approx(1.2259, abs=2e-3)
    assert PUBLISHED.alive(never)[0] == 1
    assert PUBLISHED.expected(never, 39)[0] == pytest.approx(0.1948, abs=5e-4)


def test_known_spending() -> None:
    known = SpendingModel(6.249, 3.745, 15.448)
    assert known.mean == pytest.approx(35.17, abs=0.02)
    assert known.expected(np.array([2.0]), np.array([22.35]))[0] == pytest.approx(24.66, abs=0.01)


def test_longer_silence_is_never_a_better_sign() -> None:
    silent = Buyers(np.full(20, 3.0), np.full(20, 10.0), np.linspace(10, 100, 20))
    assert (np.diff(PUBLISHED.alive(silent)) < 0).all()


def test_the_parameters_that_made_the_data_are_found() -> None:
    """Buyers drawn by the model itself, watched for 100 weeks."""
    draw = np.random.default_rng(11)
    true, size, age = BuyingModel(0.6, 6.0, 0.9, 2.5), 4000, 100.0
    rate, leaves = draw.gamma(true.r, 1 / true.alpha, size), draw.beta(true.a, true.b, size)
    repeats, last = np.zeros(size), np.zeros(size)
    for row in range(size):
        time = 0.0
        while draw.random() >= (leaves[row] if time else 0.0):
            time += draw.exponential(1 / rate[row])
            if time > age:
                break
            repeats[row], last[row] = repeats[row] + 1, time
    fitted = fit_buying(Buyers(repeats, last, np.full(size, age)))
    assert (fitted.r, fitted.alpha) == pytest.approx((true.r, true.alpha), rel=0.15)
    assert fitted.a / (fitted.a + fitted.b) == pytest.approx(true.a / (true.a + true.b), rel=0.2)


def test_spending_that_made_the_data_is_found() -> None:
    draw = np.random.default_rng(12)
    true, size = SpendingModel(6.0, 4.0, 15.0), 5000
    repeats = draw.integers(1, 8, size).astype(float)
    nu = draw.gamma(true.q, 1 / true.v, size)
    mean = draw.gamma(true.p * repeats, 1 / (nu * repeats))
    fitted = fit_spending(repeats, mean)
    assert (fitted.p, fitted.q, fitted.v) == pytest.approx((true.p, true.q, true.v), rel=0.2)
    assert fitted.mean == pytest.approx(true.mean, rel=0.05)


def test_the_whole_of_cdnow(shared: Path) -> None:
    """23,570 customers to 1997-09-30, orders of a day together, time in weeks: parameters to three
    decimals.
    """
    table = pq.read_table(shared / "data" / "cdnow" / "cdnow_master.parquet")
    key, day = (table[name].to_pylist() for name in ("customer_id", "date"))
    end = dt.date(1997, 9, 30)
    days: dict[object, set[dt.date]] = {}
    for who, when in zip(key, day, strict=True):
        date = when.date() if isinstance(when, dt.datetime) else when
        if date <= end:
            days.setdefault(who, set()).add(date)
    repeats = np.array([len(dates) - 1 for dates in days.values()], dtype=float)
    last = np.array([(max(dates) - min(dates)).days / 7 for dates in days.values()])
    age = np.array([(end - min(dates)).days / 7 for dates in days.values()])
    assert (len(days), repeats.sum(), (repeats > 0).sum()) == (23570, 24337, 9451)
    fitted = fit_buying(Buyers(repeats, last, age))
    assert (fitted.r, fitted.alpha, fitted.a, fitted.b) == pytest.approx(
        (0.2516, 4.7889, 0.7234, 2.1611), abs=5e-4
    )
    assert fitted.likelihood == pytest.approx(-95368.44, abs=0.05)
