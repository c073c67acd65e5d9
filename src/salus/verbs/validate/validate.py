"""`salus validate`: compare the score on past dates with what happened later."""

from __future__ import annotations

import salus.verbs.validate.text  # noqa: F401  registers the text of the result
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.validation.validation import evaluate
from salus.verbs.validate.departures import count_departures
from salus.verbs.validate.result import ValidationResult
from salus.workspace.workspace import Workspace


def validate(
    workspace: Workspace, outcome: str, horizon: int, period: DateRange, capacity: float
) -> ValidationResult:
    """Validate the main score, or the further score whose `goal` is the outcome.

    `horizon`: in days; `capacity`: the share of entities that a team can look after, 0 to 1.
    """
    data = build_panel(workspace, BacktestRequest(outcome, horizon, period, capacity))
    validation = evaluate(
        workspace.model, data.panel, data.question, data.money, data.misses, data.warnings
    )
    departures = count_departures(workspace, validation.question.outcome, validation.misses)
    return ValidationResult(validation, workspace.model, departures)
