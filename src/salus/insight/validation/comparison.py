"""The score beside single measures, on the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import Interval
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.scoring.scored import Floats

NEUTRAL = 50.0  # points that a row without the measure is given


@dataclass(frozen=True)
class MeasureComparison:
    """Another number on the same rows: its AUC, and the score's less it. `kind`: measure, dimension
    or learned.
    """

    name: str
    known: float  # the share of rows that have it; the others were given neutral points
    auc: Interval
    difference: Interval
    kind: str = "measure"
    rows: int = 0  # that both were judged on

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


def comparisons(
    model: Model, panel: Panel, sign: float, score: Auc
) -> tuple[MeasureComparison, ...]:
    """Each measure alone and each dimension alone, best first. `sign` -1: few points are a risk."""
    found = [
        _beside(
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
            found.append(
                _beside(
                    f"dimension {dimension.name}",
                    sign * fill_neutral(points),
                    real,
                    panel,
                    score,
                    "dimension",
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.auc.value, one.name)))


def best_single(several: Sequence[MeasureComparison]) -> MeasureComparison | None:
    """The measure that does best alone."""
    return next((one for one in several if one.kind == "measure"), None)


def _beside(
    name: str, risk: Floats, real: Any, panel: Panel, score: Auc, kind: str = "measure"
) -> MeasureComparison:
    told = auc(risk, panel.had_outcome, panel.entity)
    return MeasureComparison(
        name, float(np.mean(real)), told.interval, score.against(told), kind, len(panel)
    )


def fill_neutral(points: Floats) -> Floats:
    """Points, neutral ones where there are none."""
    return np.where(np.isnan(points), NEUTRAL, points)


def _mean(panel: Panel, measures: list[tuple[str, float]]) -> tuple[Floats, Any]:
    """The weighted mean of those that have points."""
    total, weight = np.zeros(len(panel)), np.zeros(len(panel))
    for name, share in measures:
        there = ~np.isnan(panel.points[name])
        total += share * np.where(there, panel.points[name], 0.0)
        weight += share * there
    return np.divide(total, weight, out=np.full(len(panel), np.nan), where=weight > 0), weight > 0
