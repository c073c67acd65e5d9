"""`salus validate`: the score on past dates against what followed."""

from __future__ import annotations

<<<<<<< HEAD
from dataclasses import dataclass

from salus.channels.pictures import Picture, build_pictures
from salus.channels.result import ChartResult
from salus.channels.words.labels import words_for
=======
>>>>>>> w-base
from salus.datasets.backtest import DateRange, build_panel
from salus.insight.validation.validation import evaluate
from salus.verbs.validate import text as _  # noqa: F401 (registers the text of the result)
from salus.verbs.validate.result import ValidationResult
from salus.workspace.workspace import Workspace

<<<<<<< HEAD

@dataclass(frozen=True)
class ValidationResult(ChartResult):
    """A validation, as the verbs hand it out."""

    found: Validation
    model: Model

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What makes the figures less than they seem."""
        return self.found.warnings

    def as_dict(self) -> dict[str, object]:
        """The document of `salus validate --json`."""
        return self.found.as_dict()

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """Calibration, rates by score, lead time, misses and moves; `draw()` of each is an Altair
        chart.
        """
        spoken = words_for(self.model, language)
        return build_pictures(self.found, [name for name, _ in self.model.bands], spoken)

    def __str__(self) -> str:
        from salus.verbs.validate.text import told

        return told(self.found)
=======
__all__ = ["ValidationResult", "validate"]
>>>>>>> w-base


def validate(
    workspace: Workspace, outcome: str, horizon: int, period: DateRange, capacity: float
) -> ValidationResult:
    """Test the model's score, or the further score whose `goal` is the outcome."""
    data = build_panel(workspace, outcome, horizon, period, capacity)
    validation = evaluate(
        workspace.model, data.panel, data.question, data.money, data.misses, data.faults
    )
    return ValidationResult(validation, workspace.model)
