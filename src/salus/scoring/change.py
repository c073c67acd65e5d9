"""Explains why a score changed between two dates. The effects of all causes sum to the change.

The causes are added one after another, from the earlier score to the later one:

1. model: score the earlier values with today's model and in today's segment;
2. data: give the measures with a value on both dates their new points, at their earlier weights. The score is linear
   in points as long as the same measures take part, so their order doesn't matter;
3. missing: replace the measures whose value appeared or disappeared (or is assumed): first those that appeared, then
   those that disappeared, in the order of the model. Then add the effect of the missing guard;
4. smoothing: the difference in what the days before add to the two scores;
5. caps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.scoring.score import score
from salus.scoring.scored import Floats, Scored
from salus.scoring.weights import nominal_weights, weighted_means

Rows = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class ScoreChanges:
    """The changes of many pairs of cells, in points: data + missing + model + smoothing + caps =
    score. NaN where one of the two scores is missing.
    """

    score: Floats
    data: Floats
    missing: Floats
    model: Floats
    smoothing: Floats | None  # None where the model doesn't smooth
    caps: Floats
    measures: Mapping[str, Floats]  # data and missing effects of each measure

    def at(self, row: int) -> ScoreChange | None:
        """The change of one pair; None if one of the two scores is missing."""
        if np.isnan(self.score[row]):
            return None
        effects = {
            name: float(effect[row]) for name, effect in self.measures.items() if effect[row] != 0
        }
        ranked = tuple(sorted(effects.items(), key=lambda item: (-abs(item[1]), item[0])))
        return ScoreChange(
            score=float(self.score[row]),
            data=float(self.data[row]),
            missing=float(self.missing[row]),
            model=float(self.model[row]),
            smoothing=None if self.smoothing is None else float(self.smoothing[row]),
            caps=float(self.caps[row]),
            measures=ranked,
        )


@dataclass(frozen=True, kw_only=True)
class ScoreChange:
    """Why the score of one entity changed, in points."""

    score: float  # the sum of the parts below
    data: float
    missing: float
    model: float
    smoothing: float | None  # None if the model doesn't smooth
    caps: float
    measures: tuple[tuple[str, float], ...]  # name and effect, the largest effect first

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
    """What was shown at the earlier date, by pair of cells."""

    score: Floats
    cap_effect: Floats  # what the cap took from the score
    band: tuple[str, ...]

    @classmethod
    def of(cls, scored: Scored, rows: Rows) -> ShownScores:
        """The scores and bands of these rows."""
        bands = tuple(scored.band_name(int(position)) for position in scored.band[rows])
        return cls(scored.score[rows], scored.cap_effect[rows], bands)


def compare_scores(
    before: Scored, after: Scored, first: Rows, second: Rows, previous: ShownScores
) -> ScoreChanges:
    """The changes from rows `first` of `before` to rows `second` of `after`. Both were scored by
    the same model.

    `previous`: what was shown at the earlier date; another model may have scored it.
    """
    after_cells = take(after.cells, second)
    before_cells = take(before.cells, first)
    start = score(after.model, replace(before_cells, segment=after_cells.segment))
    end = score(after.model, after_cells)
    model = start.main.guarded + start.smoothing - (previous.score - previous.cap_effect)
    data = _data_effects(start, end)
    missing = _missing_effects(start, end, data)
    for name in missing:
        missing[name] = (
            missing[name] + end.main.held.get(name, 0.0) - start.main.held.get(name, 0.0)
        )
    smoothing = None if after.model.smooth is None else end.smoothing - start.smoothing
    caps = end.cap_effect - previous.cap_effect
    parts = {name: data[name] + missing[name] for name in data}
    total = end.score - previous.score
    return ScoreChanges(
        score=total,
        data=_sum(data, total),
        missing=_sum(missing, total),
        model=model,
        smoothing=smoothing,
        caps=caps,
        measures=parts,
    )


def _sum(effects: Mapping[str, Floats], like: Floats) -> Floats:
    """The sum of the effects; NaN where `like` is NaN."""
    total = np.zeros(len(like))
    for effect in effects.values():
        total = total + effect
    return np.where(np.isnan(like), np.nan, total)


def _both(start: Scored, end: Scored, name: str) -> NDArray[np.bool_]:
    """In which pairs a measure had a value on both dates."""
    both: NDArray[np.bool_] = (start.reason[name] == 0) & (end.reason[name] == 0)
    return both


def _data_effects(start: Scored, end: Scored) -> dict[str, Floats]:
    return {
        name: np.where(
            _both(start, end, name), start.main.weights[name] * (end.points[name] - points), 0.0
        )
        for name, points in start.points.items()
    }


def _missing_effects(start: Scored, end: Scored, data: Mapping[str, Floats]) -> dict[str, Floats]:
    """The effects of values that appeared, then of values that disappeared, in file order."""
    weights = nominal_weights(start.model, None, start.cells)
    points = {
        name: np.where(_both(start, end, name), end.points[name], start.points[name])
        for name in data
    }
    effects = {name: np.zeros(len(start)) for name in data}
    current = weighted_means(start.model, weights, points)[0]
    for appeared in (True, False):
        for name in data:
            changed = ~np.isnan(end.points[name]) if appeared else np.isnan(end.points[name])
            changed &= ~_both(start, end, name)
            if not changed.any():
                continue
            points[name] = np.where(changed, end.points[name], points[name])
            after = weighted_means(start.model, weights, points)[0]
            effects[name] += np.nan_to_num(after - current)
            current = after
    return effects


def take(cells: Cells, rows: Rows) -> Cells:
    """These rows of the cells in this order; their entities are numbered from 0."""
    return replace(cells.at(rows), entity=np.arange(len(rows)))
