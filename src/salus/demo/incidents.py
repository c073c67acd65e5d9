"""Draws what affects all accounts: outages of the product, a price rise, slow support, and days
without events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.demo.draw import make_generator
from salus.demo.season import Floats, Ints, Season

FEED_DAYS = 9


@dataclass(frozen=True)
class Incidents:
    """The incidents. Weeks are counted from 0 at the start of the season."""

    outage_weeks: Ints
    price_week: int
    support_load: Floats  # per week, log of how slow support is
    feed_lost: tuple[int, int]  # first and last day without events


def draw_incidents(season: Season, seed: int) -> Incidents:
    """Draw the incidents of a season. They are the same for every part of the company."""
    rng = make_generator(seed, 0, "incidents")
    weeks = season.weeks
    outages = np.sort(rng.choice(weeks, size=max(1, round(weeks / 35)), replace=False))
    load = np.convolve(rng.normal(0, 0.6, weeks + 7), np.ones(8) / 8, "valid")
    lost = season.first + int(7 * weeks * rng.uniform(0.55, 0.7))
    return Incidents(
        outages, int(weeks * rng.uniform(0.35, 0.5)), load, (lost, lost + FEED_DAYS - 1)
    )
