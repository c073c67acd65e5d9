"""The part of the report on an outcome: whether the score predicted it, and which value will be
renewed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.validation.validation import Validation, evaluate
from salus.periods.day import day_number
from salus.verbs.forecast.forecast import SHORTEST, forecast
from salus.verbs.forecast.renewals import RenewalForecast
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class OutcomeHorizon:
    """An outcome, and the days within which it counts."""

    outcome: str
    horizon: int  # days


def validate_score(workspace: Workspace, prediction: OutcomeHorizon, as_of: dt.date) -> Validation:
    """Compare past scores with the outcome, using only what was known at `as_of`."""
    last = as_of - dt.timedelta(days=prediction.horizon)
    period = DateRange(None, last, "month")
    request = BacktestRequest(prediction.outcome, prediction.horizon, period)
    data = build_panel(workspace, request)
    misses = tuple(miss for miss in data.misses if miss.day < day_number(as_of))
    return evaluate(workspace.model, data.panel, data.question, data.money, misses, data.warnings)


def forecast_value(
    workspace: Workspace, prediction: OutcomeHorizon, as_of: dt.date
) -> ValueOutlook | None:
    """The value that will be renewed. None if the model has no renewals, if the outcome is the goal
    of a further score, or if the horizon is too short.
    """
    model, outcome, horizon = workspace.model, prediction.outcome, prediction.horizon
    goals = {further.goal for further in model.scores}
    if model.entity.renewal is None or horizon < SHORTEST or outcome in goals:
        return None
    renewals: RenewalForecast | None = forecast(
        workspace, as_of, horizon, outcome, (), keep=False
    ).renewals
    return None if renewals is None else renewals.outlook
