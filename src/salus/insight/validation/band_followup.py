"""What became of each band of one past date: the bands a horizon later, and how long entities stayed
without the outcome.

It is one date, so that each entity counts once: the intervals of Kaplan and Meier hold only for
independent entities.
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
HAD_OUTCOME, GONE = -2, -3  # where flows end besides a band: the outcome; no longer scored


@dataclass(frozen=True)
class BandFollowup:
    """Bands are positions, best first; -1: unknown. `flows` is empty where no later date is a whole
    horizon away.
    """

    day: int
    later: int | None  # the date that `flows` lead to
    days: int  # how long each entity was observed
    sizes: Mapping[int, int]
    waiting: Mapping[int, Survival]  # days without the outcome, for bands of 20 entities or more
    flows: Mapping[tuple[int, int], int]  # entities from a band to a band, HAD_OUTCOME or GONE

    @property
    def entities(self) -> int:
        """How many entities had a score on the day."""
        return sum(self.sizes.values())


def follow_bands(panel: Panel, horizon: int) -> BandFollowup | None:
    """For the last date with a year of facts after it, or else the first date; None without
    rows.
    """
    dates = np.unique(panel.day)
    if not len(dates):
        return None
    end = int(dates[-1]) + horizon  # until then everything was observed
    early = dates[dates <= end - YEAR]
    day = int(early[-1] if len(early) else dates[0])
    rows = panel.at(np.flatnonzero(panel.day == day))
    observed = _observed_until(panel, rows, dates, end)
    had_outcome, time = rows.when < observed, np.minimum(rows.when, observed) - day
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
    flows = {} if later is None else _flows(panel, rows, later)
    return BandFollowup(day, later, end - day, sizes, waiting, flows)


def _observed_until(
    panel: Panel, rows: Panel, dates: NDArray[np.int32], end: int
) -> NDArray[np.int64]:
    """The day until which each row was observed: the end, or the first date without its entity."""
    last = np.zeros(int(panel.entity.max()) + 1, dtype=np.int64)
    np.maximum.at(last, panel.entity, panel.day)
    place = np.searchsorted(dates, last[rows.entity], "right")
    return np.append(dates, end)[place].astype(np.int64)


def _flows(panel: Panel, rows: Panel, later: int) -> dict[tuple[int, int], int]:
    """How many entities went from each band to where they were on the later date."""
    then = panel.at(np.flatnonzero(panel.day == later))
    to = np.full(int(panel.entity.max()) + 1, GONE, dtype=np.int64)
    to[then.entity] = then.band
    ends = np.where(rows.when < later, HAD_OUTCOME, to[rows.entity])
    pairs, number = np.unique(
        np.column_stack([rows.band.astype(np.int64), ends]), axis=0, return_counts=True
    )
    return {(int(a), int(b)): int(n) for (a, b), n in zip(pairs, number, strict=True)}
