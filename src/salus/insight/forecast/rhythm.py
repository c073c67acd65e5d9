"""How regular purchases are.

The gaps of a buyer are assumed to be gamma distributed with shape k: 1 for purchases at random
(Poisson), large for a fixed rhythm. Divided by their sum they are Dirichlet distributed, whatever the
buyer's rate, so all buyers give information about the same k:

    E[Σ (gap ÷ sum of gaps)²] = (k + 1) ÷ (x k + 1)        x: the number of gaps
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

ENOUGH = 2  # gaps of a buyer that show whether they are equal


def regularity(buyer: NDArray[np.int64], day: NDArray[np.int64]) -> float:
    """1 − 1 ÷ k: 0 for purchases at random or in clusters, 1 for a fixed rhythm. Rows by buyer, then
    day.

    >>> regularity(np.zeros(9, dtype=np.int64), np.arange(0, 270, 30))
    1.0
    >>> regularity(np.zeros(3, dtype=np.int64), np.array([0, 1, 90]))
    0.0
    """
    same = buyer[1:] == buyer[:-1]
    whose, gap = buyer[1:][same], (day[1:] - day[:-1])[same].astype(np.float64)
    who, place = np.unique(whose, return_inverse=True)
    if not len(who):
        return 0.0
    number, total = np.bincount(place).astype(np.float64), np.bincount(place, weights=gap)
    squares = np.bincount(place, weights=gap**2)
    enough = number >= ENOUGH
    number, concentration = number[enough], float(np.sum(squares[enough] / total[enough] ** 2))

    def above(spread: float) -> float:
        """By how much gaps of the spread 1 ÷ k would be more concentrated than these gaps."""
        return float(np.sum((1 + spread) / (number + spread))) - concentration

    if not len(number) or above(1.0) <= 0:
        return 0.0
    return 1.0 if above(0.0) >= 0 else 1 - float(optimize.brentq(above, 0.0, 1.0))
