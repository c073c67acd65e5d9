"""The dead zone: a band changes only when the score is that far past the limit, so that it doesn't
flicker.

A score is clear when no limit between two bands is nearer than the zone; then its band is the plain
one. Within a zone the band of the day before stays if it is one of the two beside the limit. So the
band of a date follows from the scores since the last clear day, at most a year back.
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
NOBODY = -1  # no band: nothing to go by
NEVER = -(2**30)  # a day before all others


@dataclass(frozen=True)
class DeadZone:
    """The limits between bands, best first, and the points on either side of each; to nine
    decimals, as bands are.
    """

    limits: tuple[float, ...]
    points: float

    @classmethod
    def of(cls, model: Model) -> DeadZone:
        """The dead zone of a model; of one without it, no points wide."""
        limits = [limit for _, limit in model.bands[:-1]]
        return cls(
            tuple(limit for limit in limits if not isinstance(limit, Percentile)), model.dead_zone
        )

    def highest(self, score: Floats) -> Bands:
        """The best band whose zone the score reaches; where it is clear, its band."""
        return self._counted(score, -self.points, above=True)

    def lowest(self, score: Floats) -> Bands:
        """The best band of which the score is past the zone; where it is clear, its band."""
        return self._counted(score, self.points, above=False)

    def plain(self, score: Floats) -> Bands:
        """The band without a zone."""
        return self._counted(score, 0.0, above=False)

    def _counted(self, score: Floats, shift: float, *, above: bool) -> Bands:
        rounded, found = np.round(score, 9), np.zeros(score.shape, dtype=np.int8)
        for limit in self.limits:
            edge = round(limit + shift, 9)
            found += (rounded <= edge) if above else (rounded < edge)
        return found

    def clear(self, score: Floats) -> NDArray[np.bool_]:
        """Where there is a score and it is clear of every limit.

        >>> Zone((75.0, 50.0), 3.0).clear(np.array([78.0, 77.9, 72.0, 51.0, np.nan]))
        array([ True, False,  True, False, False])
        """
        return np.asarray((self.highest(score) == self.lowest(score)) & ~np.isnan(score))

    def step(self, before: Bands, score: Floats) -> Bands:
        """The band of a day from that of the day before; days without a score are passed over.

        >>> Zone((75.0, 50.0), 3.0).step(np.array([0, 1, 1, 1, -1], np.int8), np.array([73.0, 77.0, 78.0, np.nan, 77.0]))
        array([0, 1, 0, 1, 0], dtype=int8)
        """
        held = np.clip(before, self.highest(score), self.lowest(score))
        found = np.where(before == NOBODY, self.plain(score), held)
        return np.where(np.isnan(score), before, found).astype(np.int8)


def before_each(zone: DeadZone, scores: Floats, days: Days) -> tuple[Bands, Days]:
    """By entity and day: the band of the days before it, and the last of them that was clear
    (NEVER: none).

    `scores` have one row an entity and one column a day; what lies before a gap between days isn't
    known after it.
    """
    bands = np.full(scores.shape, NOBODY, dtype=np.int8)
    since = np.full(scores.shape, NEVER, dtype=np.int32)
    clear = zone.clear(scores)
    for column in range(1, len(days)):
        if days[column] == days[column - 1] + 1:
            bands[:, column] = zone.step(bands[:, column - 1], scores[:, column - 1])
            since[:, column] = np.where(
                clear[:, column - 1], days[column - 1], since[:, column - 1]
            )
    return bands, since


def from_the_first(
    zone: DeadZone,
    scores: Floats,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    back: int,
) -> Bands:
    """The band before these cells, from the first score of the `back` days before each, which
    begins in its plain band.
    """
    bands = np.full(len(rows), NOBODY, dtype=np.int8)
    for step in range(back, 0, -1):
        bands = zone.step(bands, scores[rows, columns - step])
    return bands
