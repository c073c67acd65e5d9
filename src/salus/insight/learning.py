"""Weights proposed from what happened, and whether they may be adopted.

Learned on the earlier dates and judged on the later ones, against the model's own weights on the same rows. The proposal
itself rests on all rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from salus.insight.auc import auc
from salus.insight.caution import Caution
from salus.insight.curves import Card, carded
from salus.insight.interval import Interval
from salus.insight.panel import Panel, per_entity
from salus.insight.rates import design_effect
from salus.insight.weights import Fit, fitted, mixed, scaled
from salus.model.model import Model
from salus.scoring.scored import Floats

FEWEST, SOME, MANY = 10, 40, 150             # entities with the outcome: to learn at all, to adopt, to bend curves
EARLIER = 2 / 3                              # of the dates are learned on
HARM = 0.002                                 # of log loss: what a proposal may at most cost, by its 90 % interval
NORMAL_90 = 1.6448536269514722
LEAKS = ("too good", "knows early", "never changes", "late", "absence", "named", "one row each", "recorded unsaid")


@dataclass(frozen=True)
class Risks:
    """How points become risks: turned round and standardised, by the rows learned on. One column a measure that varies."""

    names: tuple[str, ...]
    mean: Floats                             # of each measure's points
    spread: Floats                           # their standard deviation
    weights: Floats                          # the model's own

    @classmethod
    def of(cls, model: Model, panel: Panel) -> Risks:
        """By these rows."""
        own = nominal(model)
        known = {name: points[~np.isnan(points)] for name, points in panel.points.items()}
        names = tuple(name for name, points in known.items() if len(points) and points.std() > 0)
        mean, spread = (np.array([how(known[name]) for name in names]) for how in (np.mean, np.std))
        return cls(names, mean, spread, np.array([own[name] for name in names]))

    def values(self, panel: Panel) -> Floats:
        """The risks of rows; 0, the mean, without a value."""
        columns = [(mean - panel.points[name]) / spread for name, mean, spread in zip(
            self.names, self.mean, self.spread, strict=True)]
        return np.nan_to_num(np.column_stack(columns)) if columns else np.zeros((len(panel), 0))

    def priors(self, rows: Floats) -> list[Floats]:
        """The model's weights, and equal ones."""
        return [scaled(weights * self.spread, rows) for weights in (self.weights, np.ones(len(self.names)))]

    def shares(self, fit: Fit) -> dict[str, float]:
        """Coefficients as weights of points; they sum to 1."""
        raw = fit.beta / self.spread
        return dict(zip(self.names, (raw / raw.sum()).tolist(), strict=True))


def nominal(model: Model) -> dict[str, float]:
    """Each measure's share of the main score, where all have values."""
    total = sum(dimension.weight for dimension in model.dimensions)
    return {measure.name: dimension.weight / total * measure.weight / sum(one.weight for one in dimension.measures)
            for dimension in model.dimensions for measure in dimension.measures}


@dataclass(frozen=True)
class Trial:
    """Learned on earlier dates, judged on later ones. `gain`: by how much the log loss is less than the model's own."""

    rows: int
    events: int
    gain: float
    gain_ci: tuple[float, float]             # 90 %
    auc_own: Interval
    auc_learned: Interval
    auc_gain: Interval
    bend: Bend | None = None                 # where there are outcomes enough to fit curves


@dataclass(frozen=True)
class Bend:
    """Fitted curves on the later dates, against the learned weights on the same rows."""

    gain: float                              # of log loss
    gain_ci: tuple[float, float]             # 90 %
    auc: Interval
    auc_gain: Interval

    @property
    def wins(self) -> bool:
        """Whether curves are proven better out of time; else the simpler thing stands."""
        return self.gain_ci[0] > 0


@dataclass(frozen=True)
class Learned:
    """A proposal; no weights where it is refused."""

    events: int
    allowed: str                             # none, proposal or adopt
    reason: str
    own: Mapping[str, float]
    weights: Mapping[str, float]
    trial: Trial | None
    card: Card | None = None                 # curves too, where they won


def learn(model: Model, panel: Panel, horizon: int, found: Sequence[Caution]) -> Learned:
    """Learn from the rows of a panel. `found`: what validation found, of which leaks forbid adoption."""
    events = min(panel.events, len(np.unique(panel.entity)) - panel.events)
    own = nominal(model)
    if events < FEWEST:
        return Learned(events, "none", f"too few {model.entity.names} with the outcome to change weights: {events}, and at "
                       f"least {FEWEST} are needed", own, {}, None)
    risks = Risks.of(model, panel)
    fit = fit_of(risks, panel) if risks.names else None
    if fit is None or not fit.beta.any():
        return Learned(events, "none", "no measure is a sign of the outcome in the direction of its points", own, {}, None)
    weights = dict.fromkeys(own, 0.0) | risks.shares(fit)
    trial = _trial(model, panel, horizon, bending=events >= MANY)
    allowed, reason = _allowed(events, trial, [one for one in found if one.kind in LEAKS])
    if trial is None or trial.bend is None or not trial.bend.wins:
        return Learned(events, allowed, reason, own, weights, trial)
    card = carded(model, panel, 1 / design_effect(panel.came, panel.entity))
    return Learned(events, allowed, reason, own, nominal(card.model), trial, card)


def fit_of(risks: Risks, panel: Panel) -> Fit:
    """The mixture of all priors, fitted to these rows."""
    values = risks.values(panel)
    return mixed(values, panel.came, risks.priors(values), 1 / design_effect(panel.came, panel.entity))


def _trial(model: Model, panel: Panel, horizon: int, *, bending: bool) -> Trial | None:
    """None where the rows can't be divided."""
    parts = divided(panel, horizon)
    if parts is None:
        return None
    earlier, later = parts
    risks = Risks.of(model, earlier)
    before, after = risks.values(earlier), risks.values(later)
    learned, prior = fit_of(risks, earlier), risks.priors(before)[0]
    own = _fit_own(before @ prior, earlier)
    odds, odds_own = learned.intercept + after @ learned.beta, own.intercept + (after @ prior) * own.beta[0]
    ours, theirs = (auc(each, later.came, later.entity) for each in (odds, odds_own))
    gain, gain_ci = _gain(odds, odds_own, later)
    return Trial(len(later), later.events, gain, gain_ci, theirs.interval, ours.interval, ours.against(theirs),
                 _bend(model, earlier, later, odds) if bending else None)


def _bend(model: Model, earlier: Panel, later: Panel, straight: Floats) -> Bend | None:
    """None where curves leave some rows without a score."""
    bent = carded(model, earlier, 1 / design_effect(earlier.came, earlier.entity)).odds(later)
    if np.isnan(bent).any():
        return None
    gain, gain_ci = _gain(bent, straight, later)
    ours = auc(bent, later.came, later.entity)
    return Bend(gain, gain_ci, ours.interval, ours.against(auc(straight, later.came, later.entity)))


def _gain(odds: Floats, others: Floats, panel: Panel) -> tuple[float, tuple[float, float]]:
    """By how much the log loss is less than that of others, with its 90 % interval."""
    loss, loss_others = (-special.log_expit(np.where(panel.came, 1, -1) * each) for each in (odds, others))
    gain, wide = float(np.mean(loss_others - loss)), NORMAL_90 * _error(loss_others - loss, panel)
    return gain, (gain - wide, gain + wide)


def divided(panel: Panel, horizon: int) -> tuple[Panel, Panel] | None:
    """Rows to learn on, whose horizons are over when the rows to judge on begin; None where either hold too few outcomes."""
    dates = np.unique(panel.day)
    if not len(dates):
        return None
    cut = dates[int(len(dates) * EARLIER)]
    earlier, later = (panel.at(np.flatnonzero(rows)) for rows in (panel.day + horizon <= cut, panel.day >= cut))
    return None if earlier.events < FEWEST or not later.came.any() or later.came.all() else (earlier, later)


def _fit_own(score: Floats, panel: Panel) -> Fit:
    """The model's own weights: only how much they matter altogether is learned."""
    return fitted(score[:, None], panel.came, np.ones(1), 0.0, 1 / design_effect(panel.came, panel.entity))


def _error(difference: Floats, panel: Panel) -> float:
    """Standard error of the mean over rows, for whole entities."""
    sums = per_entity(panel.entity, difference - difference.mean())
    number = len(sums)
    return float(np.sqrt(sums @ sums * number / max(number - 1, 1)) / len(difference))


def _allowed(events: int, trial: Trial | None, leaks: Sequence[Caution]) -> tuple[str, str]:
    names = ", ".join(dict.fromkeys(one.measure or one.source or "the score" for one in leaks))
    seen = f"not to be adopted before it is known whether {names} may see the outcome"
    if events < SOME:
        few = f"{events} outcomes carry a proposal and no more: good weights are rarely beaten by so few"
        return "proposal", f"{few}; and {seen}" if leaks else few
    if leaks:
        return "proposal", seen
    if trial is None:
        return "proposal", "too few outcomes on the earlier dates to try it on later ones"
    if -trial.gain_ci[0] >= HARM:
        return "proposal", (f"on later dates its log loss may be {-trial.gain_ci[0]:.4f} more than that of the model's own "
                            f"weights, and at most {HARM:g} is allowed")
    word = "better" if trial.gain_ci[0] > 0 else "neither proven better nor worse"
    return "adopt", (f"on later dates {word} than the model's own weights (log loss less by {trial.gain:z.4f}, 90 %: "
                     f"{trial.gain_ci[0]:.4f} to {trial.gain_ci[1]:.4f}), and no measure seems to see the outcome")
