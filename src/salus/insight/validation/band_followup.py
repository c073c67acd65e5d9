"""Everybody who stood on one past date, by band: where they stood a horizon later, and how long
they went without the outcome.

One date, so that each entity counts once: the intervals of Kaplan and Meier hold for independent
entities only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.statistics.rates import FEWEST
from salus.insight.statistics.survival import Survival, survival
from salus.insight.validation.panel import Panel

YEAR = 365
CAME, GONE = -2, -3  # where flows end, besides a band: the outcome came; no longer looked at


@dataclass(frozen=True)
class Cohort:
    """Bands are positions, best first; -1: unknown. `flows` is empty where no later date is a whole
    horizon away.
    """

    day: int
    later: int | None  # the date that `flows` lead to
    days: int  # how long everybody was looked at
    sizes: Mapping[int, int]
    waiting: Mapping[int, Survival]  # days without the outcome; of bands with 20 entities or more
    flows: Mapping[tuple[int, int], int]  # from a band to a band, CAME or GONE: entities

    @property
    def entities(self) -> int:
        return sum(self.sizes.values())


def cohort(panel: Panel, horizon: int) -> Cohort | None:
    """Of the last date with a year after it, else of the first date; None without any row."""
    dates = np.unique(panel.day)
    if not len(dates):
        return None
    end = int(dates[-1]) + horizon  # until there everything was seen
    early = dates[dates <= end - YEAR]
    day = int(early[-1] if len(early) else dates[0])
    rows = panel.at(np.flatnonzero(panel.day == day))
    seen = _seen(panel, rows, dates, end)
    had_outcome, time = rows.when < seen, np.minimum(rows.when, seen) - day
    waiting = {
        int(band): survival(
            time[rows.band == band].astype(np.float64), had_outcome[rows.band == band]
        )
        for band in np.unique(rows.band)
        if np.sum(rows.band == band) >= FEWEST
    }
    sizes = {int(band): int(np.sum(rows.band == band)) for band in np.unique(rows.band)}
    after = dates[dates >= day + horizon]
    later = int(after[0]) if len(after) else None
    return Cohort(
        day, later, end - day, sizes, waiting, {} if later is None else _flows(panel, rows, later)
    )


def _seen(panel: Panel, rows: Panel, dates: NDArray[np.int32], end: int) -> NDArray[np.int64]:
    """Until when each was looked at: to the end, or to the first date without it."""
    last = np.zeros(int(panel.entity.max()) + 1, dtype=np.int64)
    np.maximum.at(last, panel.entity, panel.day)
    place = np.searchsorted(dates, last[rows.entity], "right")
    return np.append(dates, end)[place].astype(np.int64)


def _flows(panel: Panel, rows: Panel, later: int) -> dict[tuple[int, int], int]:
    then = panel.at(np.flatnonzero(panel.day == later))
    to = np.full(int(panel.entity.max()) + 1, GONE, dtype=np.int64)
    to[then.entity] = then.band
    ends = np.where(rows.when < later, CAME, to[rows.entity])
    pairs, number = np.unique(
        np.column_stack([rows.band.astype(np.int64), ends]), axis=0, return_counts=True
    )
    return {(int(a), int(b)): int(n) for (a, b), n in zip(pairs, number, strict=True)}
