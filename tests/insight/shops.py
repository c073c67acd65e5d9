"""Made-up shops: buyers with known rates, regular or at random, some of whom leave; and the
purchases to expect from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from salus.insight.forecast.purchase_value import PurchaseDays

YEAR = 365


@dataclass(frozen=True)
class Shop:
    """Buyers with gaps of `gap` days times their own factor; after each purchase one leaves with a
    chance of its own.
    """

    buyers: int = 100
    gap: float = 30.0
    days: int = 2 * YEAR
    regular: bool = True
    jitter: float = 3.0  # days around a regular gap
    factors: tuple[float, ...] = (1.0,)  # of the gaps, drawn for each buyer
    leaving: tuple[float, float] | None = None  # beta distribution; never before the first repeat
    season: int = YEAR  # days of a year in which anything is bought
    joining: int = 30  # days within which the buyers come

    def drawn(self, seed: int) -> tuple[PurchaseDays, float]:
        """Purchases up to `days`, and those to be expected in the year after, given rates and who
        is still there.
        """
        draw = np.random.default_rng(seed)
        rows: list[tuple[int, int, float]] = []
        expected = 0.0
        for buyer in range(self.buyers):
            gap, chance = (
                self.gap * draw.choice(self.factors),
                draw.beta(*self.leaving) if self.leaving else 0.0,
            )
            amount, active = draw.gamma(8.0, 2.0), True
            for number, day in enumerate(self._days(draw, gap)):
                rows.append((buyer, day, amount * draw.gamma(20.0, 1 / 20)))
                if number and draw.random() < chance:
                    active = False
                    break
            if active:
                rate = self.season / YEAR / gap
                expected += (1 - np.exp(-rate * chance * YEAR)) / chance if chance else rate * YEAR
        columns = zip(*sorted({row[:2]: row for row in rows}.values()), strict=True)
        return PurchaseDays(*(np.array(column) for column in columns)), expected

    def _days(self, draw: np.random.Generator, gap: float) -> Iterator[int]:
        day = float(draw.uniform(0, self.joining))
        while day < self.days:
            if day % YEAR < self.season:
                yield int(day)
            day += max(
                gap + draw.uniform(-self.jitter, self.jitter)
                if self.regular
                else draw.exponential(gap),
                1.0,
            )


MIXED = (0.25, 1.0, 3.0)
STAYING = {
    "one rhythm to the day": Shop(jitter=0.0),
    "monthly": Shop(),
    "weekly for four years": Shop(gap=7, days=4 * YEAR),
    "four times a year": Shop(gap=91, jitter=9),
    "nearly regular": Shop(jitter=14),
    "two hundred of three rhythms": Shop(buyers=200, factors=(28 / 30, 1.0, 31 / 30), jitter=0.0),
    "weekly to yearly": Shop(factors=MIXED),
    "at random": Shop(regular=False),
    "at random and seldom": Shop(buyers=400, gap=120, regular=False),
    "at random, of different rates": Shop(buyers=200, regular=False, factors=MIXED),
    "few": Shop(buyers=60),
    "new ones all the time": Shop(buyers=400, regular=False, joining=600),
}
LAPSING = {
    "some leave": Shop(buyers=500, regular=False, leaving=(1.0, 12.0)),
    "most leave": Shop(buyers=800, regular=False, leaving=(1.0, 4.0), joining=400),
    "different rates, some leave": Shop(
        buyers=800, regular=False, factors=MIXED, leaving=(0.8, 8.0)
    ),
}
