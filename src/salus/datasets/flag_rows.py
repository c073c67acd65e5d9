"""The rows of an outcome that is a flag: every entity once, on the day on which the data end,
including those that left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from salus.datasets.past_cells import RANGE
from salus.errors import UsageError
from salus.facts.build import open_fact_reader
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_entity_keys
from salus.insight.validation.panel import OutcomeWindow, Panel, build_rows, join_panels
from salus.kernel.cells import required_grid
from salus.model.model import FurtherScore, Model, Outcome
from salus.outcomes.events import OutcomeEvents
from salus.outcomes.flagged import load_flags
from salus.scoring.timeline import score_dates
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class FlagRows:
    """The rows, and the attributes of the entities today."""

    panel: Panel
    attributes: Attributes


def load_flag_rows(
    workspace: Workspace,
    connection: Connection,
    outcome: Outcome,
    further: FurtherScore | None,
    day: int,
    *,
    with_values: bool,
) -> FlagRows:
    """Score every entity on a day; those with the flag have the outcome. `with_values` adds the
    values of measures.
    """
    model = include_leavers(workspace.model)
    keys = load_entity_keys(model, connection)
    if not len(keys):
        raise UsageError(
            f"the data hold no {model.entity.name}", "check the table and key of the entity"
        )
    left = np.flatnonzero(load_flags(model, connection, outcome, keys.to_pylist()))
    when = np.full(len(left), day, dtype=np.int32)
    events = OutcomeEvents(left, when, when, once=True)
    window, days = OutcomeWindow(events, 1, day + 1), np.array([day], dtype=np.int32)
    facts = open_fact_reader(
        model, connection, required_grid(model, days), workspace.partials, keys
    )
    parts = [
        build_rows(scored, further, window, first, with_values=with_values)
        for first, known in facts.ranges(min(RANGE, facts.range_size))
        for scored in score_dates(model, known, days)
    ]
    if not parts:
        raise UsageError(
            f"no {model.entity.name} has started when the data end", "check `starts` of the entity"
        )
    return FlagRows(join_panels(parts), facts.attributes)


def include_leavers(model: Model) -> Model:
    """The model with every entity that ever started in its population, because those that left must
    be compared with the others.
    """
    return replace(model, entity=replace(model.entity, ends=None))
