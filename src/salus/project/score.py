"""`salus score`: facts → cells → scores, for one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np

from salus.errors import UsageError
from salus.facts.build import Known, supply
from salus.facts.keep import Keep
from salus.facts.newest import newest_day
from salus.facts.partial import Attributes
from salus.kernel.cells import grid_for
from salus.model.model import Model
from salus.periods.day import day_number
from salus.project.project import Project
from salus.project.snapshot import Names, Scores
from salus.scoring.scored import Scored
from salus.scoring.timeline import everybody, together
from salus.sources.connection import Connection

RANGE = 20_000                               # entities at a time where facts are kept: their arrays stay small


def score(project: Project, as_of: dt.date | None, *, keep: bool, out: Path | None = None) -> Scores:
    """Score `as_of` (None: the day after the newest fact) and, with `keep`, write it to history."""
    if out is not None:
        from salus.channels.export import check_ending
        check_ending(out)
    connection = project.connect()
    try:
        day = as_of or default_as_of(project.model, connection)
        scores = scores_at(project.model, connection, day, project.partials)
    finally:
        connection.close()
    if keep:
        project.store.keep(scores.to_arrow(), project.model, day)
    if out is not None:
        from salus.channels.export import write
        write(scores, out)
    return scores


def default_as_of(model: Model, connection: Connection) -> dt.date:
    """The day after the newest fact of any source."""
    newest = newest_day(model, connection)
    if newest is None:
        raise UsageError("the tables hold no fact, so there is no date to score", "give one with --as-of")
    return newest + dt.timedelta(days=1)


def scores_at(model: Model, connection: Connection, as_of: dt.date, partials: Keep | None = None) -> Scores:
    """The scores of one date, from `partials` where they are kept."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    facts = supply(model, connection, grid_for(model, days), partials)
    found = together(model, facts.ranges(RANGE if facts.kept else max(len(facts), 1)), days)
    return _described(model, found, as_of, facts.attributes, facts.strangers)


def described(model: Model, known: Known, as_of: dt.date) -> Scores:
    """The scores of one date with the words that go with each entity; `known` reaches as far back as they need."""
    found = everybody(model, known, np.array([day_number(as_of)], dtype=np.int32))
    return _described(model, found, as_of, known.attributes, known.strangers)


def _described(model: Model, found: Scored | None, as_of: dt.date, known: Attributes, strangers: Collection[str]) -> Scores:
    if found is None:
        raise nobody(model, as_of)
    positions = found.cells.entity
    scored = replace(found, cells=replace(found.cells, entity=np.arange(len(found))))
    ids = tuple(map(known.ids.__getitem__, positions.tolist()))
    return Scores(as_of, scored, ids, Names(model.entity, known, positions), _notes(model, strangers))


def nobody(model: Model, as_of: dt.date) -> UsageError:
    """The refusal of a date on which nobody is there."""
    return UsageError(f"no {model.entity.name} is part of the population on {as_of}",
                      "choose another date, or check `starts` and `ends`")


def _notes(model: Model, strangers: Collection[str]) -> tuple[str, ...]:
    return tuple(f"source {name}: some facts have a key that is no {model.entity.name}" for name in sorted(strangers))
