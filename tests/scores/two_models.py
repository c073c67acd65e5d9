"""A company that two models scored: the first on the first day, the second after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from salus.project import Project, open_project
from tests.project.company import MODEL

FIRST, SECOND, LAST = (dt.date(2025, 11, day) for day in (10, 15, 20))
OTHER = MODEL.replace("weight: 3", "weight: 1")


@dataclass(frozen=True)
class Company:
    """The project folder, the dates that were scored, and the fingerprints of the models."""

    folder: Path
    own: str  # scored `first` and is the model of salus.yaml
    other: str  # scored `second`
    first: dt.date = FIRST
    second: dt.date = SECOND
    last: dt.date = LAST


def score_with_two_models(project: Project) -> Company:
    project.score(FIRST)
    own, path = project.model.fingerprint, project.folder / "salus.yaml"
    path.write_text(OTHER, encoding="utf-8")
    other = open_project(project.folder)
    other.score(SECOND)
    path.write_text(MODEL, encoding="utf-8")
    return Company(project.folder, own, other.model.fingerprint)
