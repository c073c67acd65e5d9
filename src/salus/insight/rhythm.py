"""How regular purchases are, and what that says of the time since the last one.

Gaps of a buyer taken for gamma distributed with shape k: 1 for purchases at random (Poisson), large for a fixed rhythm. Divided
by their sum they are Dirichlet distributed whatever the buyer's rate, so all buyers tell of the same k:

    E[Σ (gap ÷ sum of gaps)²] = (k + 1) ÷ (x k + 1)        x: the number of gaps

From a purchase on, a time T holds T ÷ gap − (1 − 1 ÷ k) ÷ 2 purchases in the mean (the elementary renewal theorem's second
term, Smith 1954): of a fixed rhythm half a gap is always underway, of random purchases none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

ENOUGH = 2                                   # gaps of a buyer, from which on they say whether they are alike


def underway(buyer: NDArray[np.int64], day: NDArray[np.int64]) -> float:
    """The part of a gap that has gone by since the last purchase and no purchase counts: 0 at random, 0.5 of a fixed rhythm.

    Rows by buyer, then day. Purchases in clusters count as at random: what is underway between two of them isn't known.

    >>> underway(np.zeros(9, dtype=np.int64), np.arange(0, 270, 30))
    0.5
    >>> underway(np.zeros(3, dtype=np.int64), np.array([0, 1, 90]))
    0.0
    """
    same = buyer[1:] == buyer[:-1]
    whose, gap = buyer[1:][same], (day[1:] - day[:-1])[same].astype(np.float64)
    who, place = np.unique(whose, return_inverse=True)
    if not len(who):
        return 0.0
    number, total = np.bincount(place).astype(np.float64), np.bincount(place, weights=gap)
    squares = np.bincount(place, weights=gap ** 2)
    some = number >= ENOUGH
    number, concentration = number[some], float(np.sum(squares[some] / total[some] ** 2))

    def above(spread: float) -> float:
        """By how much gaps of this spread, 1 ÷ k, would be more concentrated than these."""
        return float(np.sum((1 + spread) / (number + spread))) - concentration
    if not len(number) or above(1.0) <= 0:
        return 0.0
    return 0.5 if above(0.0) >= 0 else (1 - float(optimize.brentq(above, 0.0, 1.0))) / 2
