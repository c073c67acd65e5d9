"""The scores of a date as a person sees them: of one model, or during a rollout of two."""

from __future__ import annotations

import datetime as dt

from salus.scores.as_shown import scores_on
from salus.scores.rollout import active_rollout
from salus.scores.rollout_scores import RolloutScores
from salus.scores.scores import Scores
from salus.workspace.kept_results import Same
from salus.workspace.workspace import Workspace


def load_shown(workspace: Workspace, as_of: dt.date | None) -> Scores | RolloutScores:
    """Kept scores, else computed ones, which aren't written. `as_of` None: where the data end."""
    [official] = scores_on(workspace, workspace.model, [as_of])
    rollout = active_rollout(workspace)
    if rollout is None or rollout.decision.stage != "part":
        return official
    [candidate] = scores_on(workspace, rollout.candidate, [official.as_of])
    return workspace.kept.get(
        ("rollout", official.as_of),
        (Same(official), Same(candidate), rollout.decision),
        lambda: RolloutScores.of(rollout, official, candidate),
        len,
    )
