"""`salus learn`: weights that foretell the outcome better, as a model file beside the project's, with the evidence."""

from __future__ import annotations

import difflib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from salus.atomic import whole
from salus.errors import UsageError
from salus.insight.learning import Learned
from salus.insight.learning import learn as learned_from
from salus.insight.question import Question
from salus.insight.validation import compared
from salus.insight.warnings import warnings
from salus.model.model import Model
from salus.model.read import read_text
from salus.project.judged import Asked, judged
from salus.project.project import Project

CAPACITY = 0.1
FILE = "proposed.yaml"
LEAST = 0.01                                 # of 100: a weight can't be 0


@dataclass(frozen=True)
class Proposal:
    """What was learned, and the file it was written to; none where learning is refused."""

    question: Question
    found: Learned
    path: Path | None
    difference: str                          # the proposed file against the model's, as a unified diff

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus learn --json`."""
        found, trial = self.found, self.found.trial
        return {"outcome": self.question.outcome, "horizon_days": self.question.horizon, "events": found.events,
                "allowed": found.allowed, "reason": found.reason, "gain": trial.gain if trial else None,
                "gain_ci": list(trial.gain_ci) if trial else None,
                "auc": {"own": trial.auc_own.value, "own_ci": trial.auc_own.ends, "learned": trial.auc_learned.value,
                        "learned_ci": trial.auc_learned.ends, "difference": trial.auc_gain.value,
                        "difference_ci": trial.auc_gain.ends, "rows": trial.rows, "events": trial.events} if trial else None,
                "weights": {name: {"own": share, "learned": found.weights.get(name)} for name, share in found.own.items()},
                "model": None if self.path is None else str(self.path), "diff": self.difference}

    def __str__(self) -> str:
        from salus.project.learned_text import told
        return told(self)

    def _repr_html_(self) -> str:
        from salus.project.text import as_html
        return as_html(str(self))


def learn(project: Project, outcome: str, horizon: int, asked: Asked, out: Path | None) -> Proposal:
    """Learn from past dates and write the proposal; the project's own model stays as it is."""
    model = project.model
    rows = judged(project, outcome, horizon, asked, CAPACITY)
    if rows.question.sign > 0:
        raise UsageError(f"`{outcome}` is the goal of the score `{rows.question.score}`, whose weights aren't learned yet",
                         "name an outcome that the main score warns of")
    scored = rows.panel.at(np.flatnonzero(~np.isnan(rows.panel.score)))
    told, beside = compared(model, scored, rows.question)
    found = learned_from(model, scored, horizon, (*rows.faults, *warnings(model, scored, rows.question, told, beside)))
    if not found.weights:
        return Proposal(rows.question, found, None, "")
    text = reweighted(model, found.weights, _about(rows.question, found))
    read_text(text, model.file, project.folder)  # whatever is written can be read
    path = out or project.folder / FILE
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8")
    lines = difflib.unified_diff(model.text.splitlines(keepends=True), text.splitlines(keepends=True), model.file, path.name)
    return Proposal(rows.question, found, path, "".join(lines))


def _about(question: Question, found: Learned) -> list[str]:
    trial = found.trial
    lines = [f"Proposed by `salus learn`: weights by the outcome `{question.outcome}` within {question.horizon} days, which "
             f"came to {found.events}.", f"{found.allowed}: {found.reason}."]
    if trial is not None:
        lines.append(f"On {trial.rows} later rows: AUC {trial.auc_learned.value:.3f}, with the model's own weights "
                     f"{trial.auc_own.value:.3f}.")
    return lines


def reweighted(model: Model, weights: Mapping[str, float], about: list[str]) -> str:
    """The model's file with these shares of measures in the score as weights, comments and layout kept."""
    from ruamel.yaml import YAML
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    document = yaml.load(model.text)
    for dimension in model.dimensions:
        block = document["dimensions"][dimension.name]
        shares = {measure.name: max(round(100 * weights[measure.name], 2), LEAST) for measure in dimension.measures}
        block["weight"] = round(sum(shares.values()), 2)
        for name, share in shares.items():
            block["measures"][name]["weight"] = share
    stream = io.StringIO()
    yaml.dump(document, stream)
    return "".join(f"# {line}\n" for line in about) + stream.getvalue()
