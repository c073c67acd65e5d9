"""The points of each measure in each cell: on the curve of its segment, and what is assumed where a
value is missing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.kernel.values import UNKNOWN_WORD, MeasureValues
from salus.model.curve import Scale, WordScale
from salus.model.measure import Measure
from salus.model.model import Model
from salus.scoring.scored import Floats

ASSUMED = {"bad": 0.0, "neutral": 50.0, "good": 100.0}


def find_points(model: Model, measure: Measure, cells: Cells) -> tuple[Floats, NDArray[np.uint8]]:
    """The points of the values at the date, and for missing values the reason."""
    values = cells.values[measure.name]
    points = scale_points(model, measure, cells, values.data)
    unknown = np.isnan(points) & ~np.isnan(values.data)
    return points, np.where(unknown, np.uint8(UNKNOWN_WORD), values.reason).astype(np.uint8)


def scale_points(model: Model, measure: Measure, cells: Cells, data: Floats) -> Floats:
    """The points of `data` on the curve of each cell's segment."""
    assert measure.scale is not None
    values = cells.values[measure.name]
    points = _scaled(measure.scale, data, values)
    for position, segment in enumerate(model.segments):
        if measure.name in segment.scales:
            members = cells.segment == position
            points[members] = _scaled(segment.scales[measure.name], data[members], values)
    return points


def _scaled(scale: Scale, data: Floats, values: MeasureValues) -> Floats:
    return values.points(scale, data) if isinstance(scale, WordScale) else scale.points(data)


def assume_points(measure: Measure, real: Floats, model: Model, cells: Cells) -> Floats:
    """The points that count: those of the value, else those that `if_missing` asks for."""
    if measure.if_missing in ASSUMED:
        return np.where(np.isnan(real), ASSUMED[measure.if_missing], real)
    if measure.if_missing == "hold":
        return np.where(
            np.isnan(real), scale_points(model, measure, cells, cells.held[measure.name].data), real
        )
    return real
