"""What buyers without a contract will still buy, and whether the same would have been right a
horizon ago.

How often by BG/NBD, how much by Gamma-Gamma (insight/forecast/purchases.py), from the days with a
purchase of each buyer. Weeks are the unit. The two must be nearly independent: how often somebody
buys may say little about how much.

There is no forecast that the purchases so far contradict: more than each buyer's own rate allows,
amounts beyond all earlier ones, or a forecast that would have been far off a horizon ago.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.insight.forecast.purchases import Buyers, BuyingModel, fit_buying, fit_spending
from salus.insight.forecast.rhythm import regularity
from salus.scoring.scored import Floats, Truths

FEWEST = 50  # buyers who came back
RELATED = 0.3  # correlation of how often and how much above which the product is doubted
WEEK = 7.0
OFF = 0.2  # of the purchases: how far the forecast of a horizon ago may be off, beside chance
ROUNDED = 1e-6
BEYOND = 0.1  # how far an expected amount may lie beyond the amounts of all buyers


@dataclass(frozen=True)
class PurchaseDays:
    """One row per buyer and day with a purchase, by buyer, then day; what was bought that day is
    worth more than nothing.
    """

    buyer: NDArray[np.int64]
    day: NDArray[np.int64]
    amount: Floats

    def before(self, day: int) -> PurchaseDays:
        """Those before a day."""
        rows = np.flatnonzero(self.day < day)
        return PurchaseDays(self.buyer[rows], self.day[rows], self.amount[rows])


@dataclass(frozen=True)
class PurchaseBacktest:
    """A prediction for the horizon that has just ended, from what was known before it, and what
    those buyers bought.
    """

    purchases: float
    actual: int
    money: float
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
    """Of each buyer: whether it is still there, its purchases expected within the horizon, and
    their money.
    """

    buyer: NDArray[np.int64]
    alive: Floats
    purchases: Floats
    money: Floats
    days: int  # of the horizon
    related: float  # correlation of repeats and their mean value
    backtest: PurchaseBacktest | None


def estimate_purchase_value(found: PurchaseDays, today: int, horizon: int) -> PurchaseValue | str:
    """The worth, or why there is none."""
    now = _predict(found.before(today), today, horizon)
    if isinstance(now, str):
        return now
    backtest = _backtest(found, today, horizon)
    if (
        backtest is not None
        and abs(backtest.purchases - backtest.actual)
        > OFF * backtest.actual + 2 * backtest.actual**0.5
    ):
        return (
            f"{horizon} days ago it would have predicted {backtest.purchases:,.0f} purchases, and"
            f" {backtest.actual:,} came; these buyers have seasons, campaigns or a rhythm that the model"
            " doesn't know"
        )
    return replace(now, backtest=backtest)


def _backtest(found: PurchaseDays, today: int, horizon: int) -> PurchaseBacktest | None:
    """The forecast of a horizon ago; None where there could be none."""
    then = _predict(found.before(today - horizon), today - horizon, horizon)
    if isinstance(then, str):
        return None
    later = (found.day >= today - horizon) & (found.day < today) & np.isin(found.buyer, then.buyer)
    return PurchaseBacktest(
        float(then.purchases.sum()),
        int(later.sum()),
        float(then.money.sum()),
        float(found.amount[later].sum()),
    )


def _predict(found: PurchaseDays, today: int, horizon: int) -> PurchaseValue | str:
    buyer, those, mean = summarize_buyers(found, today)
    back = those.repeats > 0
    if back.sum() < FEWEST:
        return f"{int(back.sum())} came back, and at least {FEWEST} are needed"
    rhythm, amounts = fit_buying(those), fit_spending(those.repeats[back], mean[back])
    purchases, each = (
        rhythm.expected(those, horizon / WEEK),
        amounts.expected(those.repeats, np.where(back, mean, 0.0)),
    )
    reason = _implausible(rhythm, those, purchases, horizon / WEEK) or _strange(each, mean[back])
    if reason:
        return reason
    if rhythm.a == 0:  # nobody leaves: what is underway since the last purchase counts too
        purchases = purchases * (
            1 + regularity(found.buyer, found.day) * _underway(those, back) / those.repeats.sum()
        )
    varied = those.repeats[back].std() > 0 and mean[back].std() > 0
    related = float(np.corrcoef(those.repeats[back], mean[back])[0, 1]) if varied else 0.0
    return PurchaseValue(
        buyer=buyer,
        alive=rhythm.alive(those),
        purchases=purchases,
        money=purchases * each,
        days=horizon,
        related=related,
        backtest=None,
    )


def _underway(those: Buyers, back: Truths) -> float:
    """The gaps begun by the last purchases of those that came back: of each what has gone by of its
    usual gap, at most all.

    A regular buyer's x purchases fill the time to the last one, not the time until now; at random
    both tell the same rate.
    """
    usual = those.last[back] / those.repeats[back]
    return float(np.minimum((those.age - those.last)[back] / usual, 1.0).sum())


def _implausible(rhythm: BuyingModel, those: Buyers, purchases: Floats, time: float) -> str | None:
    """Why these can't be the purchases to come: nobody buys more than at a steady rate, and all no
    more than so far.

    So far: all purchases of a buyer, the first one too, ÷ the time since then; one more than its
    rate is made of.
    """
    steady, so_far = (
        rhythm.steady(those, time) * rhythm.alive(those),
        float(((those.repeats + 1) / those.age).sum()) * time,
    )
    if not np.isfinite(purchases).all():
        return "the model finds no number for some of these buyers"
    if (
        not ((purchases >= 0) & (purchases <= steady * (1 + ROUNDED))).all()
        or purchases.sum() > so_far
    ):
        return (
            f"the model predicts {purchases.sum():,.0f} purchases, and the buyers' own rates give"
            f" at most {so_far:,.0f}"
        )
    return None


def _strange(each: Floats, mean: Floats) -> str | None:
    """Why these can't be the amounts to come."""
    low, high = float(mean.min()) * (1 - BEYOND), float(mean.max()) * (1 + BEYOND)
    if np.isfinite(each).all() and (each >= low).all() and (each <= high).all():
        return None
    return "the amounts differ so much that the model has no mean for them"


def summarize_buyers(found: PurchaseDays, today: int) -> tuple[NDArray[np.int64], Buyers, Floats]:
    """The buyers, what BG/NBD asks of each, and the mean worth of its repeats (NaN without any).

    >>> some = PurchaseDays(np.array([3, 3, 3]), np.array([0, 7, 21]), np.array([5.0, 10.0, 20.0]))
    >>> who, those, mean = summarize_buyers(some, 28)
    >>> who.tolist(), those.repeats.tolist(), those.last.tolist(), those.age.tolist(), mean.tolist()
    ([3], [2.0], [3.0], [4.0], [15.0])
    """
    who, first, count = np.unique(found.buyer, return_index=True, return_counts=True)
    began, last = found.day[first], found.day[first + count - 1]
    repeats = (count - 1).astype(np.float64)
    total = (
        np.bincount(np.searchsorted(who, found.buyer), weights=found.amount, minlength=len(who))
        - found.amount[first]
    )
    mean = np.divide(total, repeats, out=np.full(len(who), np.nan), where=repeats > 0)
    return who, Buyers(repeats, (last - began) / WEEK, (today - began) / WEEK), mean
