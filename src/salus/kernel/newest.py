"""The newest fact among those known, as a running maximum over dates (formula C)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.kernel.alive import Alive, Array

NOTHING = -(2**63 - 1)  # smaller than any value in millionths


def newest(facts: Alive, ranks: Array) -> NDArray[np.int64]:
    """The largest of `ranks` (by row of the partial) among the facts known at each date; NOTHING
    where there is none.

    `facts` must have neither a window nor an end: a fact that has become known stays known. If the
    newest of all facts has left a window, no other fact is inside it. So the caller compares only
    the newest one with the window.
    """
    best = np.full(facts.entities * (facts.dates + 1), NOTHING, dtype=np.int64)
    np.maximum.at(best, facts.cell_start, ranks[facts.rows].astype(np.int64))
    grid = best.reshape(facts.entities, facts.dates + 1)
    return np.maximum.accumulate(grid, axis=1)[:, :-1]
