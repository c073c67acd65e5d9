"""Each dimension and each measure over everybody."""

from __future__ import annotations

import numpy as np

from salus.channels.report.content import DimensionSummary, MeasureSummary, Value
from salus.channels.units import ends, unit_of
from salus.kernel.values import MeasureValues
from salus.model.measure import Measure
from salus.scores.scores import Scores
from salus.scoring.explanation import display_value
from salus.verbs.report.bands import spread


def dimensions(scores: Scores) -> tuple[DimensionSummary, ...]:
    """The dimensions in file order; weights are the model's own, as shares."""
    model = scores.model
    whole, means = sum(one.weight for one in model.dimensions), scores.scored.main.dimensions
    return tuple(
        DimensionSummary(
            one.name,
            one.weight / whole,
            spread(means[one.name]),
            tuple(_line(scores, measure) for measure in one.measures),
        )
        for one in model.dimensions
    )


def _line(scores: Scores, measure: Measure) -> MeasureSummary:
    points = scores.scored.points[measure.name]
    there = points[~np.isnan(points)]
    have = float(np.mean(scores.scored.reason[measure.name] == 0))
    bad, good = ends(measure.scale)
    common = usual(scores.scored.cells.values[measure.name])
    mean = float(there.mean()) if len(there) else None
    return MeasureSummary(
        name=measure.name,
        unit=unit_of(scores.model, measure),
        have=have,
        usual=common,
        bad=bad,
        good=good,
        points=mean,
    )


def usual(values: MeasureValues) -> Value:
    """The median of numbers, the commonest of words; None without any value."""
    rows = np.flatnonzero(~np.isnan(values.data))
    if not len(rows):
        return None
    if values.kind == "number":
        return float(np.median(values.data[rows]))
    kinds, counts = np.unique(values.data[rows], return_counts=True)
    commonest = kinds[int(np.argmax(counts))]
    return display_value(values, int(rows[values.data[rows] == commonest][0]))
