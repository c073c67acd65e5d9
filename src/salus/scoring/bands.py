"""The band of a score: the first whose lower bound the score reaches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.model.curve import Anchor, Percentile
from salus.model.model import Model
from salus.scoring.dead_zone import DeadZone
from salus.scoring.scored import Floats


def assign_bands(
    model: Model,
    cells: Cells,
    coverage: Floats,
    smoothed: Floats,
    total: Floats,
    cap: NDArray[np.int8],
) -> NDArray[np.int8]:
    """The band of each cell. With a dead zone, a cap still lowers the band at once, and cells with
    too little coverage have none.
    """
    plain = find_bands(total, coverage, model.bands, model.min_coverage)
    if not model.dead_zone:
        return plain
    assert cells.past is not None
    steady = DeadZone.of(model).step(cells.past.band, smoothed)
    return np.where((plain < 0) | ((cap >= 0) & (plain > steady)), plain, steady).astype(np.int8)


def reaches(value: Floats, limit: float) -> NDArray[np.bool_]:
    """Whether a weighted mean reaches a limit, compared to nine decimals: a mean of values that are
    all 75 reaches 75.
    """
    return np.asarray(np.round(value, 9) >= round(limit, 9))


def find_bands(
    score: Floats, coverage: Floats, bands: tuple[tuple[str, Anchor], ...], least: float
) -> NDArray[np.int8]:
    """The position of the first band whose lower bound the score reaches; -1 without a score or
    with less coverage than `least`.
    """
    positions = np.full(len(score), -1, dtype=np.int8)
    for position in range(len(bands) - 1, -1, -1):
        limit = bands[position][1]
        assert not isinstance(limit, Percentile)
        positions[reaches(score, limit)] = position
    positions[~reaches(coverage, least) | np.isnan(score)] = -1
    return positions
