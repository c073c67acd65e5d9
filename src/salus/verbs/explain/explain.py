"""`salus explain`: why one entity has its score on a date, what changed, and what would raise it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import salus.verbs.explain.text  # noqa: F401  registers the text of the result
from salus.scores.active_models import ActiveModel, active_models, find_entity
from salus.scores.entity_lookup import UnknownEntityError
from salus.scores.entity_pairs import EntityPairs
from salus.scores.model_history import previous_model
from salus.scores.way_up import find_way_up
from salus.scoring.change import ScoreChange
from salus.scoring.explanation import explain as explain_cell
from salus.verbs.explain.absence import find_absence
from salus.verbs.explain.result import ScoreExplanation
from salus.workspace.workspace import Workspace


def explain(
    workspace: Workspace, entity: str, as_of: dt.date | None, since: dt.date | None
) -> ScoreExplanation:
    """Explain `entity`, a key or an unambiguous label, by the model that scores it."""
    active, row = _find(workspace, active_models(workspace, as_of, since), entity)
    scores, model = active.scores, active.model
    band = int(scores.scored.band[row])
    return ScoreExplanation(
        id=scores.ids[row],
        label=scores.labels[row],
        as_of=scores.as_of,
        model=model,
        why=explain_cell(scores.scored, row),
        to_next_band=find_way_up(scores.scored, row),
        next_band=model.bands[band - 1][0] if band > 0 else None,
        since=since,
        change=_change(workspace, active, scores.ids[row]),
        previous=previous_model(workspace, scores.ids[row], scores.as_of, model.fingerprint),
    )


def _find(
    workspace: Workspace, models: Sequence[ActiveModel], entity: str
) -> tuple[ActiveModel, int]:
    """The entity's row. Raises UsageError that says so if it left, hasn't come yet or never was one."""
    try:
        return find_entity(models, entity)
    except UnknownEntityError as unknown:
        absence = find_absence(workspace, entity, models[0].scores.as_of, part=not unknown.listed)
        if absence is None:
            raise
        raise absence from None


def _change(workspace: Workspace, active: ActiveModel, key: str) -> ScoreChange | None:
    """The entity's change since the earlier date, if it was scored then."""
    if active.before is None:
        return None
    pairs = EntityPairs.of(active.before, active.scores, [key])
    return pairs.changes(workspace)[0].at(0) if len(pairs) else None
