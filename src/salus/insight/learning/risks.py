"""How points become risks, and weights fitted to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.insight.learning.weights import Fit, average_fits, scale_prior
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.scoring.scored import Floats


@dataclass(frozen=True)
class Risks:
    """Points as risks: reversed and standardised by the rows to learn on. Each measure that varies has
    a column.
    """

    names: tuple[str, ...]
    mean: Floats  # of each measure's points
    spread: Floats  # the standard deviation of the points
    weights: Floats  # the model's own

    @classmethod
    def of(cls, model: Model, panel: Panel) -> Risks:
        """The risks by these rows."""
        own = nominal_weights(model)
        known = {name: points[~np.isnan(points)] for name, points in panel.points.items()}
        names = tuple(name for name, points in known.items() if len(points) and points.std() > 0)
        mean, spread = (np.array([how(known[name]) for name in names]) for how in (np.mean, np.std))
        return cls(names, mean, spread, np.array([own[name] for name in names]))

    def values(self, panel: Panel) -> Floats:
        """The risks of rows; 0, the mean, where a value is missing."""
        columns = [
            (mean - panel.points[name]) / spread
            for name, mean, spread in zip(self.names, self.mean, self.spread, strict=True)
        ]
        return np.nan_to_num(np.column_stack(columns)) if columns else np.zeros((len(panel), 0))

    def priors(self, rows: Floats) -> list[Floats]:
        """The model's weights, and equal weights."""
        return [
            scale_prior(weights * self.spread, rows)
            for weights in (self.weights, np.ones(len(self.names)))
        ]

    def shares(self, fit: Fit) -> dict[str, float]:
        """The coefficients as weights of points, with sum 1."""
        raw = fit.beta / self.spread
        return dict(zip(self.names, (raw / raw.sum()).tolist(), strict=True))


def nominal_weights(model: Model) -> dict[str, float]:
    """The share of each measure in the main score, where all have values."""
    total = sum(dimension.weight for dimension in model.dimensions)
    return {
        measure.name: dimension.weight
        / total
        * measure.weight
        / sum(other.weight for other in dimension.measures)
        for dimension in model.dimensions
        for measure in dimension.measures
    }


def fit_priors(risks: Risks, panel: Panel) -> Fit:
    """The average fit over all priors, on these rows."""
    values = risks.values(panel)
    return average_fits(
        values,
        panel.had_outcome,
        risks.priors(values),
        1 / design_effect(panel.had_outcome, panel.entity),
    )
