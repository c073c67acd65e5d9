"""The entities that have given notice and whose contracts still run."""

from __future__ import annotations

from salus.model.model import Model, Outcome
from salus.outcomes.events import load_events
from salus.periods.day import NEVER, day_number
from salus.scores.scores import Scores
from salus.sources.connection import Connection


def days_to_end(
    model: Model, connection: Connection, outcome: Outcome, scores: Scores
) -> dict[str, int]:
    """By id: the days to the end, for entities whose outcome was decided before the date of the
    scores and takes effect on it or later. Empty if the model has no renewals or no `decided`.
    """
    if model.entity.renewal is None or outcome.decided is None:
        return {}
    now = day_number(scores.as_of)
    events = load_events(model, connection, outcome, scores.ids, now)
    return {
        scores.ids[entity]: int(end) - now
        for entity, end in zip(events.entity, events.effective_day, strict=True)
        if now <= end < NEVER
    }
