"""`salus validate`: the score on past dates against what came after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salus.atomic import whole
from salus.channels.report.pictures import Picture, drawn, proof
from salus.channels.words import words
from salus.insight.caution import Caution
from salus.insight.validation import Validation, validated
from salus.model.model import Model
from salus.project.judged import Asked, judged
from salus.project.labels import labels
from salus.project.project import Project
from salus.project.result import Printed


@dataclass(frozen=True)
class Validated(Printed):
    """A validation, as the verbs hand it out."""

    found: Validation
    model: Model

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What makes the figures less than they seem."""
        return self.found.warnings

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus validate --json`."""
        return self.found.as_dict()

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """Calibration, rates by score, lead time, misses and moves; `draw()` of each is an Altair chart."""
        told = labels(language)
        spoken = words(language, told.names, self.model.entity.name, told.tells)
        return proof(self.found, [name for name, _ in self.model.bands], spoken)

    def draw(self, folder: Path, language: str = "en") -> list[Path]:
        """Write each picture as an SVG file; the extra `pictures` must be installed."""
        files = {folder / f"{one.name}.svg": str(drawn(one)) for one in self.pictures(language)}
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            with whole(path) as draft:
                draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        return list(files)

    def __str__(self) -> str:
        from salus.project.validation_text import told
        return told(self.found)


def validate(project: Project, outcome: str, horizon: int, asked: Asked, capacity: float) -> Validated:
    """Judge the model's score, or the further score whose `goal` the outcome is."""
    found = judged(project, outcome, horizon, asked, capacity)
    told = validated(project.model, found.panel, found.question, found.money, found.misses, found.faults)
    return Validated(told, project.model)
