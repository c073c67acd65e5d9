"""`salus score`: score all entities on one date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

import salus.verbs.score.text  # noqa: F401  registers the text of the result
from salus.channels.export import check_ending, write_parts, write_scores_file
from salus.errors import Problem, SalusError
from salus.scores.compute import compute_project_scores
from salus.scores.rollout import Rollout, active_rollout
from salus.scores.rollout_scores import RolloutScores
from salus.scores.scores import Scores
from salus.workspace.workspace import Workspace


def score(
    workspace: Workspace, as_of: dt.date | None, *, keep: bool, out: Path | None = None
) -> Scores | RolloutScores:
    """Score all entities on `as_of` (None: the date where the data end). `keep` writes the scores to
    history, `out` to a file.

    During a trial both models score. In the shadow, the result has only the scores of the official
    model. In a rollout to a part, it has the scores of each model for its own entities.
    """
    rollout = active_rollout(workspace)
    in_part = rollout is not None and rollout.decision.stage == "part"
    if out is not None:
        check_ending(out, 2 if in_part else 1)
    scores = compute_project_scores(workspace, workspace.model, as_of)
    if rollout is not None and in_part:
        return _score_rollout(workspace, rollout, scores, keep=keep, out=out)
    if keep:
        workspace.store.keep(scores.to_arrow(), workspace.model, scores.as_of)
    notes = []
    if rollout is not None and keep:
        notes.append(_score_shadow(workspace, rollout, scores.as_of))
    if workspace.unfinished is not None:
        notes.append(str(workspace.unfinished))
    scores = replace(scores, notes=(*scores.notes, *notes))
    if out is not None:
        write_scores_file(scores, out)
    return scores


def _score_candidate(workspace: Workspace, rollout: Rollout, day: dt.date) -> Scores:
    """The candidate's scores of all entities. An error names the candidate's file."""
    try:
        return compute_project_scores(workspace, rollout.candidate, day)
    except SalusError as error:
        problem = Problem(
            rollout.candidate.file,
            None,
            None,
            f"the candidate model {rollout.candidate.fingerprint} can't score",
            "correct it and adopt it again, or run `salus rollback`",
        )
        raise type(error)([problem, *error.problems]) from error


def _score_shadow(workspace: Workspace, rollout: Rollout, day: dt.date) -> str:
    """Score with the candidate too, keep its scores as not shown, and return a note about it.

    The official scores must be in history before.
    """
    scores = _score_candidate(workspace, rollout, day)
    workspace.store.keep(
        scores.to_arrow(), rollout.candidate, day, np.zeros(len(scores), dtype=bool)
    )
    return (
        f"model {rollout.candidate.fingerprint} scored {len(scores):,}"
        f" {rollout.candidate.entity.names} in the background; `salus plan` compares both"
    )


def _score_rollout(
    workspace: Workspace, rollout: Rollout, official: Scores, *, keep: bool, out: Path | None
) -> RolloutScores:
    """The scores of both models, each for its own entities. The candidate's scores are kept first:
    after an interruption, every entity still has a score.
    """
    candidate = _score_candidate(workspace, rollout, official.as_of)
    result = RolloutScores.of(rollout, official, candidate)
    if keep:
        for scores, mask in (
            (candidate, rollout.candidate_mask(official, candidate.ids)),
            (official, ~rollout.candidate_mask(official, official.ids)),
        ):
            workspace.store.keep(scores.to_arrow(), scores.model, scores.as_of, mask)
    if out is not None:
        write_parts(result.parts, result.fingerprints, out)
    return result
