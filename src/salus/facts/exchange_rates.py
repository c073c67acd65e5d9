"""Exchange rates over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.facts.sql.columns import CURRENCY, DAY, RATE
from salus.model.contracts import ContractValue
from salus.periods.grid import Days

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RateHistory:
    """The rates of one currency, by day."""

    day: Days
    rate: Floats

    def before(self, day: Days) -> Floats:
        """The last rate from before each day; NaN where there is none."""
        place = np.searchsorted(self.day, day)
        return np.append(np.nan, self.rate)[place]


@dataclass(frozen=True)
class ExchangeRates:
    """How many units of each currency are 1 unit of `base`. Values are in the currency `target`."""

    target: str
    base: str
    history: Mapping[str, RateHistory] = field(default_factory=dict)

    def factors(self, currency: str, day: Days) -> Floats:
        """What 1 unit of the currency is in the target, by the last rates from before each day; NaN
        where there are none.

        >>> rates = ExchangeRates("EUR", "EUR", {"DKK": RateHistory(np.array([5]), np.array([8.0]))})
        >>> rates.factors("DKK", np.array([5, 6])), rates.factors("EUR", np.array([1]))
        (array([  nan, 0.125]), array([1.]))
        """
        if currency == self.target:
            return np.ones(len(day))
        return self._units(self.target, day) / self._units(currency, day)

    def newest(self, currency: str, day: int) -> int | None:
        """The day of the oldest rate that converts the currency on a day; None if it needs none."""
        if currency == self.target:
            return None
        days = [
            known.day[place - 1]
            for code in (currency, self.target)
            if code != self.base and (known := self.history.get(code)) is not None
            if (place := int(np.searchsorted(known.day, day)))
        ]
        return min(map(int, days), default=None)

    def _units(self, currency: str, day: Days) -> Floats:
        if currency == self.base:
            return np.ones(len(day))
        known = self.history.get(currency)
        return np.full(len(day), np.nan) if known is None else known.before(day)


def build_rates(value: ContractValue, rows: pa.Table | None) -> ExchangeRates:
    """The rates in the rows of `select_rates`. Rates that aren't above 0 don't count; of several for
    one day the largest does.
    """
    target = value.target or ""
    if value.rates is None or rows is None:
        return ExchangeRates(target, target)
    currency, day, rate = _columns(rows)
    order = np.lexsort((rate, day))
    history = {
        word: RateHistory(day[own], rate[own])
        for word in dict.fromkeys(currency)
        if (own := order[currency[order] == word]).size
    }
    return ExchangeRates(target, value.rates.per, history)


def _columns(rows: pa.Table) -> tuple[NDArray[Any], Days, Floats]:
    rates = rows[RATE].cast(pa.float64())
    valid = pc.and_(pc.is_finite(rates), pc.greater(rates, 0.0))
    for name in (CURRENCY, DAY):
        valid = pc.and_(valid, pc.is_valid(rows[name]))
    rows = rows.filter(pc.fill_null(valid, False))
    days: Days = rows[DAY].cast(pa.date32()).cast(pa.int32()).to_numpy()
    rate: Floats = rows[RATE].cast(pa.float64()).to_numpy()
    return np.array(normalise_codes(rows[CURRENCY]), dtype=object), days, rate


def normalise_codes(column: pa.ChunkedArray) -> list[str]:
    """Currency codes as capitals without blanks around them; '' where there is none.

    >>> normalise_codes(pa.chunked_array([[" eur", None]]))
    ['EUR', '']
    """
    return ["" if code is None else str(code).strip().upper() for code in column.to_pylist()]
