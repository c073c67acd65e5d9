"""The weight of each dimension and measure, and the means that they give.

dimension = Σ w·p ÷ Σ w over the measures with points; score = Σ W·D ÷ Σ W over the dimensions with
a score.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from salus.kernel.cells import Cells
from salus.model.model import Dimension, FurtherScore, Model
from salus.scoring.scored import Floats


def dimension_weights(
    model: Model, headline: FurtherScore | None, segment: int
) -> dict[str, float]:
    """The weight that the model gives each dimension, in file order.

    `headline`: a further score; None is the main score. `segment`: its position; -1 is no segment.
    """
    own = headline.weights if headline else {d.name: d.weight for d in model.dimensions}
    weights = {d.name: own[d.name] for d in model.dimensions if d.name in own}
    if segment >= 0:
        part = model.segments[segment]
        weights = {name: weight for name, weight in weights.items() if name not in part.without}
        if headline is None:
            weights = {name: part.weights.get(name, weight) for name, weight in weights.items()}
    return weights


def nominal_weights(model: Model, headline: FurtherScore | None, cells: Cells) -> dict[str, Floats]:
    """The weight of each dimension by cell; 0 if the cell's segment leaves the dimension out."""
    table = {d.name: np.zeros(len(model.segments) + 1) for d in model.dimensions}
    for segment in range(-1, len(model.segments)):
        for name, weight in dimension_weights(model, headline, segment).items():
            table[name][segment] = weight
    return {name: weights[cells.segment] for name, weights in table.items()}


def weighted_means(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
) -> tuple[Floats, dict[str, Floats], dict[str, Floats], dict[str, Floats]]:
    """The score, the score and share of each dimension, and the effective weight of each measure."""
    size = len(next(iter(nominal.values())))
    scores, present, weights = {}, {}, {}
    above, below = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        total, weight = _sums(dimension, points, size)
        scores[dimension.name] = divide(total, weight)
        present[dimension.name] = np.where(weight > 0, nominal[dimension.name], 0.0)
        for measure in dimension.measures:
            own = _where_known(points[measure.name], measure.weight)
            weights[measure.name] = divide(np.broadcast_to(own, size), weight, 0.0)
        above += present[dimension.name] * known_points(scores[dimension.name])
        below += present[dimension.name]
    shares = {name: divide(weight, below, 0.0) for name, weight in present.items()}
    effective = {
        measure.name: weights[measure.name] * shares[dimension.name]
        for dimension in model.dimensions
        for measure in dimension.measures
    }
    used = {name: np.where(nominal[name] > 0, value, np.nan) for name, value in scores.items()}
    return divide(above, below), used, shares, effective


def mean_score(model: Model, nominal: Mapping[str, Floats], points: Mapping[str, Floats]) -> Floats:
    """The score of `weighted_means` without its parts."""
    size = len(next(iter(nominal.values())))
    above, below = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        total, weight = _sums(dimension, points, size)
        exists = weight > 0
        above += np.where(exists, nominal[dimension.name] * divide(total, weight, 0.0), 0.0)
        below += np.where(exists, nominal[dimension.name], 0.0)
    return divide(above, below)


def coverage(model: Model, nominal: Mapping[str, Floats], real: Mapping[str, Floats]) -> Floats:
    """The share of the weights whose measures have a value at the date."""
    size = len(next(iter(nominal.values())))
    with_value, total = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        weights = sum(measure.weight for measure in dimension.measures)
        for measure in dimension.measures:
            part = nominal[dimension.name] * (measure.weight / weights)
            none = np.isnan(real[measure.name])
            with_value += np.where(none, 0.0, part) if none.any() else part
            total += part
    return divide(with_value, total, 0.0)


def _sums(dimension: Dimension, points: Mapping[str, Floats], size: int) -> tuple[Floats, Floats]:
    """Σ w·p and Σ w over the measures of a dimension that have points."""
    total, weight = np.zeros(size), np.zeros(size)
    for measure in dimension.measures:
        total += measure.weight * known_points(points[measure.name])
        weight += _where_known(points[measure.name], measure.weight)
    return total, weight


def known_points(points: Floats) -> Floats:
    """The points; 0 for NaN."""
    none = np.isnan(points)
    return np.where(none, 0.0, points) if none.any() else points


def _where_known(points: Floats, weight: float) -> Floats | float:
    """The weight; 0 where the points are NaN."""
    none = np.isnan(points)
    return np.where(none, 0.0, weight) if none.any() else weight


def divide(above: Floats, below: Floats, nothing: float = np.nan) -> Floats:
    """The quotient; `nothing` where the divisor is 0."""
    exists = below > 0
    if exists.all():
        return np.asarray(above / below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, nothing), where=exists))
