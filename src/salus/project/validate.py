"""`salus validate`: the score on past dates against what came after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salus.insight.caution import Caution
from salus.insight.validation import Validation, validated
from salus.project.judged import Asked, judged
from salus.project.project import Project


@dataclass(frozen=True)
class Validated:
    """A validation, as the verbs hand it out."""

    found: Validation

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What makes the figures less than they seem."""
        return self.found.warnings

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus validate --json`."""
        return self.found.as_dict()

    def __str__(self) -> str:
        from salus.project.validation_text import told
        return told(self.found)

    def _repr_html_(self) -> str:
        from salus.project.text import as_html
        return as_html(str(self))


def validate(project: Project, outcome: str, horizon: int, asked: Asked, capacity: float) -> Validated:
    """Judge the model's score, or the further score whose `goal` the outcome is."""
    found = judged(project, outcome, horizon, asked, capacity)
    return Validated(validated(project.model, found.panel, found.question, found.money, found.misses, found.faults))
