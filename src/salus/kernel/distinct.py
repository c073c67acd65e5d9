"""Distinct keys among the facts alive: the union of each key's intervals (formula B)."""

from __future__ import annotations

import numpy as np

from salus.facts.partials.row_order import order_by, pack_columns
from salus.kernel.alive import Alive, Array
from salus.kernel.sums import Totals, sum_alive


def count_distinct(facts: Alive, *keys: Array) -> Totals:
    """The number of different `keys` (by row of the partial) with a fact alive, per entity and
    date.

    The rows of one key are put in the order of their start. Each adds only the part of its interval
    that no earlier row covers, which begins at the largest stop so far.
    """
    if not len(facts.rows):
        return sum_alive(facts)
    parts = pack_columns([facts.entity, *(key[facts.rows] for key in keys)])
    if facts.dates == 1:
        return np.bincount(facts.entity[_first_of_each(parts)], minlength=facts.entities).astype(
            np.int64
        )[:, None]
    order = order_by([*parts, facts.start])
    new = _new([part[order] for part in parts])
    group = np.cumsum(new)
    width = facts.dates + 1
    furthest = np.maximum.accumulate(group * width + facts.stop[order]) - group * width
    start = facts.start[order]
    start[1:] = np.where(new[1:], start[1:], np.maximum(start[1:], furthest[:-1]))
    adds = facts.stop[order] > start
    rows = order[adds]
    left = Alive(
        rows=facts.rows[rows],
        entity=facts.entity[rows],
        start=start[adds],
        stop=facts.stop[rows],
        entities=facts.entities,
        dates=facts.dates,
    )
    return sum_alive(left)


def _first_of_each(parts: list[Array]) -> Array:
    """One row of each group of equal rows: on a single date there are no intervals to join."""
    if len(parts) == 1 and bool(np.all(parts[0][1:] >= parts[0][:-1])):
        return np.flatnonzero(_new(parts))  # already in order, as the rows of one file are
    order = order_by(parts)
    return order[_new([part[order] for part in parts])]


def _new(parts: list[Array]) -> Array:
    """Whether each sorted row differs from the row before."""
    new = np.zeros(len(parts[0]), dtype=bool)
    new[0] = True
    for part in parts:
        new[1:] |= part[1:] != part[:-1]
    return new
