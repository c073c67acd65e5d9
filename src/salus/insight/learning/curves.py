"""A model's own curves and weights, fitted anew to what came (scorecard.py).

Each measure keeps the direction its author gave it: the fitted line may bend, but never turn. A
measure whose curve both rises and falls, or differs by segment, keeps its curve and gets a weight
only, as does one without any effect. Numbers are rounded first, so that the file says exactly what
was fitted.
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
from salus.scoring.score import ASSUMED, weighted_means
from salus.scoring.scored import Floats

LEAST = 0.01  # of 100: a weight can't be 0
DIGITS, KNOTS = 2, 6  # decimals of points and weights, significant digits of knots
ENDS = (0.0, 100.0)


@dataclass(frozen=True)
class Card:
    """The model that holds the fitted curves (of the measures in `bent`) and weights, and what its
    score says of the odds.
    """

    model: Model
    new_curves: frozenset[str]
    lines: tuple[RiskCurve, ...]  # what each measure adds to the log odds
    worst: float  # the log odds at a score of 0
    span: float  # by how much they fall up to a score of 100

    def odds_of(self, score: Floats) -> Floats:
        """The log odds that the outcome comes, of scores."""
        return np.asarray(self.worst - self.span * score / 100)

    def odds(self, panel: Panel) -> Floats:
        """The same of the scores that the model would give the rows, before guard, smoothing and
        caps; NaN without one.
        """
        nominal = {one.name: np.full(len(panel), one.weight) for one in self.model.dimensions}
        return self.odds_of(weighted_means(self.model, nominal, _points(self.model, panel))[0])


def fit_card(model: Model, panel: Panel, count: float = 1.0) -> Card:
    """Fit to the rows of a panel with values. `count`: as how many independent rows each row
    counts.
    """
    several = [_measured(model, measure, panel) for measure in model.measures]
    return in_short(model, fit(several, panel.had_outcome, count))


def _measured(model: Model, measure: Measure, panel: Panel) -> Numeric | Worded:
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
    """1: the more the healthier, or words; -1: the less; 0: neither, or it depends."""
    if any(measure.name in segment.scales for segment in model.segments):
        return 0
    if not isinstance(measure.scale, Curve):
        return 1
    points = [points for _, points in measure.scale.knots]
    steps = {bool(after > before) for before, after in pairwise(points) if after != before}
    return 0 if len(steps) != 1 or measure.scale.percentiles else 1 if steps.pop() else -1


def in_short(model: Model, card: Scorecard) -> Card:
    """The card with rounded weights, knots and points, as a model: logit P = worst − span · score ÷
    100.
    """
    shares = {name: max(round(100 * share, DIGITS), LEAST) for name, share in card.weights.items()}
    each = card.total / sum(shares.values())
    lines, scales = [], {}
    for line, measure in zip(card.lines, model.measures, strict=True):
        short = _short(line) if line.range else None
        if short is not None and _direction(model, measure):
            scales[measure.name] = short
        lines.append(_line(measure, short, line, each * shares[measure.name]))
    dimensions = tuple(_dimension(one, shares, scales) for one in model.dimensions)
    worst = card.intercept + sum(float(line.risk.max()) for line in card.lines)
    return Card(
        replace(model, dimensions=dimensions), frozenset(scales), tuple(lines), worst, card.total
    )


def _short(line: RiskCurve) -> Curve | WordScale | None:
    """The line as a scale; None where rounding leaves no line."""
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
    """Whether a knot lies on a level line, which needs only its ends."""
    return points[place - 1] == points[place] == points[place + 1]


def _line(
    measure: Measure, short: Curve | WordScale | None, line: RiskCurve, span: float
) -> RiskCurve:
    """What the rounded scale, or the measure's own where there is none, says of the log odds."""
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
    one: Dimension, shares: Mapping[str, float], scales: Mapping[str, Curve | WordScale]
) -> Dimension:
    measures = tuple(
        replace(measure, weight=shares[measure.name], scale=scales.get(measure.name, measure.scale))
        for measure in one.measures
    )
    return replace(
        one, weight=round(sum(measure.weight for measure in measures), DIGITS), measures=measures
    )


def _points(model: Model, panel: Panel) -> dict[str, Floats]:
    """The points each measure of the model would have had, by its scale."""
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
