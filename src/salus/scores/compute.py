"""Computes the scores of one date from the facts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from salus.errors import UsageError
from salus.facts.build import FactReader, FactSet, open_fact_reader
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.partials.partial import Attributes
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scores.next_scores import NextScores
from salus.scores.scores import EntityDetails, Scores
from salus.scoring.scored import Scored
from salus.scoring.timeline import score_all, score_ranges
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace


def compute_project_scores(workspace: Workspace, model: Model, as_of: dt.date | None) -> Scores:
    """The scores of all entities by one model. `as_of` None: the date on which the data end."""
    with workspace.connected(model) as connection:
        return compute_scores(
            model,
            connection,
            as_of or workspace.find_data_end(model, connection).as_of,
            workspace.partials,
        )


def compute_scores(
    model: Model, connection: Connection, as_of: dt.date, partials: PartialCache | None = None
) -> Scores:
    """The scores of one date. Uses the facts in `partials`, and reads the others from the sources."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    following = NextScores.of(model, connection, partials)
    if following is not None and partials is not None:
        scored, facts = following.score(model, connection, int(days[0]), partials)
    else:
        facts = open_fact_reader(model, connection, required_grid(model, days), partials)
        scored = score_ranges(model, facts.ranges(), days)
    return _build_scores(model, scored, as_of, facts.attributes, facts.unknown_keys)


def compute_from_facts(model: Model, known: FactSet, as_of: dt.date) -> Scores:
    """The scores of one date from facts that are already loaded. `known` must reach back as far as
    the longest window of the model.
    """
    scored = score_all(model, known, np.array([day_number(as_of)], dtype=np.int32))
    return _build_scores(model, scored, as_of, known.attributes, known.unknown_keys)


def compute_from_reader(model: Model, facts: FactReader, as_of: dt.date) -> Scores:
    """The same from facts that are read range by range."""
    scored = score_ranges(model, facts.ranges(), np.array([day_number(as_of)], dtype=np.int32))
    return _build_scores(model, scored, as_of, facts.attributes, facts.unknown_keys)


def _build_scores(
    model: Model,
    scored: Scored | None,
    as_of: dt.date,
    known: Attributes,
    unknown_keys: Collection[str],
) -> Scores:
    if scored is None:
        raise empty_population(model, as_of)
    positions = scored.cells.entity
    scored = replace(scored, cells=replace(scored.cells, entity=np.arange(len(scored))))
    ids = tuple(map(known.ids.__getitem__, positions.tolist()))
    return Scores(
        as_of,
        scored,
        ids,
        EntityDetails(model.entity, known, positions),
        _notes(model, unknown_keys),
    )


def empty_population(model: Model, as_of: dt.date) -> UsageError:
    """The error for a date on which no entity is part of the population."""
    return UsageError(
        f"no {model.entity.name} is part of the population on {as_of}",
        "choose another date, or check `starts` and `ends` in the model",
    )


def _notes(model: Model, unknown_keys: Collection[str]) -> tuple[str, ...]:
    """One note per table whose rows belong to unknown entities."""
    sources: dict[str, list[str]] = defaultdict(list)
    for name in sorted(unknown_keys):
        sources[model.sources[name].table].append(f"`{name}`")
    whose = "that aren't" if model.entity.where is None else "that `where` doesn't keep"
    return tuple(
        f"some rows of table `{table}` ({'source' if len(names) == 1 else 'sources'}"
        f" {', '.join(names)}) belong to {model.entity.names} {whose} in table"
        f" `{model.entity.table}`; they aren't counted. `salus check` lists examples"
        for table, names in sources.items()
    )
