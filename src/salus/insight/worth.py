"""What buyers without a contract will still buy, and whether the same would have been right a horizon ago.

How often by BG/NBD, how much by Gamma-Gamma (insight/purchases.py), from the days with a purchase of each buyer. Weeks are
the unit. The two must be nearly independent: how often somebody buys may say little about how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.purchases import Buyers, buying, spending
from salus.scoring.scored import Floats

FEWEST = 50                                  # buyers who came back
RELATED = 0.3                                # correlation of how often and how much above which the product is doubted
WEEK = 7.0


@dataclass(frozen=True)
class Bought:
    """One row per buyer and day with a purchase, by buyer, then day; what was bought that day is worth more than nothing."""

    buyer: NDArray[np.int64]
    day: NDArray[np.int64]
    amount: Floats

    def before(self, day: int) -> Bought:
        """Those before a day."""
        rows = np.flatnonzero(self.day < day)
        return Bought(self.buyer[rows], self.day[rows], self.amount[rows])


@dataclass(frozen=True)
class Check:
    """Foretold for the horizon that is just over, from what was known before it, and what came of those buyers."""

    purchases: float
    came: int
    money: float
    earned: float


@dataclass(frozen=True)
class Worth:
    """Of each buyer: whether it is still there, its purchases expected within the horizon, and their money."""

    buyer: NDArray[np.int64]
    alive: Floats
    purchases: Floats
    money: Floats
    days: int                                # of the horizon
    related: float                           # correlation of repeats and their mean value
    check: Check | None


def worth(found: Bought, today: int, horizon: int) -> Worth | str:
    """The worth, or why there is none."""
    now = _foretold(found.before(today), today, horizon)
    if isinstance(now, str):
        return now
    then = _foretold(found.before(today - horizon), today - horizon, horizon)
    check = None
    if not isinstance(then, str):
        later = (found.day >= today - horizon) & (found.day < today) & np.isin(found.buyer, then.buyer)
        check = Check(float(then.purchases.sum()), int(later.sum()), float(then.money.sum()), float(found.amount[later].sum()))
    return Worth(now.buyer, now.alive, now.purchases, now.money, horizon, now.related, check)


def _foretold(found: Bought, today: int, horizon: int) -> Worth | str:
    buyer, those, mean = buyers(found, today)
    back = those.repeats > 0
    if back.sum() < FEWEST:
        return f"{int(back.sum())} came back, and at least {FEWEST} are needed"
    rhythm, amounts = buying(those), spending(those.repeats[back], mean[back])
    purchases = rhythm.expected(those, horizon / WEEK)
    each = amounts.expected(those.repeats, np.where(back, mean, 0.0))
    if not (np.isfinite(purchases) & (purchases >= 0) & np.isfinite(each) & (each > 0)).all():
        return "these purchases don't come as BG/NBD and Gamma-Gamma suppose, as where everybody buys in one rhythm"
    varied = those.repeats[back].std() > 0 and mean[back].std() > 0
    related = float(np.corrcoef(those.repeats[back], mean[back])[0, 1]) if varied else 0.0
    return Worth(buyer, rhythm.alive(those), purchases, purchases * each, horizon, related, None)


def buyers(found: Bought, today: int) -> tuple[NDArray[np.int64], Buyers, Floats]:
    """The buyers, what BG/NBD asks of each, and the mean worth of its repeats (NaN without any).

    >>> some = Bought(np.array([3, 3, 3]), np.array([0, 7, 21]), np.array([5.0, 10.0, 20.0]))
    >>> who, those, mean = buyers(some, 28)
    >>> who.tolist(), those.repeats.tolist(), those.last.tolist(), those.age.tolist(), mean.tolist()
    ([3], [2.0], [3.0], [4.0], [15.0])
    """
    who, first, count = np.unique(found.buyer, return_index=True, return_counts=True)
    began, last = found.day[first], found.day[first + count - 1]
    repeats = (count - 1).astype(np.float64)
    total = np.bincount(np.searchsorted(who, found.buyer), weights=found.amount, minlength=len(who)) - found.amount[first]
    mean = np.divide(total, repeats, out=np.full(len(who), np.nan), where=repeats > 0)
    return who, Buyers(repeats, (last - began) / WEEK, (today - began) / WEEK), mean
