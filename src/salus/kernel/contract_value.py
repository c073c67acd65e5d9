"""The value of contracts by date: the sum of the amounts that run, per year and in one currency."""

from __future__ import annotations

import numpy as np

from salus.facts.contract_amounts import MICROS
from salus.facts.contract_values import ContractValues
from salus.kernel.alive import FactDays, find_alive
from salus.kernel.sums import sum_alive
from salus.kernel.values import NO_FACTS, MeasureValues
from salus.periods.grid import Grid


def values_by_date(values: ContractValues, grid: Grid, entities: int) -> MeasureValues:
    """The value of each entity on each date, at the last rates from before the date. Missing where
    no contract with an amount runs, or where a rate isn't known.
    """
    total = np.zeros((entities, len(grid)))
    known = np.zeros(total.shape, dtype=np.bool_)
    for currency, rows in values.by_currency():
        first, last = values.first[rows], values.last[rows]
        days = FactDays(values.rows.entity[rows], first, first, last)
        alive = find_alive(days, grid, entities)
        has = sum_alive(alive) > 0
        sums = sum_alive(alive, values.rows["amount"][rows])
        factors = values.rates.factors(currency, grid.days)
        total += np.where(has, sums / MICROS * factors, 0.0)
        known |= has
    return MeasureValues.of(np.where(known, total, np.nan), NO_FACTS)
