"""The scores of cells, and everything they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.model.model import UNKNOWN, Model

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Weighing:
    """One score of the cells before caps: the weighted means, and what each measure adds.

    All arrays by cell. NaN where a dimension, a measure or the score has nothing to go by.
    """

    score: Floats
    coverage: Floats
    dimensions: Mapping[str, Floats]  # scores
    shares: Mapping[str, Floats]  # the dimension's weight in the score, 0 where it took no part
    weights: Mapping[
        str, Floats
    ]  # of each measure in the score: they sum to 1 over those that took part
    contributions: Mapping[str, Floats]  # weight times points, 0 where it took no part
    held: Mapping[
        str, Floats
    ]  # effect of the last value of measures that went missing (never positive in sum)

    @property
    def guarded(self) -> Floats:
        """The score with the guard's lines."""
        result = self.score
        for effect in self.held.values():
            result = result + effect
        return result


@dataclass(frozen=True)
class Scored:
    """Cells with their scores. `points` NaN: the measure took no part; `band` and the like are
    positions.
    """

    model: Model
    cells: Cells
    points: Mapping[str, Floats]
    reason: Mapping[str, NDArray[np.uint8]]  # why a measure is missing (kernel.values.REASONS)
    main: Weighing
    further: Mapping[str, Weighing]
    score: Floats  # after guard, smoothing and caps
    band: NDArray[np.int8]  # position in the model's bands; -1: unknown
    cap: NDArray[np.int8]  # position of the cap that has an effect; -1: none
    cap_effect: Floats
    smoothing: Floats  # what the days before add to today's score; 0 where it isn't smoothed
    further_band: Mapping[str, NDArray[np.int8]]

    def band_name(self, position: int) -> str:
        return UNKNOWN if position < 0 else self.model.bands[position][0]

    def __len__(self) -> int:
        return len(self.cells)
