"""A headline score of each cell with all its parts, and the guard: last values of missing measures
count while they lower the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from salus.kernel.cells import Cells
from salus.model.model import FurtherScore, Model
from salus.scoring.scored import Floats, Weighing
from salus.scoring.weights import coverage, known_points, nominal_weights, weighted_means


def weigh(
    model: Model,
    cells: Cells,
    headline: FurtherScore | None,
    points: Mapping[str, Floats],
    real: Mapping[str, Floats],
    last: Mapping[str, Floats],
) -> Weighing:
    nominal = nominal_weights(model, headline, cells)
    value, dimensions, shares, weights = weighted_means(model, nominal, points)
    contributions = {name: weights[name] * known_points(points[name]) for name in weights}
    total = _sum(contributions.values(), len(cells))
    held = guard(model, nominal, points, real, last, value)
    return Weighing(
        score=np.where(np.isnan(value), np.nan, total),
        coverage=coverage(model, nominal, real),
        dimensions=dimensions,
        shares=shares,
        weights=weights,
        contributions=contributions,
        held=held,
    )


def _sum(arrays: Iterable[Floats], size: int) -> Floats:
    result = np.zeros(size)
    for array in arrays:
        result += array
    return result


def guard(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
    real: Mapping[str, Floats],
    last: Mapping[str, Floats],
    plain: Floats,
) -> dict[str, Floats]:
    """What the last values of missing measures add, where together they lower the score; else 0."""
    replaced = {name: np.isnan(real[name]) & ~np.isnan(last[name]) for name in last}
    some = np.zeros(len(plain), dtype=bool)
    for mask in replaced.values():
        some |= mask
    rows = np.flatnonzero(some & ~np.isnan(plain))
    effects = {name: np.zeros(len(plain)) for name in last}
    if not len(rows):
        return effects
    weights = {name: weight[rows] for name, weight in nominal.items()}
    current = {name: value[rows] for name, value in points.items()}
    before = plain[rows]
    steps = {}
    for name in last:
        mask = replaced[name][rows]
        if mask.any():
            current = {**current, name: np.where(mask, last[name][rows], current[name])}
            after = weighted_means(model, weights, current)[0]
            steps[name] = after - before
            before = after
    lower = before < plain[rows]
    for name, step in steps.items():
        effects[name][rows] = np.where(lower, step, 0.0)
    return effects
