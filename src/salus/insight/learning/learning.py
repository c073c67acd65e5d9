"""Weights proposed from what happened, and whether they may be adopted.

Judged on rows they were not learned on (trial.py); the proposal itself rests on all rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.learning.adoption import decide
from salus.insight.learning.curves import Card, fit_card
from salus.insight.learning.risks import Risks, fit_of, nominal
from salus.insight.learning.trial import FEWEST, Trial, run_trial, split_obstacle
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.panel import Panel
from salus.model.model import Model

MANY = 150  # entities with the outcome to bend curves


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A proposal; no weights where it is refused."""

    events: int
    allowed: str  # none, proposal or adopt
    reasons: tuple[Finding, ...]  # why it may be adopted or not
    own: Mapping[str, float]
    weights: Mapping[str, float]
    trial: Trial | None
    card: Card | None = None  # curves too, where they won
    cross_sectional: bool = False  # by a flag: across entities, not forward in time
    proven: bool = False  # by its evidence it might be adopted


def learn(model: Model, panel: Panel, horizon: int | None, found: Sequence[DataWarning]) -> Learned:
    """Learn from the rows of a panel. `found`: what validation found, of which leaks forbid
    adoption.

    `horizon` None: the outcome is a flag without a date.
    """
    events = min(panel.events, len(np.unique(panel.entity)) - panel.events)
    own = nominal(model)
    if events < FEWEST:
        return Learned(
            events=events,
            allowed="none",
            reasons=(Finding("learning.too_few", events=events, least=FEWEST),),
            own=own,
            weights={},
            trial=None,
            cross_sectional=horizon is None,
        )
    risks = Risks.of(model, panel)
    fit = fit_of(risks, panel) if risks.names else None
    if fit is None or not fit.beta.any():
        return Learned(
            events=events,
            allowed="none",
            reasons=(Finding("learning.no_sign"),),
            own=own,
            weights={},
            trial=None,
            cross_sectional=horizon is None,
        )
    weights = dict.fromkeys(own, 0.0) | risks.shares(fit)
    trial = run_trial(model, panel, horizon, with_curves=events >= MANY)
    word, reasons = decide(
        events, trial, found, split_obstacle(panel, horizon) if trial is None else None
    )
    card = None
    if trial is not None and trial.bend is not None and trial.bend.wins:
        card = fit_card(model, panel, 1 / design_effect(panel.had_outcome, panel.entity))
        weights = nominal(card.model)
    flag = horizon is None
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
