"""The scores of a date: what was shown on it if that is kept, else what the facts known then give."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa

from salus.facts.population import attributes
from salus.history.row import to_cells
from salus.history.store import Kept
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.project.project import Project
from salus.project.score import default_as_of, scores_at
from salus.project.snapshot import Names, Scores
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.sources.connection import Connection


def shown(project: Project, connection: Connection, as_of: dt.date | None) -> Scores:
    """The scores of `as_of` by the model as it stands now."""
    day = as_of or default_as_of(project.model, connection)
    kept = project.store.at(day, project.model.fingerprint)
    if kept is None:
        return scores_at(project.model, connection, day, project.partials)
    return from_history(project, connection, kept)


def from_history(project: Project, connection: Connection, kept: Kept) -> Scores:
    """Scores as they were kept, with today's labels."""
    table = project.store.read(kept)
    ids = tuple(table["entity"].to_pylist())
    known = attributes(project.model, connection, day_number(kept.as_of), pa.array(ids, pa.string()))
    where = {one: position for position, one in enumerate(known.ids)}
    positions = np.array([where.get(one, -1) for one in ids], dtype=np.int64)
    scored = score(project.model, to_cells(table, project.model))
    return Scores(kept.as_of, scored, ids, Names(project.model.entity, known, positions))


def scored_then(project: Project, kept: Kept) -> tuple[Scored, tuple[str, ...]]:
    """What another model showed on a day, by that model, and the ids of its cells."""
    table = project.store.read(kept)
    model = model_kept(project, kept.fingerprint)
    return score(model, to_cells(table, model)), tuple(table["entity"].to_pylist())


def model_kept(project: Project, fingerprint: str) -> Model:
    """A model that was used before, as it stood then."""
    if fingerprint == project.model.fingerprint:
        return project.model
    path = project.store.model_path(fingerprint)
    model = read_text(path.read_text(encoding="utf-8"), f"models/{path.name}", project.folder)
    return replace(model, fingerprint=fingerprint)
