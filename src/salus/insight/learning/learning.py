"""Weights learned from outcomes, and whether they may be adopted.

They are tested on rows they weren't learned from (trial.py). The proposal itself uses all rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.learning.adoption import decide
from salus.insight.learning.curves import Card, fit_card
from salus.insight.learning.risks import Risks, fit_priors, nominal_weights
from salus.insight.learning.trial import FEWEST, Trial, run_trial, split_obstacle
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.panel import Panel
from salus.model.model import Model

MANY = 150  # entities with the outcome that new curves need


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A proposal; without weights where it is refused."""

    events: int
    allowed: str  # none, proposal or adopt
    reasons: tuple[Finding, ...]  # why it may be adopted or not
    own: Mapping[str, float]  # the model's weights, by measure
    weights: Mapping[str, float]  # the learned weights
    trial: Trial | None
    card: Card | None = None  # with curves, where they are better
    cross_sectional: bool = False  # learned from a flag: across entities, not forward in time
    proven: bool = False  # the evidence would allow adoption


def learn(
    model: Model, panel: Panel, horizon: int | None, warnings: Sequence[DataWarning]
) -> Learned:
    """Learn from the rows of a panel. A leak among the warnings forbids adoption. The horizon is
    None where the outcome is a flag without a date.
    """
    events = min(panel.events, len(np.unique(panel.entity)) - panel.events)
    own = nominal_weights(model)
    flag = horizon is None
    if events < FEWEST:
        few = Finding("learning.too_few", events=events, least=FEWEST)
        return _refused(events, few, own, flag)
    risks = Risks.of(model, panel)
    fit = fit_priors(risks, panel) if risks.names else None
    if fit is None or not fit.beta.any():
        return _refused(events, Finding("learning.no_sign"), own, flag)
    weights = dict.fromkeys(own, 0.0) | risks.shares(fit)
    trial = run_trial(model, panel, horizon, with_curves=events >= MANY)
    word, reasons = decide(
        events, trial, warnings, split_obstacle(panel, horizon) if trial is None else None
    )
    card = None
    if trial is not None and trial.bend is not None and trial.bend.wins:
        card = fit_card(model, panel, 1 / design_effect(panel.had_outcome, panel.entity))
        weights = nominal_weights(card.model)
    return Learned(
        events=events,
        allowed="proposal" if flag else word,
        reasons=reasons,
        own=own,
        weights=weights,
        trial=trial,
        card=card,
        cross_sectional=flag,
        proven=word == "adopt",
    )


def _refused(events: int, reason: Finding, own: Mapping[str, float], flag: bool) -> Learned:
    """No proposal, and why."""
    return Learned(
        events=events,
        allowed="none",
        reasons=(reason,),
        own=own,
        weights={},
        trial=None,
        cross_sectional=flag,
    )
