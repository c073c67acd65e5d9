"""What each cause adds to the difference between the scores of two models."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.scoring.scored import Floats, Scored

MIN_CHANGE = 1e-9  # a smaller difference is a rounding error
TOGETHER = 4096  # entities at a time: their effects stay small

Rows = NDArray[np.int64]
Effect = tuple[str, float]


def find_effects(before: Scored, old: Rows, after: Scored, new: Rows) -> dict[str, Floats]:
    """What each measure, held value, cap and the smoothing add to the difference of each pair of
    scores. They sum to the difference.

    A measure counts by the distance of its points from the weighted mean of `before`: more weight
    on points above the mean raises the score, more weight on points below it lowers the score.
    Weights sum to 1 in both models, so the mean itself cancels out.
    """
    mean = before.main.score[old]
    first, second = _score_parts(before, old, mean), _score_parts(after, new, mean)
    nothing = np.zeros(len(old))
    return {
        name: second.get(name, nothing) - first.get(name, nothing) for name in {**first, **second}
    }


def _score_parts(scored: Scored, rows: Rows, mean: Floats) -> dict[str, Floats]:
    """The parts of each score, in points above or below `mean`; 0 where a part doesn't count."""
    main = scored.main
    parts = {
        name: main.contributions[name][rows] - main.weights[name][rows] * mean
        for name in main.contributions
    }
    for name, effect in main.held.items():
        if effect.any():
            parts[f"held {name}"] = effect[rows]
    for position, cap in enumerate(scored.model.caps):
        parts[f"cap {cap.name}"] = np.where(
            scored.cap[rows] == position, scored.cap_effect[rows], 0.0
        )
    if scored.model.smooth is not None:
        smoothing = scored.smoothing[rows]
        parts["smoothing"] = np.where(smoothing != 0, smoothing, parts.get("smoothing", 0.0))
    return parts


def find_largest_effects(
    before: Scored, old: Rows, after: Scored, new: Rows
) -> list[Effect | None]:
    """The largest single effect of each pair in the direction of the change. If the score is equal,
    the limits of the bands; None if a score is unknown.
    """
    largest: list[Effect | None] = [None] * len(old)
    change = after.score[new] - before.score[old]
    for row in np.flatnonzero(np.abs(change) < MIN_CHANGE).tolist():
        largest[row] = ("other limits of bands", 0.0)
    changed = np.flatnonzero(np.abs(change) >= MIN_CHANGE)
    for first in range(0, len(changed), TOGETHER):
        rows = changed[first : first + TOGETHER]
        parts = find_effects(before, old[rows], after, new[rows])
        names = sorted(parts, reverse=True)  # of equal effects the last name counts
        table = np.stack([parts[name] for name in names])
        which = np.argmax(np.sign(change[rows]) * table, axis=0)
        effects = table[which, np.arange(len(rows))].tolist()
        for row, name, effect in zip(rows.tolist(), which.tolist(), effects, strict=True):
            largest[row] = (names[name], effect)
    return largest
