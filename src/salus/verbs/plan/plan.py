"""`salus plan`: what an edited model would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

import salus.verbs.plan.text  # noqa: F401  registers the text of the result
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.learning.risks import nominal_weights
from salus.insight.statistics.auc import auc
from salus.model.model import Model
from salus.periods.day import NEVER
from salus.scores.scores import Scores
from salus.verbs.plan.both_models import score_both
from salus.verbs.plan.effects import MIN_CHANGE
from salus.verbs.plan.movers import ModelPairs
from salus.verbs.plan.result import ModelComparison, Plan
from salus.workspace.workspace import Workspace


def plan(
    workspace: Workspace,
    edited: Workspace,
    as_of: dt.date | None,
    outcome: str | None,
    horizon: int,
) -> Plan:
    """Compare the scores of both models on one date (None: the date where the data end).

    With an `outcome`, also compare how well both predicted it within `horizon` days after past
    dates.
    """
    before, after = score_both(workspace, edited.model, as_of)
    judgement = None if outcome is None else _compare_auc(workspace, edited, outcome, horizon)
    result = compare_models(before, after)
    return replace(result, outcome=outcome, judgement=judgement, file=edited.file)


def compare_models(before: Scores, after: Scores, part: str | None = None) -> Plan:
    """What differs between the scores of two models on one date.

    `part`: a text that says which entities the edited model would score; None: all.
    """
    pairs = ModelPairs.of(before, after)
    return Plan(
        own=before.model,
        edited=after.model,
        as_of=before.as_of,
        entities=len(pairs),
        weights=tuple(_changed_weights(before.model, after.model)),
        flows=tuple(pairs.flows()),
        movers=pairs.movers,
        outcome=None,
        judgement=None,
        part=part,
    )


def _changed_weights(own: Model, edited: Model) -> Iterator[tuple[str, float | None, float | None]]:
    """Each measure whose share of the score differs, with both shares."""
    before, after = nominal_weights(own), nominal_weights(edited)
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old is None or new is None or abs(old - new) > MIN_CHANGE:
            yield name, old, new


def _compare_auc(
    workspace: Workspace, edited: Workspace, outcome: str, horizon: int
) -> ModelComparison | None:
    """The AUC of both models on the same rows; None if all rows ended the same way."""
    period = DateRange(None, None, "month")
    own, new = (
        build_panel(each, BacktestRequest(outcome, horizon, period), with_warnings=False)
        for each in (workspace, edited)
    )
    keys = [data.panel.entity * (2 * NEVER) + data.panel.day for data in (own, new)]
    _, own_rows, new_rows = np.intersect1d(
        keys[0], keys[1], assume_unique=True, return_indices=True
    )
    own_panel, new_panel = own.panel.at(own_rows), new.panel.at(new_rows)
    scored = np.flatnonzero(~np.isnan(own_panel.score) & ~np.isnan(new_panel.score))
    own_panel, new_panel = own_panel.at(scored), new_panel.at(scored)
    had_outcome, entity = own_panel.had_outcome, own_panel.entity
    if not had_outcome.any() or had_outcome.all():
        return None
    own_auc = auc(own.question.sign * own_panel.score, had_outcome, entity)
    new_auc = auc(new.question.sign * new_panel.score, had_outcome, entity)
    return ModelComparison(
        outcome,
        own.question.horizon,
        len(own_panel),
        own_auc.interval,
        new_auc.interval,
        new_auc.against(own_auc),
    )
