"""The minimum or maximum among the facts alive over any intervals: a sparse table used backwards
(formula D).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.kernel.alive import Alive, Array
from salus.kernel.newest import NOTHING


def largest(facts: Alive, values: Array) -> NDArray[np.int64]:
    """The largest of `values` (whole numbers by row of the partial) alive, per entity and date;
    NOTHING where there is none.

    An interval of length L is covered by two overlapping blocks of 2^K, K = floor(log2 L). Blocks
    are then halved step by step.
    """
    grid = np.full((facts.entities, facts.dates + 1), NOTHING, dtype=np.int64)
    if not len(facts.rows):
        return grid[:, :-1]
    length = facts.stop - facts.start
    power = np.floor(np.log2(length)).astype(np.int64)
    power -= (np.int64(1) << power) > length
    amounts = values[facts.rows].astype(np.int64)
    for k in range(int(power.max()), -1, -1):
        here = np.flatnonzero(power == k)
        for column in (facts.start[here], facts.stop[here] - (1 << k)):
            np.maximum.at(grid, (facts.entity[here], column), amounts[here])
        if k > 0:
            half = 1 << (k - 1)
            halved = grid.copy()
            np.maximum(halved[:, half:], grid[:, :-half], out=halved[:, half:])
            grid = halved
    return grid[:, :-1]


def smallest(facts: Alive, values: Array) -> NDArray[np.int64]:
    """The same for the smallest value; -NOTHING where there is none."""
    return -largest(facts, -values.astype(np.int64))
