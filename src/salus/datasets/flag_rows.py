"""The rows of a flag outcome: every entity once, on the day on which the data end, whoever left
among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from salus.errors import UsageError
from salus.facts.build import open_fact_reader
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_entity_keys
from salus.insight.validation.panel import Panel, join_panels, rows_of
from salus.kernel.cells import required_grid
from salus.model.model import FurtherScore, Model, Outcome
from salus.outcomes.events import OutcomeEvents
from salus.outcomes.flagged import load_flags
from salus.scoring.timeline import score_dates
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace

RANGE = 10_000  # entities at a time


@dataclass(frozen=True)
class FlagRows:
    """The panel, and what is known of the entities today."""

    panel: Panel
    attributes: Attributes


def flag_rows(
    workspace: Workspace,
    connection: Connection,
    outcome: Outcome,
    headline: FurtherScore | None,
    day: int,
    *,
    valued: bool,
) -> FlagRows:
    """Score everybody on `day`, and label who has the flag. `valued`: with the values of
    measures.
    """
    model = with_leavers(workspace.model)
    keys = load_entity_keys(model, connection)
    if not len(keys):
        raise UsageError(
            f"the data hold no {model.entity.name}", "check the table and key of the entity"
        )
    left = np.flatnonzero(load_flags(model, connection, outcome, keys.to_pylist()))
    when = np.full(len(left), day, dtype=np.int32)
    events = OutcomeEvents(left, when, when, once=True)
    days = np.array([day], dtype=np.int32)
    facts = open_fact_reader(
        model, connection, required_grid(model, days), workspace.partials, keys
    )
    parts = [
        rows_of(scored, headline, events, 1, day + 1, first, valued)
        for first, known in facts.ranges(RANGE)
        for scored in score_dates(model, known, days)
    ]
    if not parts:
        raise UsageError(
            f"no {model.entity.name} had begun when the data end", "check `starts` of the entity"
        )
    return FlagRows(join_panels(parts), facts.attributes)


def with_leavers(model: Model) -> Model:
    """The model with everybody who ever began in its population: those who left are those to be
    compared with.
    """
    return replace(model, entity=replace(model.entity, ends=None))
