"""Scored cells: the scores, and everything that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.model.model import UNKNOWN, Model

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """One score of each cell before guard, smoothing and caps, and what each measure adds.

    All arrays have one value per cell. NaN: too little is known for this score or dimension.
    """

    score: Floats
    coverage: Floats  # share of the weights whose measures have a value, 0 to 1
    dimensions: Mapping[str, Floats]  # the score of each dimension
    shares: Mapping[str, Floats]  # the weight of each dimension in the score; 0: it took no part
    weights: Mapping[str, Floats]  # of each measure in the score; they sum to 1
    contributions: Mapping[str, Floats]  # weight times points; 0: the measure took no part
    # what the last values of missing measures add; the sum is never above 0
    held: Mapping[str, Floats]

    @property
    def guarded(self) -> Floats:
        """The score with the effects in `held`."""
        result = self.score
        for effect in self.held.values():
            result = result + effect
        return result


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Cells with their scores; all arrays have one value per cell."""

    model: Model
    cells: Cells
    points: Mapping[str, Floats]  # of each measure; NaN: it took no part
    reason: Mapping[str, NDArray[np.uint8]]  # why a measure is missing (kernel.values.REASONS)
    main: Weighing
    further: Mapping[str, Weighing]  # of each further score of the model
    score: Floats  # after guard, smoothing and caps
    band: NDArray[np.int8]  # position in the model's bands; -1: unknown
    cap: NDArray[np.int8]  # position of the cap that has an effect; -1: none
    cap_effect: Floats  # what the cap takes from the score
    smoothing: Floats  # what the days before add; 0 if the model doesn't smooth
    further_band: Mapping[str, NDArray[np.int8]]  # positions in the bands of the further scores

    def band_name(self, position: int) -> str:
        """The name of a band by its position."""
        return UNKNOWN if position < 0 else self.model.bands[position][0]

    def __len__(self) -> int:
        return len(self.cells)

    def points_reached(self, name: str, rank: float) -> float:
        """The points of a measure that `rank` percent of the cells with a value have at most. They
        are computed once.
        """
        known = self._reached
        if (name, rank) not in known:
            points = self.points[name][self.reason[name] == 0]
            known[name, rank] = float(np.percentile(points, rank, method="lower"))
        return known[name, rank]

    @cached_property
    def _reached(self) -> dict[tuple[str, float], float]:
        return {}
