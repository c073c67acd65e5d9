"""The dead zone: the band changes only when the score is some points past a limit. So a band
doesn't flicker.

A score is clear if it is outside the zones around all limits; then its band is the plain band.
Inside a zone the band of the day before stays, if it is one of the two bands beside the limit. So
the band of a date depends on the scores since the last clear day, at most a year back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.model.curve import Percentile
from salus.model.model import Model
from salus.periods.grid import Days
from salus.scoring.scored import Floats

Bands = NDArray[np.int8]
NO_BAND = -1  # no band before: the plain band counts
NEVER = -(2**30)  # a day number before all others


@dataclass(frozen=True)
class DeadZone:
    """The zones around the limits between bands. Scores are compared to nine decimals."""

    limits: tuple[float, ...]  # the highest first
    points: float  # on either side of a limit

    @classmethod
    def of(cls, model: Model) -> DeadZone:
        """The dead zone of a model. Without one it is 0 points wide."""
        limits = [limit for _, limit in model.bands[:-1]]
        return cls(
            tuple(limit for limit in limits if not isinstance(limit, Percentile)), model.dead_zone
        )

    def highest(self, score: Floats) -> Bands:
        """The best band whose zone the score reaches. For a clear score this is its band."""
        return self._counted(score, -self.points, above=True)

    def lowest(self, score: Floats) -> Bands:
        """The best band whose zone is below the score. For a clear score this is its band."""
        return self._counted(score, self.points, above=False)

    def plain(self, score: Floats) -> Bands:
        """The band by the limits alone."""
        return self._counted(score, 0.0, above=False)

    def _counted(self, score: Floats, shift: float, *, above: bool) -> Bands:
        rounded, bands = np.round(score, 9), np.zeros(score.shape, dtype=np.int8)
        for limit in self.limits:
            edge = round(limit + shift, 9)
            bands += (rounded <= edge) if above else (rounded < edge)
        return bands

    def clear(self, score: Floats) -> NDArray[np.bool_]:
        """Which scores exist and are outside every zone.

        >>> DeadZone((75.0, 50.0), 3.0).clear(np.array([78.0, 77.9, 72.0, 51.0, np.nan]))
        array([ True, False,  True, False, False])
        """
        return np.asarray((self.highest(score) == self.lowest(score)) & ~np.isnan(score))

    def step(self, before: Bands, score: Floats) -> Bands:
        """The band of a day from the band of the day before. A day without a score keeps that band.

        >>> DeadZone((75.0, 50.0), 3.0).step(np.array([0, 1, 1, 1, -1], np.int8), np.array([73.0, 77.0, 78.0, np.nan, 77.0]))
        array([0, 1, 0, 1, 0], dtype=int8)
        """
        held = np.clip(before, self.highest(score), self.lowest(score))
        bands = np.where(before == NO_BAND, self.plain(score), held)
        return np.where(np.isnan(score), before, bands).astype(np.int8)


def bands_before(zone: DeadZone, scores: Floats, days: Days) -> tuple[Bands, Days]:
    """For each entity and day: the band before that day, and the last clear day before it (NEVER if
    there is none).

    `scores` has one row per entity and one column per day. After a gap between days the band before
    it isn't known.
    """
    bands = np.full(scores.shape, NO_BAND, dtype=np.int8)
    since = np.full(scores.shape, NEVER, dtype=np.int32)
    clear = zone.clear(scores)
    for column in range(1, len(days)):
        if days[column] == days[column - 1] + 1:
            bands[:, column] = zone.step(bands[:, column - 1], scores[:, column - 1])
            since[:, column] = np.where(
                clear[:, column - 1], days[column - 1], since[:, column - 1]
            )
    return bands, since


def bands_from_first_score(
    zone: DeadZone,
    scores: Floats,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    back: int,
) -> tuple[Bands, Days]:
    """The band before each of these cells (row, column), from the scores of the `back` days before
    it, and how many days before it the first of them was (0: there is none). That first score has
    its plain band.
    """
    bands = np.full(len(rows), NO_BAND, dtype=np.int8)
    first = np.zeros(len(rows), dtype=np.int32)
    for step in range(back, 0, -1):
        day = scores[rows, columns - step]
        bands = zone.step(bands, day)
        first[(first == 0) & ~np.isnan(day)] = step
    return bands, first


@dataclass(frozen=True)
class BandState:
    """The band after a day, by entity, and the day since which scores settle it: the last clear day,
    or the first score of the year before. NEVER: it isn't known.
    """

    band: Bands
    since: Days

    def at(self, rows: NDArray[np.integer]) -> BandState:
        """These rows, in this order."""
        return BandState(self.band[rows], self.since[rows])

    def after(self, zone: DeadZone, score: Floats, day: int) -> BandState:
        """The state after the scores of the next day."""
        since = np.where(zone.clear(score), np.int32(day), self.since)
        return BandState(zone.step(self.band, score), since.astype(np.int32))
