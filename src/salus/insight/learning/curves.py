"""A model's own curves and weights, fitted again to the outcomes (scorecard.py).

Each measure keeps the direction of its curve: the fitted curve may bend, but never turn. A measure
keeps its curve and gets only a weight where the curve both rises and falls, differs by segment, or
has no effect. Numbers are rounded first, so that the file says exactly what was fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from salus.insight.statistics.scorecard import Numeric, RiskCurve, Scorecard, Worded, fit
from salus.insight.validation.panel import Panel
from salus.model.curve import Curve, WordScale
from salus.model.measure import Measure
from salus.model.model import Dimension, Model
from salus.scoring.points import ASSUMED
from salus.scoring.scored import Floats
from salus.scoring.weights import weighted_means

LEAST = 0.01  # of 100, because a weight can't be 0
DIGITS, KNOTS = 2, 6  # decimals of points and weights, significant digits of knots
ENDS = (0.0, 100.0)


@dataclass(frozen=True)
class Card:
    """A model with fitted curves and weights, and the log odds that its score stands for."""

    model: Model
    new_curves: frozenset[str]  # measures with a fitted curve
    lines: tuple[RiskCurve, ...]  # the log odds by measure
    worst: float  # the log odds at a score of 0
    span: float  # by which they fall up to a score of 100

    def odds_of(self, score: Floats) -> Floats:
        """The log odds of the outcome at each score."""
        return np.asarray(self.worst - self.span * score / 100)

    def odds(self, panel: Panel) -> Floats:
        """The log odds of each row, by the score that the model would give it before guard, smoothing
        and caps; NaN without a score.
        """
        nominal = {
            dimension.name: np.full(len(panel), dimension.weight)
            for dimension in self.model.dimensions
        }
        return self.odds_of(weighted_means(self.model, nominal, _points(self.model, panel))[0])


def fit_card(model: Model, panel: Panel, count: float = 1.0) -> Card:
    """Fit to the rows of a panel with values. Each row counts as `count` independent rows."""
    inputs = [_input(model, measure, panel) for measure in model.measures]
    return shorten(model, fit(inputs, panel.had_outcome, count))


def _input(model: Model, measure: Measure, panel: Panel) -> Numeric | Worded:
    """The values of a measure for the fit; its points where the curve has no single direction."""
    name, sign = measure.name, _direction(model, measure)
    if isinstance(measure.scale, WordScale) and sign:
        codes = panel.values[name]
        return Worded(
            name, np.where(np.isnan(codes), -1, codes).astype(np.intp), tuple(measure.scale.points)
        )
    if not sign:
        return Numeric(name, panel.points[name], -1, ENDS)
    return Numeric(name, panel.values[name], -sign)


def _direction(model: Model, measure: Measure) -> int:
    """1 where more is healthier, and for words; -1 where less is; 0 where neither holds."""
    if any(measure.name in segment.scales for segment in model.segments):
        return 0
    if not isinstance(measure.scale, Curve):
        return 1
    points = [points for _, points in measure.scale.knots]
    steps = {bool(after > before) for before, after in pairwise(points) if after != before}
    return 0 if len(steps) != 1 or measure.scale.percentiles else 1 if steps.pop() else -1


def shorten(model: Model, card: Scorecard) -> Card:
    """The scorecard as a model with rounded weights, knots and points, where
    logit P = worst − span · score ÷ 100.
    """
    shares = {name: max(round(100 * share, DIGITS), LEAST) for name, share in card.weights.items()}
    each = card.total / sum(shares.values())
    lines, scales = [], {}
    for line, measure in zip(card.lines, model.measures, strict=True):
        short = _short(line) if line.range else None
        if short is not None and _direction(model, measure):
            scales[measure.name] = short
        lines.append(_line(measure, short, line, each * shares[measure.name]))
    dimensions = tuple(_dimension(dimension, shares, scales) for dimension in model.dimensions)
    worst = card.intercept + sum(float(line.risk.max()) for line in card.lines)
    return Card(
        replace(model, dimensions=dimensions), frozenset(scales), tuple(lines), worst, card.total
    )


def _short(line: RiskCurve) -> Curve | WordScale | None:
    """The curve as a scale; None where rounding leaves no curve."""
    points = np.round(line.points, DIGITS).tolist()
    if isinstance(line.at[0], str):
        return WordScale(dict(zip(map(str, line.at), points, strict=True)))
    knots = {float(f"{at:.{KNOTS}g}"): point for at, point in zip(line.at, points, strict=True)}
    flat = [
        knot
        for place, knot in enumerate(knots.items())
        if not 0 < place < len(knots) - 1 or not _between(list(knots.values()), place)
    ]
    return Curve(tuple(flat)) if len(flat) > 1 else None


def _between(points: list[float], place: int) -> bool:
    """Whether a knot lies within a level part, which needs only its ends."""
    return points[place - 1] == points[place] == points[place + 1]


def _line(
    measure: Measure, short: Curve | WordScale | None, line: RiskCurve, span: float
) -> RiskCurve:
    """The log odds by the rounded scale, or by the measure's own where there is none."""
    scale = short if short is not None else measure.scale
    highest = float(line.risk.max())
    if line.at == ENDS:  # of points themselves
        return RiskCurve(line.name, ENDS, highest - span * np.array(ENDS) / 100)
    if isinstance(scale, WordScale):
        return RiskCurve(
            line.name,
            tuple(scale.points),
            highest - span * np.array(list(scale.points.values())) / 100,
        )
    assert isinstance(scale, Curve)
    knots, points = zip(*scale.knots, strict=True)
    return RiskCurve(line.name, tuple(map(float, knots)), highest - span * np.array(points) / 100)


def _dimension(
    dimension: Dimension, shares: Mapping[str, float], scales: Mapping[str, Curve | WordScale]
) -> Dimension:
    measures = tuple(
        replace(measure, weight=shares[measure.name], scale=scales.get(measure.name, measure.scale))
        for measure in dimension.measures
    )
    weight = round(sum(measure.weight for measure in measures), DIGITS)
    return replace(dimension, weight=weight, measures=measures)


def _points(model: Model, panel: Panel) -> dict[str, Floats]:
    """The points that each measure of the model would have had, by its scale."""
    return {measure.name: _points_of(model, measure, panel) for measure in model.measures}


def _points_of(model: Model, measure: Measure, panel: Panel) -> Floats:
    if not _direction(model, measure):
        return panel.points[measure.name]
    values = panel.values[measure.name]
    if isinstance(measure.scale, WordScale):
        points = measure.scale.of_words(tuple(measure.scale.points), values)
    else:
        assert isinstance(measure.scale, Curve)
        points = measure.scale.points(values)
    return np.where(np.isnan(points), ASSUMED.get(measure.if_missing, np.nan), points)
