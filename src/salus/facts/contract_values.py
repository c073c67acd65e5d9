"""What the contracts of each entity are worth per year, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.facts.contract_amounts import MICROS
from salus.facts.exchange_rates import ExchangeRates, Floats
from salus.facts.partials.partial import Partial
from salus.facts.spells import find_value_days
from salus.periods.grid import Days


@dataclass(frozen=True)
class ContractValues:
    """The amounts of contracts, and the days between which each counts: first < D <= last."""

    rows: Partial
    first: Days
    last: Days
    rates: ExchangeRates

    @classmethod
    def of(cls, contracts: Partial, gap: int, rates: ExchangeRates) -> ContractValues:
        """The values of contracts with pauses of fewer than `gap` days."""
        return cls(contracts, *find_value_days(contracts, gap), rates)

    def by_currency(self) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Each currency, and the positions of its rows with an amount."""
        for code, currency in enumerate(self.rows.words or ()):
            own = np.flatnonzero((self.rows["currency"] == code) & self.rows["present"])
            if own.size:
                yield currency, own

    def on(self, day: int | Days, entities: int, rates: int) -> Floats:
        """The value of each entity on a day, or on a day for each entity, at the rates of the day
        `rates`; NaN where none is known. During a pause it is that of the contracts that ended last.
        """
        entity = self.rows.entity
        days = np.broadcast_to(day, entities)[entity]
        runs = (self.first < days) & (days <= self.last)
        over = (self.last < days) & (self.first < self.last)
        latest = np.full(entities, np.iinfo(np.int32).min, dtype=np.int64)
        np.maximum.at(latest, entity[over], self.last[over])
        idle = np.bincount(entity[runs], minlength=entities)[entity] == 0
        runs |= idle & over & (self.last == latest[entity])
        values, known = np.zeros(entities), np.zeros(entities, dtype=np.bool_)
        for currency, rows in self.by_currency():
            own = rows[runs[rows]]
            sums = np.zeros(entities, dtype=np.int64)
            np.add.at(sums, entity[own], self.rows["amount"][own])
            has = np.bincount(entity[own], minlength=entities) > 0
            factor = self.rates.factors(currency, np.array([rates]))[0]
            values += np.where(has, sums / MICROS * factor, 0.0)
            known |= has
        return np.where(known, values, np.nan)
