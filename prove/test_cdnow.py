"""BG/NBD and Gamma-Gamma on the published sample of CDNOW: 2,357 buyers, 39 weeks to learn from.

Published: Fader, Hardie and Lee 2005 (r .243, α 4.414, a .793, b 2.426, log likelihood −9582.4);
Fader and Hardie 2013 (p 6.25, q 3.74, v 15.44). The data were released for research without a
licence of their own, so they aren't part of this repository. The table is read from the package
`lifetimes` (extra `prove`), which isn't imported.
"""

from __future__ import annotations

import csv
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from salus.insight.forecast.purchases import (
    Buyers,
    BuyingModel,
    SpendingModel,
    fit_buying,
    fit_spending,
)

TABLE = "lifetimes/datasets/cdnow_customers_summary_with_transactions.csv"
WEEKS = 39.0


@pytest.fixture(scope="module")
def sample() -> dict[str, np.ndarray]:
    """Columns x, t_x and T, both in weeks, and zbar, the mean value of the repeats."""
    [path] = [
        Path(str(file.locate())) for file in metadata.files("lifetimes") or [] if str(file) == TABLE
    ]
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {
        name: np.array([float(row[name]) for row in rows]) for name in ("x", "t_x", "T", "zbar")
    }


@pytest.fixture(scope="module")
def buyers(sample: dict[str, np.ndarray]) -> Buyers:
    return Buyers(sample["x"], sample["t_x"], sample["T"])


@pytest.fixture(scope="module")
def fitted(buyers: Buyers) -> BuyingModel:
    return fit_buying(buyers)


def test_it_is_the_published_sample(buyers: Buyers) -> None:
    assert (
        len(buyers.repeats) == 2357
        and (buyers.repeats > 0).sum() == 946
        and buyers.repeats.sum() == 2457
    )


def test_how_often(fitted: BuyingModel) -> None:
    print(
        f"r {fitted.r:.4f}, α {fitted.alpha:.4f}, a {fitted.a:.4f}, b {fitted.b:.4f}, log likelihood"
        f" {fitted.likelihood:.2f}"
    )
    assert [round(parameter, 3) for parameter in (fitted.r, fitted.alpha, fitted.a, fitted.b)] == [
        0.243,
        4.414,
        0.793,
        2.426,
    ]
    assert round(fitted.likelihood, 1) == -9582.4


def test_who_is_still_there_and_what_they_will_buy(fitted: BuyingModel, buyers: Buyers) -> None:
    known = Buyers(np.array([2.0, 0.0]), np.array([30.43, 0.0]), np.array([38.86, 38.86]))
    assert fitted.alive(known) == pytest.approx([0.7266, 1.0], abs=5e-5)
    assert fitted.expected(known, WEEKS) == pytest.approx([1.2259, 0.1948], abs=5e-5)
    total = float(fitted.expected(buyers, WEEKS).sum())
    print(f"expected of all in the next {WEEKS:g} weeks: {total:.1f}")
    assert total == pytest.approx(1653.4, abs=0.05)


def test_how_much(sample: dict[str, np.ndarray]) -> None:
    repeats, mean = (sample[name][sample["x"] > 0] for name in ("x", "zbar"))
    spending: SpendingModel = fit_spending(repeats, mean)
    print(
        f"p {spending.p:.3f}, q {spending.q:.3f}, v {spending.v:.3f}, mean {spending.mean:.2f}, correlation "
        f"{np.corrcoef(repeats, mean)[0, 1]:.3f}"
    )
    assert (spending.p, spending.q, spending.v) == pytest.approx((6.249, 3.745, 15.448), abs=5e-4)
    assert (spending.p, spending.q, spending.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)
    assert spending.mean == pytest.approx(35.17, abs=0.005)
    assert spending.expected(np.array([2.0]), np.array([22.35]))[0] == pytest.approx(
        24.66, abs=0.005
    )
    assert np.corrcoef(repeats, mean)[0, 1] == pytest.approx(0.114, abs=5e-4)
