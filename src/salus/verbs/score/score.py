"""`salus score`: the scores of one date, kept and written to a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

from salus.channels.export import check_ending, write_parts, write_scores_file
from salus.errors import Problem, SalusError
from salus.scores.active_models import Spoken
from salus.scores.compute import scored_by
from salus.scores.rollout import Rollout, active_rollout
from salus.scores.scores import Scores
from salus.workspace.workspace import Workspace


def score(
    workspace: Workspace, as_of: dt.date | None, *, keep: bool, out: Path | None = None
) -> Scores | Spoken:
    """Score `as_of` (None: the default date) and, with `keep`, write it to history.

    While a model is on trial both score. In its shadow only the official one is shown; rolled out
    to a part, each speaks for its own entities.
    """
    rollout = active_rollout(workspace)
    part = rollout is not None and rollout.decision.stage == "part"
    if out is not None:
        check_ending(out, 2 if part else 1)
    scores = scored_by(workspace, workspace.model, as_of)
    if rollout is None or not part:
        if keep:
            workspace.store.keep(scores.to_arrow(), workspace.model, scores.as_of)
        notes = (
            [_shadowed(workspace, rollout, scores.as_of)] if rollout is not None and keep else []
        )
        notes += [str(workspace.unfinished)] if workspace.unfinished is not None else []
        scores = replace(scores, notes=(*scores.notes, *notes))
        if out is not None:
            write_scores_file(scores, out)
        return scores
    return _spoken(workspace, rollout, scores, keep=keep, out=out)


def _candidate(workspace: Workspace, rollout: Rollout, day: dt.date) -> Scores:
    """Everybody by the model on trial; what stands in its way is told as its own."""
    try:
        return scored_by(workspace, rollout.candidate, day)
    except SalusError as error:
        what = f"the model {rollout.candidate.fingerprint}, which is on trial, can't score"
        told = Problem(
            rollout.candidate.file,
            None,
            None,
            what,
            "mend it and adopt it again, or run `salus rollback`",
        )
        raise type(error)([told, *error.problems]) from error


def _shadowed(workspace: Workspace, rollout: Rollout, day: dt.date) -> str:
    """Score the candidate too and keep it as not shown; what to tell of it. What is official was
    kept before.
    """
    scores = _candidate(workspace, rollout, day)
    workspace.store.keep(
        scores.to_arrow(), rollout.candidate, day, np.zeros(len(scores), dtype=bool)
    )
    return (
        f"in its shadow the model {rollout.candidate.fingerprint} scored {len(scores):,}; `salus"
        " plan` compares them"
    )


def _spoken(
    workspace: Workspace, rollout: Rollout, official: Scores, *, keep: bool, out: Path | None
) -> Spoken:
    """Both models, each for its own. The candidate's file comes first: an interruption leaves
    nobody unspoken for.
    """
    candidate = _candidate(workspace, rollout, official.as_of)
    found = Spoken.of(rollout, official, candidate)
    if keep:
        for scores, shown in (
            (candidate, rollout.candidates(official, candidate.ids)),
            (official, ~rollout.candidates(official, official.ids)),
        ):
            workspace.store.keep(scores.to_arrow(), scores.model, scores.as_of, shown)
    if out is not None:
        write_parts(found.parts, found.fingerprints, out)
    return found
