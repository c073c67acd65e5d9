"""`salus validate`: the score on past dates against what followed."""

from __future__ import annotations

from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.validation.validation import evaluate
from salus.verbs.validate import text as _  # noqa: F401 (registers the text of the result)
from salus.verbs.validate.result import ValidationResult
from salus.workspace.workspace import Workspace

__all__ = ["ValidationResult", "validate"]


def validate(
    workspace: Workspace, outcome: str, horizon: int, period: DateRange, capacity: float
) -> ValidationResult:
    """Test the model's score, or the further score whose `goal` is the outcome."""
    data = build_panel(workspace, BacktestRequest(outcome, horizon, period, capacity))
    validation = evaluate(
        workspace.model, data.panel, data.question, data.money, data.misses, data.warnings
    )
    return ValidationResult(validation, workspace.model)
