"""The score compared with single measures on the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import Interval
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.scoring.scored import Floats, Truths

NEUTRAL = 50.0  # points of a row without the measure


@dataclass(frozen=True)
class MeasureComparison:
    """The AUC of a measure, a dimension or learned weights, compared with the AUC of the score."""

    name: str
    known: float  # the share of rows that have it; the others get neutral points
    auc: Interval
    difference: Interval  # the AUC of the score minus this AUC
    kind: str = "measure"  # or dimension, or learned
    rows: int = 0  # that both AUCs rest on

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name,
            "kind": self.kind,
            "rows": self.rows,
            "known": self.known,
            "auc": self.auc.value,
            "auc_ci": self.auc.ends,
            "difference": self.difference.value,
            "difference_ci": self.difference.ends,
        }


def compare_measures(
    model: Model, panel: Panel, sign: float, score: Auc
) -> tuple[MeasureComparison, ...]:
    """Each measure alone and each dimension alone, best first. `sign` is -1 where few points are a
    risk.
    """
    comparisons = [
        _compare(
            measure.name,
            sign * fill_neutral(panel.points[measure.name]),
            panel.real[measure.name],
            panel,
            score,
        )
        for measure in model.measures
    ]
    for dimension in model.dimensions:
        if len(dimension.measures) > 1:
            points, real = _mean(
                panel, [(measure.name, measure.weight) for measure in dimension.measures]
            )
            comparisons.append(
                _compare(
                    f"dimension {dimension.name}",
                    sign * fill_neutral(points),
                    real,
                    panel,
                    score,
                    "dimension",
                )
            )
    return tuple(
        sorted(comparisons, key=lambda comparison: (-comparison.auc.value, comparison.name))
    )


def best_single(comparisons: Sequence[MeasureComparison]) -> MeasureComparison | None:
    """The measure that does best alone; None without any."""
    return next((alone for alone in comparisons if alone.kind == "measure"), None)


def _compare(
    name: str, risk: Floats, real: Truths, panel: Panel, score: Auc, kind: str = "measure"
) -> MeasureComparison:
    alone = auc(risk, panel.had_outcome, panel.entity)
    known = float(np.mean(real))
    return MeasureComparison(name, known, alone.interval, score.against(alone), kind, len(panel))


def fill_neutral(points: Floats) -> Floats:
    """The points, neutral ones where they are missing."""
    return np.where(np.isnan(points), NEUTRAL, points)


def _mean(panel: Panel, measures: list[tuple[str, float]]) -> tuple[Floats, Truths]:
    """The weighted mean of the measures that have points, and whether any has."""
    total, weight = np.zeros(len(panel)), np.zeros(len(panel))
    for name, share in measures:
        known = ~np.isnan(panel.points[name])
        total += share * np.where(known, panel.points[name], 0.0)
        weight += share * known
    return np.divide(total, weight, out=np.full(len(panel), np.nan), where=weight > 0), weight > 0
