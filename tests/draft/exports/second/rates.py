"""Prices and made-up exchange rates."""

from __future__ import annotations

import datetime as dt
from random import Random

from tests.draft.exports.second.days import END, add_months
from tests.draft.exports.second.table import ExportTable

FIRST = dt.date(2024, 12, 1)
GBP_PER_SEAT = {"starter": 14, "business": 26, "network": 41, "customs": 4}  # a month
ROUND = {"GBP": 1, "SEK": 13.2, "USD": 1.27}


class ExchangeRates:
    """Pounds for one unit of a currency, by month."""

    def __init__(self, random: Random) -> None:
        self.pounds: dict[tuple[str, dt.date], float] = {}
        usd, month = 0.79, FIRST
        while month <= END:
            usd = min(0.84, max(0.73, usd + random.gauss(-0.001, 0.008)))
            self.pounds["USD", month] = round(usd, 5)
            self.pounds["SEK", month] = round(0.0755 + random.uniform(-0.0015, 0.0015), 5)
            month = add_months(month, 1)

    def at(self, currency: str, day: dt.date) -> float:
        """The rate of the day's month."""
        return 1.0 if currency == "GBP" else self.pounds[currency, max(day.replace(day=1), FIRST)]

    def table(self) -> ExportTable:
        """The finance team's list: multiply an amount by the rate."""
        table = ExportTable("fx_rates", ("month", "from_currency", "to_currency", "rate"))
        for (currency, month), rate in sorted(self.pounds.items(), key=lambda item: item[0][::-1]):
            table.add((month, currency, "GBP", f"{rate:.5f}"))
        return table


def price(plan: str, currency: str, months: int) -> float:
    """The price of a seat for the months of a period; a year costs ten months."""
    monthly = round(GBP_PER_SEAT[plan] * ROUND[currency])
    return float(monthly * (10 if months == 12 else months))
