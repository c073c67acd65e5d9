"""Facts → cells → scores, for one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from salus.errors import UsageError
from salus.facts.build import FactSet, open_fact_reader
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.data_end import load_data_end
from salus.facts.partials.partial import Attributes
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scores.scores import EntityDetails, Scores
from salus.scoring.scored import Scored
from salus.scoring.timeline import join_ranges, score_everyone
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace

CHUNK = 20_000  # entities at a time where facts are kept: their arrays stay small


def compute_project_scores(workspace: Workspace, model: Model, as_of: dt.date | None) -> Scores:
    """All entities scored by one model, from the facts. `as_of` None: the date where the data end."""
    with workspace.connected(model) as connection:
        return compute_scores(
            model,
            connection,
            as_of or load_data_end(model, connection, workspace.today).as_of,
            workspace.partials,
        )


def compute_scores(
    model: Model, connection: Connection, as_of: dt.date, partials: PartialCache | None = None
) -> Scores:
    """The scores of one date, from `partials` where they exist."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    facts = open_fact_reader(model, connection, required_grid(model, days), partials)
    found = join_ranges(
        model, facts.ranges(CHUNK if facts.uses_files else max(len(facts), 1)), days
    )
    return _build_scores(model, found, as_of, facts.attributes, facts.unknown_keys)


def compute_from_facts(model: Model, known: FactSet, as_of: dt.date) -> Scores:
    """The scores of one date from facts that were loaded before. `known` must reach back as far as
    the model's longest window.
    """
    found = score_everyone(model, known, np.array([day_number(as_of)], dtype=np.int32))
    return _build_scores(model, found, as_of, known.attributes, known.unknown_keys)


def _build_scores(
    model: Model,
    found: Scored | None,
    as_of: dt.date,
    known: Attributes,
    unknown_keys: Collection[str],
) -> Scores:
    if found is None:
        raise empty_population(model, as_of)
    positions = found.cells.entity
    scored = replace(found, cells=replace(found.cells, entity=np.arange(len(found))))
    ids = tuple(map(known.ids.__getitem__, positions.tolist()))
    return Scores(
        as_of,
        scored,
        ids,
        EntityDetails(model.entity, known, positions),
        _notes(model, unknown_keys),
    )


def empty_population(model: Model, as_of: dt.date) -> UsageError:
    """The refusal of a date on which empty_population is there."""
    return UsageError(
        f"no {model.entity.name} is part of the population on {as_of}",
        "choose another date, or check `starts` and `ends`",
    )


def _notes(model: Model, unknown_keys: Collection[str]) -> tuple[str, ...]:
    return tuple(
        f"source {name}: some facts have a key that is no {model.entity.name}"
        for name in sorted(unknown_keys)
    )
