"""`salus score`: facts → cells → scores, for one date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

from salus.channels.export import check_ending, write
from salus.errors import UsageError
from salus.facts.build import Known, build
from salus.facts.keep import Keep
from salus.facts.newest import newest_day
from salus.kernel.cells import Cells, cells, grid_for, joined
from salus.model.model import Model
from salus.periods.day import day_number
from salus.project.project import Project
from salus.project.snapshot import Names, Scores
from salus.scoring.score import score as score_cells
from salus.sources.connection import Connection


def score(project: Project, as_of: dt.date | None, *, keep: bool, out: Path | None = None) -> Scores:
    """Score `as_of` (None: the day after the newest fact) and, with `keep`, write it to history."""
    if out is not None:
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
        write(scores, out)
    return scores


def default_as_of(model: Model, connection: Connection) -> dt.date:
    """The day after the newest fact of any source."""
    newest = newest_day(model, connection)
    if newest is None:
        raise UsageError("the tables hold no fact, so there is no date to score", "give one with --as-of")
    return newest + dt.timedelta(days=1)


def cells_at(model: Model, connection: Connection, as_of: dt.date, partials: Keep | None = None) -> Cells:
    """What is known of each entity of the population at a date."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    parts = list(cells(model, build(model, connection, grid_for(model, days), partials), days))
    if not any(len(part) for part in parts):
        raise UsageError(f"no {model.entity.name} is part of the population on {as_of}",
                         "choose another date, or check `starts` and `ends`")
    return joined(parts, model)


def scores_at(model: Model, connection: Connection, as_of: dt.date, partials: Keep | None = None) -> Scores:
    """The scores of one date, from `partials` where they are kept."""
    days = np.array([day_number(as_of)], dtype=np.int32)
    known = build(model, connection, grid_for(model, days), partials)
    parts = list(cells(model, known, days))
    return described(model, known, joined(parts, model) if parts else None, as_of)


def described(model: Model, known: Known, found: Cells | None, as_of: dt.date) -> Scores:
    """Scores with the words that go with each entity."""
    if found is None or not len(found):
        raise UsageError(f"no {model.entity.name} is part of the population on {as_of}",
                         "choose another date, or check `starts` and `ends`")
    positions = found.entity
    scored = score_cells(model, replace(found, entity=np.arange(len(found))))
    ids = tuple(known.attributes.ids[i] for i in positions)
    return Scores(as_of, scored, ids, Names.of(model, known.attributes, positions), _notes(model, known))


def _notes(model: Model, known: Known) -> tuple[str, ...]:
    return tuple(f"source {name}: some facts have a key that is no {model.entity.name}" for name in known.strangers)
