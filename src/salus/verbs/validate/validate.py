"""`salus validate`: the score on past dates against what came after."""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.pictures import Picture, build_pictures
from salus.channels.result import ChartResult
from salus.channels.words.labels import words_for
from salus.datasets.backtest import DateRange, build_panel
from salus.insight.quality.data_warning import DataWarning
from salus.insight.validation.validation import Validation, evaluate
from salus.model.model import Model
from salus.workspace.workspace import Workspace


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


def validate(
    workspace: Workspace, outcome: str, horizon: int, asked: DateRange, capacity: float
) -> ValidationResult:
    """Judge the model's score, or the further score whose `goal` the outcome is."""
    found = build_panel(workspace, outcome, horizon, asked, capacity)
    told = evaluate(
        workspace.model, found.panel, found.question, found.money, found.misses, found.faults
    )
    return ValidationResult(told, workspace.model)
