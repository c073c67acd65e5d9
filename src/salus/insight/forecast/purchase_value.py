"""The purchases that buyers without a contract are expected to make, tested on the past.

BG/NBD predicts how often and Gamma-Gamma how much (insight/forecast/purchases.py), from the days on
which each buyer bought. The unit of time is a week. The two must be nearly independent: how often a
buyer buys may say little about how much.

A forecast is refused where the purchases so far contradict it: more purchases than the buyers' own
rates allow, amounts beyond all earlier ones, or a forecast that would have been far off one horizon
ago.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.finding import Finding
from salus.insight.forecast.purchases import Buyers, BuyingModel, fit_buying, fit_spending
from salus.insight.forecast.rhythm import regularity
from salus.scoring.scored import Floats, Truths

FEWEST = 50  # buyers with a second purchase, needed for a forecast
RELATED = 0.3  # correlation of how often and how much, above which the product is uncertain
WEEK = 7.0
OFF = 0.2  # of the purchases, by which the forecast of a horizon ago may be off besides chance
ROUNDED = 1e-6  # relative error of rounding
BEYOND = 0.1  # by which an expected amount may lie beyond the amounts of all buyers


@dataclass(frozen=True)
class PurchaseDays:
    """One row per buyer and day with a purchase, by buyer, then day. Each amount is above 0."""

    buyer: NDArray[np.int64]
    day: NDArray[np.int64]
    amount: Floats

    def before(self, day: int) -> PurchaseDays:
        """The rows before a day."""
        rows = np.flatnonzero(self.day < day)
        return PurchaseDays(self.buyer[rows], self.day[rows], self.amount[rows])


@dataclass(frozen=True)
class PurchaseBacktest:
    """A prediction for the horizon that has just ended, from what was known before it, and what
    these buyers bought.
    """

    purchases: float  # predicted
    actual: int
    money: float  # predicted
    earned: float

    def as_dict(self) -> dict[str, float]:
        """The JSON form."""
        return {
            "purchases": self.purchases,
            "came": self.actual,
            "money": self.money,
            "earned": self.earned,
        }


@dataclass(frozen=True, kw_only=True)
class PurchaseValue:
    """The purchases expected within the horizon; every array has one value per buyer."""

    buyer: NDArray[np.int64]
    alive: Floats  # probability that the buyer is still active
    purchases: Floats
    money: Floats
    days: int  # of the horizon
    related: float  # correlation of the number of repeats and their mean amount
    backtest: PurchaseBacktest | None


def estimate_purchase_value(
    days: PurchaseDays, today: int, horizon: int
) -> PurchaseValue | Finding:
    """The purchases within the horizon, or the reason why they can't be predicted."""
    now = _predict(days.before(today), today, horizon)
    if isinstance(now, Finding):
        return now
    backtest = _backtest(days, today, horizon)
    if backtest is None:
        return now
    allowed = OFF * backtest.actual + 2 * backtest.actual**0.5
    if abs(backtest.purchases - backtest.actual) > allowed:
        return Finding(
            "purchases.off",
            days=horizon,
            predicted=round(backtest.purchases),
            actual=backtest.actual,
        )
    return replace(now, backtest=backtest)


def _backtest(days: PurchaseDays, today: int, horizon: int) -> PurchaseBacktest | None:
    """The forecast of a horizon ago; None where there was none."""
    then = _predict(days.before(today - horizon), today - horizon, horizon)
    if isinstance(then, Finding):
        return None
    later = (days.day >= today - horizon) & (days.day < today) & np.isin(days.buyer, then.buyer)
    return PurchaseBacktest(
        float(then.purchases.sum()),
        int(later.sum()),
        float(then.money.sum()),
        float(days.amount[later].sum()),
    )


def _predict(days: PurchaseDays, today: int, horizon: int) -> PurchaseValue | Finding:
    """The purchases of all buyers so far, without a backtest."""
    buyer, buyers, mean = summarize_buyers(days, today)
    back = buyers.repeats > 0
    if back.sum() < FEWEST:
        return Finding("purchases.few_returned", buyers=int(back.sum()), least=FEWEST)
    buying, spending = fit_buying(buyers), fit_spending(buyers.repeats[back], mean[back])
    purchases = buying.expected(buyers, horizon / WEEK)
    each = spending.expected(buyers.repeats, np.where(back, mean, 0.0))
    reason = _check_purchases(buying, buyers, purchases, horizon / WEEK)
    reason = reason or _check_amounts(each, mean[back])
    if reason:
        return reason
    if buying.a == 0:  # nobody leaves, so the gap since the last purchase counts too
        share = _open_gaps(buyers, back) / buyers.repeats.sum()
        purchases = purchases * (1 + regularity(days.buyer, days.day) * share)
    varied = buyers.repeats[back].std() > 0 and mean[back].std() > 0
    related = float(np.corrcoef(buyers.repeats[back], mean[back])[0, 1]) if varied else 0.0
    return PurchaseValue(
        buyer=buyer,
        alive=buying.alive(buyers),
        purchases=purchases,
        money=purchases * each,
        days=horizon,
        related=related,
        backtest=None,
    )


def _open_gaps(buyers: Buyers, back: Truths) -> float:
    """The gaps since the last purchases, each as a part of the buyer's usual gap, at most 1.

    A regular buyer's purchases fill the time until the last one, not the time until now. For
    purchases at random both give the same rate.
    """
    usual = buyers.last[back] / buyers.repeats[back]
    return float(np.minimum((buyers.age - buyers.last)[back] / usual, 1.0).sum())


def _check_purchases(
    buying: BuyingModel, buyers: Buyers, purchases: Floats, time: float
) -> Finding | None:
    """Why these purchases are implausible: no buyer buys more than at a steady rate, and all
    together no more than so far.

    So far means all purchases of a buyer, including the first, ÷ the time since then.
    """
    steady = buying.steady(buyers, time) * buying.alive(buyers)
    so_far = float(((buyers.repeats + 1) / buyers.age).sum()) * time
    if not np.isfinite(purchases).all():
        return Finding("purchases.no_number")
    within = ((purchases >= 0) & (purchases <= steady * (1 + ROUNDED))).all()
    if within and purchases.sum() <= so_far:
        return None
    predicted = round(float(purchases.sum()))
    return Finding("purchases.above_rates", predicted=predicted, most=round(so_far))


def _check_amounts(each: Floats, mean: Floats) -> Finding | None:
    """Why these mean amounts are implausible."""
    low, high = float(mean.min()) * (1 - BEYOND), float(mean.max()) * (1 + BEYOND)
    if np.isfinite(each).all() and (each >= low).all() and (each <= high).all():
        return None
    return Finding("purchases.amounts_vary")


def summarize_buyers(days: PurchaseDays, today: int) -> tuple[NDArray[np.int64], Buyers, Floats]:
    """The buyers, the numbers that BG/NBD needs, and the mean amount of each buyer's repeats (NaN
    without any).

    >>> days = PurchaseDays(np.array([3, 3, 3]), np.array([0, 7, 21]), np.array([5.0, 10.0, 20.0]))
    >>> buyer, buyers, mean = summarize_buyers(days, 28)
    >>> buyer.tolist(), buyers.repeats.tolist(), buyers.last.tolist(), buyers.age.tolist(), mean.tolist()
    ([3], [2.0], [3.0], [4.0], [15.0])
    """
    buyer, first, count = np.unique(days.buyer, return_index=True, return_counts=True)
    began, last = days.day[first], days.day[first + count - 1]
    repeats = (count - 1).astype(np.float64)
    place = np.searchsorted(buyer, days.buyer)
    total = np.bincount(place, weights=days.amount, minlength=len(buyer)) - days.amount[first]
    mean = np.divide(total, repeats, out=np.full(len(buyer), np.nan), where=repeats > 0)
    return buyer, Buyers(repeats, (last - began) / WEEK, (today - began) / WEEK), mean
