"""Why a score moved between two dates: data, missing values, the model, smoothing, caps. The parts
sum to the change.

The way from before to after is walked in steps, each of which changes one thing (docs: explaining a
change):

1. model: the earlier values scored by today's model and in today's segment;
2. data: measures with a value of their own on both dates move to their new points, at their earlier weights. The score
   is linear in points while the same measures take part, so the order doesn't matter;
3. missing: measures whose value came or went (or is assumed) are switched, arrivals first, in file order; then the
   lines of the missing guard change;
4. smoothing: what the days before add to each of the two scores;
5. caps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.scoring.score import nominal_weights, score, weighted_means
from salus.scoring.scored import Floats, Scored

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class ScoreChanges:
    """By pair of cells: data + missing + model + smoothing + caps = score; NaN where either score
    is missing.
    """

    score: Floats
    data: Floats
    missing: Floats
    model: Floats
    smoothing: Floats | None  # None where the model doesn't smooth
    caps: Floats
    measures: Mapping[str, Floats]  # data and missing effects of each measure

    def of(self, row: int) -> ScoreChange | None:
        """The change of one pair; None when one of the two scores is missing."""
        if np.isnan(self.score[row]):
            return None
        effects = {
            name: float(effect[row]) for name, effect in self.measures.items() if effect[row] != 0
        }
        ranked = tuple(sorted(effects.items(), key=lambda item: (-abs(item[1]), item[0])))
        return ScoreChange(
            float(self.score[row]),
            float(self.data[row]),
            float(self.missing[row]),
            float(self.model[row]),
            None if self.smoothing is None else float(self.smoothing[row]),
            float(self.caps[row]),
            ranked,
        )


@dataclass(frozen=True)
class ScoreChange:
    """One entity's change; `measures` largest effect first."""

    score: float
    data: float
    missing: float
    model: float
    smoothing: float | None
    caps: float
    measures: tuple[tuple[str, float], ...]

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        smoothing = {} if self.smoothing is None else {"smoothing": self.smoothing}
        return {
            "score": self.score,
            "data": self.data,
            "missing": self.missing,
            "model": self.model,
            **smoothing,
            "caps": self.caps,
            "measures": [{"name": name, "effect": effect} for name, effect in self.measures],
        }


@dataclass(frozen=True)
class ShownScores:
    """What was shown before, by pair: the score, the effect of the cap in it, and the band."""

    score: Floats
    cap_effect: Floats
    band: tuple[str, ...]

    @classmethod
    def of(cls, scored: Scored, rows: Rows) -> ShownScores:
        """What these rows show."""
        bands = tuple(scored.band_name(int(position)) for position in scored.band[rows])
        return cls(scored.score[rows], scored.cap_effect[rows], bands)


def compare_scores(
    before: Scored, after: Scored, first: Rows, second: Rows, shown: ShownScores
) -> ScoreChanges:
    """The changes from rows `first` of `before` to rows `second` of `after`, both scored by one
    model.

    `shown`: what was shown at the earlier date, by whatever model spoke then.
    """
    after_cells = take(after.cells, second)
    then = take(before.cells, first)
    start = score(after.model, replace(then, segment=after_cells.segment))
    end = score(after.model, after_cells)
    model = start.main.guarded + start.smoothing - (shown.score - shown.cap_effect)
    data = _data(start, end)
    missing = _switched(start, end, data)
    for name in missing:
        missing[name] = (
            missing[name] + end.main.held.get(name, 0.0) - start.main.held.get(name, 0.0)
        )
    smoothing = None if after.model.smooth is None else end.smoothing - start.smoothing
    caps = end.cap_effect - shown.cap_effect
    parts = {name: data[name] + missing[name] for name in data}
    total = end.score - shown.score
    return ScoreChanges(
        total, _sum(data, total), _sum(missing, total), model, smoothing, caps, parts
    )


def _sum(effects: Mapping[str, Floats], like: Floats) -> Floats:
    total = np.zeros(len(like))
    for effect in effects.values():
        total = total + effect
    return np.where(np.isnan(like), np.nan, total)


def _both(start: Scored, end: Scored, name: str) -> NDArray[np.bool_]:
    """Where a measure had a value of its own on both dates."""
    both: NDArray[np.bool_] = (start.reason[name] == 0) & (end.reason[name] == 0)
    return both


def _data(start: Scored, end: Scored) -> dict[str, Floats]:
    return {
        name: np.where(
            _both(start, end, name), start.main.weights[name] * (end.points[name] - points), 0.0
        )
        for name, points in start.points.items()
    }


def _switched(start: Scored, end: Scored, data: Mapping[str, Floats]) -> dict[str, Floats]:
    """Effects of values that came (first) and went (then), in file order."""
    weights = nominal_weights(start.model, None, start.cells)
    points = {
        name: np.where(_both(start, end, name), end.points[name], start.points[name])
        for name in data
    }
    effects = {name: np.zeros(len(start)) for name in data}
    now = weighted_means(start.model, weights, points)[0]
    for arriving in (True, False):
        for name in data:
            turn = ~np.isnan(end.points[name]) if arriving else np.isnan(end.points[name])
            turn &= ~_both(start, end, name)
            if not turn.any():
                continue
            points[name] = np.where(turn, end.points[name], points[name])
            then = weighted_means(start.model, weights, points)[0]
            effects[name] += np.nan_to_num(then - now)
            now = then
    return effects


def take(cells: Cells, rows: Rows) -> Cells:
    """These rows of the cells, in this order, numbered anew."""
    return replace(cells.at(rows), entity=np.arange(len(rows)))
