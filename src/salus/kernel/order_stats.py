"""Medians, gaps between active days, and decaying sums: one pass over the facts alive per date
(formula E).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from salus.kernel.alive import Alive, Array

Floats = NDArray[np.float64]


def _by_date(facts: Alive, order: Array) -> Iterator[tuple[int, Array]]:
    start, stop = facts.start[order].astype(np.int16), facts.stop[order].astype(np.int16)
    for date in range(facts.dates):
        yield date, order[(start <= date) & (stop > date)]


def median(facts: Alive, values: Array) -> Floats:
    """The median of `values` (whole numbers by row) alive, which is the mean of the two middle
    ones; NaN where there is none.
    """
    amounts = values[facts.rows]
    order = np.lexsort((amounts, facts.entity))
    result = np.full((facts.entities, facts.dates), np.nan)
    for date, alive in _by_date(facts, order):
        result[:, date] = _middle(facts.entity[alive], amounts[alive], facts.entities)
    return result


def _middle(entity: Array, amounts: Array, entities: int) -> Floats:
    """The median of each entity's run of rows; `amounts` rise within an entity."""
    counts = np.bincount(entity, minlength=entities)
    first = np.cumsum(counts) - counts
    some = counts > 0
    low = amounts[(first + (counts - 1) // 2)[some]]
    high = amounts[(first + counts // 2)[some]]
    result = np.full(entities, np.nan)
    result[some] = (low.astype(np.float64) + high.astype(np.float64)) / 2
    return result


def median_gaps(facts: Alive, days: Array, running: Array) -> tuple[Floats, NDArray[np.int64]]:
    """The median gap between neighbouring different `days` (by row), measured on `running`, and the
    number of gaps.

    `running` is the day itself, or the number of working days before it.
    """
    on, at = days[facts.rows], running[facts.rows]
    order = np.lexsort((on, facts.entity))
    result = np.full((facts.entities, facts.dates), np.nan)
    number = np.zeros((facts.entities, facts.dates), dtype=np.int64)
    for date, alive in _by_date(facts, order):
        entity, day, position = facts.entity[alive], on[alive], at[alive]
        new = (entity[1:] == entity[:-1]) & (day[1:] != day[:-1])
        owner, gap = entity[1:][new], (position[1:] - position[:-1])[new]
        sorted_ = np.lexsort((gap, owner))
        result[:, date] = _middle(owner[sorted_], gap[sorted_], facts.entities)
        number[:, date] = np.bincount(owner, minlength=facts.entities)
    return result, number


Amounts = Callable[[int, Array], Array]  # by date (grid index) and rows of the partial


def decayed_sum(
    facts: Alive, amounts: Array | Amounts, begun: Array, days: Array, half_life: float
) -> Floats:
    """The sum of `amounts` (whole numbers by row, or by date and row), each halved every
    `half_life` days of its age.

    Rows are added in the order of the partial, which is fixed, so that the last bits don't depend
    on other dates.
    """
    result = np.zeros((facts.entities, facts.dates))
    day = begun[facts.rows].astype(np.float64)
    for date, alive in _by_date(facts, np.arange(len(facts.rows))):
        rows = facts.rows[alive]
        value = amounts(date, rows) if callable(amounts) else amounts[rows]
        weight = np.exp2((day[alive] - float(days[date])) / half_life)
        result[:, date] = np.bincount(
            facts.entity[alive], weights=value.astype(np.float64) * weight, minlength=facts.entities
        )
    return result
