"""The models that are active on a date: the model of salus.yaml and, during a rollout, the
candidate for its part of the entities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from salus.model.model import Model
from salus.scores.as_shown import scores_on
from salus.scores.entity_lookup import find_row
from salus.scores.rollout import Rows, active_rollout
from salus.scores.scores import Scores
from salus.sources.key import plain_key
from salus.workspace.kept_results import Same
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class ActiveModel:
    """A model's scores of all entities, and the rows of the entities that it is active for; the
    same for an earlier date.
    """

    scores: Scores
    rows: Rows
    before: Scores | None = None
    rows_before: Rows | None = None

    @property
    def model(self) -> Model:
        return self.scores.model


def active_models(
    workspace: Workspace, as_of: dt.date | None, since: dt.date | None = None
) -> tuple[ActiveModel, ...]:
    """Each model that is active now, with its scores of `as_of` and, if given, of `since`."""
    official = scores_on(workspace, workspace.model, [as_of] if since is None else [as_of, since])
    rollout = active_rollout(workspace)
    if rollout is None or rollout.decision.stage != "part":
        return (_active(official, [np.arange(len(scores)) for scores in official]),)
    candidate = scores_on(workspace, rollout.candidate, [scores.as_of for scores in official])
    splits = [
        workspace.kept.get(
            ("split", own.as_of),
            (Same(own), Same(other), rollout.decision),
            partial(rollout.split, own, other),
            lambda rows: sum(map(len, rows)),
        )
        for own, other in zip(official, candidate, strict=True)
    ]
    return (
        _active(official, [split[0] for split in splits]),
        _active(candidate, [split[1] for split in splits]),
    )


def _active(scores: Sequence[Scores], rows: Sequence[Rows]) -> ActiveModel:
    """From the scores and rows of one date, or of a date and an earlier one."""
    if len(scores) == 1:
        return ActiveModel(scores[0], rows[0])
    return ActiveModel(scores[0], rows[0], scores[1], rows[1])


def find_entity(models: Sequence[ActiveModel], entity: str) -> tuple[ActiveModel, int]:
    """The model that scores an entity, given by key or label, and its row there."""
    for key in (entity, plain_key(entity)):
        for active in models:
            place = active.scores.places.get(key)
            if place is not None and (active.rows == place).any():
                return active, place
    if len(models) == 1:
        return models[0], models[0].scores.row(entity)
    places = [(active, int(row)) for active in models for row in active.rows]
    ids = [active.scores.ids[row] for active, row in places]
    labels = [active.scores.labels[row] for active, row in places]
    return places[find_row(entity, ids, labels, models[0].scores.as_of)]
