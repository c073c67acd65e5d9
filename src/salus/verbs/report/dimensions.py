"""Each dimension and each measure over all entities."""

from __future__ import annotations

import numpy as np

from salus.channels.report.content import DimensionSummary, MeasureSummary, Value
from salus.channels.units import ends, unit_of
from salus.kernel.values import MeasureValues
from salus.model.measure import Measure
from salus.scores.scores import Scores
from salus.scoring.explanation import display_value
from salus.verbs.report.bands import summarize_scores


def summarize_dimensions(scores: Scores) -> tuple[DimensionSummary, ...]:
    """The dimensions in the order of the model, with their shares of the score."""
    model = scores.model
    total = sum(dimension.weight for dimension in model.dimensions)
    means = scores.scored.main.dimensions
    return tuple(
        DimensionSummary(
            dimension.name,
            dimension.weight / total,
            summarize_scores(means[dimension.name]),
            tuple(_summarize_measure(scores, measure) for measure in dimension.measures),
        )
        for dimension in model.dimensions
    )


def _summarize_measure(scores: Scores, measure: Measure) -> MeasureSummary:
    scored = scores.scored
    points = scored.points[measure.name]
    known = points[~np.isnan(points)]
    bad, good = ends(measure.scale)
    return MeasureSummary(
        name=measure.name,
        unit=unit_of(scores.model, measure),
        have=float(np.mean(scored.reason[measure.name] == 0)),
        usual=usual_value(scored.cells.values[measure.name]),
        bad=bad,
        good=good,
        points=float(known.mean()) if len(known) else None,
        good_without=measure.if_missing == "good",
    )


def usual_value(values: MeasureValues) -> Value:
    """The median of numbers, or the most frequent word; None without any value."""
    rows = np.flatnonzero(~np.isnan(values.data))
    if not len(rows):
        return None
    if values.kind == "number":
        return float(np.median(values.data[rows]))
    codes, counts = np.unique(values.data[rows], return_counts=True)
    most_frequent = codes[int(np.argmax(counts))]
    return display_value(values, int(rows[values.data[rows] == most_frequent][0]))
