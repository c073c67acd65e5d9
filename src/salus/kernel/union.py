"""Distinct keys among the facts alive: the union of each key's intervals (formula B)."""

from __future__ import annotations

import numpy as np

from salus.kernel.alive import Alive, Array
from salus.kernel.total import Totals, total


def union(facts: Alive, *keys: Array) -> Totals:
    """Number of different `keys` (by row of the partial) with a fact alive, per entity and date.

    Rows of one key are put in the order of their start; each adds only the part of its interval that no row before
    it covers: from the furthest stop so far.
    """
    if not len(facts.rows):
        return total(facts)
    parts = [key[facts.rows] for key in keys]
    order = np.lexsort((facts.start, *reversed(parts), facts.entity))
    new = np.zeros(len(order), dtype=np.int64)
    for part in (facts.entity, *parts):
        new[1:] |= part[order][1:] != part[order][:-1]
    group = np.cumsum(new)
    width = facts.dates + 1
    furthest = np.maximum.accumulate(group * width + facts.stop[order]) - group * width
    start = facts.start[order].copy()
    start[1:] = np.where(new[1:] == 0, np.maximum(start[1:], furthest[:-1]), start[1:])
    keep = facts.stop[order] > start
    rows = order[keep]
    left = Alive(facts.rows[rows], facts.entity[rows], start[keep], facts.stop[rows], facts.entities, facts.dates)
    return total(left)
