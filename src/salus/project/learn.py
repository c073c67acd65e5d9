"""`salus learn`: weights that foretell the outcome better, as a model file beside the project's, with the evidence."""

from __future__ import annotations

import difflib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
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
from salus.model.curve import Scale, Words
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.read import read_text
from salus.project.judged import Asked, judged
from salus.project.project import Project
from salus.project.proposal_file import heading
from salus.project.result import Printed

CAPACITY = 0.1
FILE = "proposed.yaml"
LEAST = 0.01                                 # of 100: a weight can't be 0


@dataclass(frozen=True)
class Proposal(Printed):
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
                "curves": _bend_dict(found),
                "weights": {name: {"own": share, "learned": found.weights.get(name)} for name, share in found.own.items()},
                "model": None if self.path is None else str(self.path), "diff": self.difference}

    def __str__(self) -> str:
        from salus.project.learned_text import told
        return told(self)


def _bend_dict(found: Learned) -> dict[str, Any] | None:
    """What curves gained over weights alone, and which measures have one in the proposal."""
    bend = found.trial.bend if found.trial else None
    if bend is None:
        return None
    return {"gain": bend.gain, "gain_ci": list(bend.gain_ci), "auc": bend.auc.value, "auc_ci": bend.auc.ends,
            "auc_difference": bend.auc_gain.value, "auc_difference_ci": bend.auc_gain.ends,
            "proposed": sorted(found.card.bent) if found.card else []}


def learn(project: Project, outcome: str, horizon: int, asked: Asked, out: Path | None) -> Proposal:
    """Learn from past dates and write the proposal; the project's own model stays as it is."""
    model = project.model
    rows = judged(project, outcome, horizon, asked, CAPACITY, valued=True)
    if rows.question.sign > 0:
        raise UsageError(f"`{outcome}` is the goal of the score `{rows.question.score}`, whose weights aren't learned yet",
                         "name an outcome that the main score warns of")
    scored = rows.panel.at(np.flatnonzero(~np.isnan(rows.panel.score)))
    told, beside = compared(model, scored, rows.question)
    found = learned_from(model, scored, horizon, (*rows.faults, *warnings(model, scored, rows.question, told, beside)))
    if not found.weights:
        return Proposal(rows.question, found, None, "")
    about = heading(rows.question, found)
    card = found.card
    text = written(card.model, card.bent, about) if card else written(weighted(model, found.weights), (), about)
    read_text(text, model.file, project.folder)  # whatever is written can be read
    path = out or project.folder / FILE
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8")
    lines = difflib.unified_diff(model.text.splitlines(keepends=True), text.splitlines(keepends=True), model.file, path.name)
    return Proposal(rows.question, found, path, "".join(lines))


def weighted(model: Model, weights: Mapping[str, float]) -> Model:
    """The model with these shares of measures in the score as weights."""
    def measure(one: Measure) -> Measure:
        return replace(one, weight=max(round(100 * weights[one.name], 2), LEAST))
    several = [replace(one, measures=tuple(map(measure, one.measures))) for one in model.dimensions]
    return replace(model, dimensions=tuple(
        replace(one, weight=round(sum(measure.weight for measure in one.measures), 2)) for one in several))


def written(model: Model, bent: Collection[str], about: list[str]) -> str:
    """The model's file with its weights, and the curves of the measures in `bent`; comments and layout are kept."""
    from ruamel.yaml import YAML
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    document = yaml.load(model.text)
    for dimension in model.dimensions:
        block = document["dimensions"][dimension.name]
        block["weight"] = dimension.weight
        for measure in dimension.measures:
            block["measures"][measure.name]["weight"] = measure.weight
            if measure.name in bent:
                _bend(block["measures"][measure.name], measure.scale)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return "".join(f"# {line}\n" for line in about) + stream.getvalue()


def _bend(fields: Any, scale: Scale | None) -> None:
    """Write a scale in the place of the one that was there."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    for name in ("bad", "good", "curve", "points"):
        fields.pop(name, None)
    if isinstance(scale, Words):
        points = CommentedMap(scale.points)
        points.fa.set_flow_style()
        fields["points"] = points
    elif scale is not None:
        knots = CommentedSeq([CommentedSeq([value, points]) for value, points in scale.knots])
        knots.fa.set_flow_style()
        fields["curve"] = knots
