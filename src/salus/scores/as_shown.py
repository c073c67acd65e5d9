"""The scores of a date: what was shown on it if that is kept, else what the facts known then
give.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.data_end import load_data_end
from salus.facts.population import load_attributes
from salus.history.row import to_cells
from salus.history.store import Kept
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.scores.compute import scores_at
from salus.scores.scores import Names, Scores
from salus.scoring.change import Rows, Shown
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.sources.connection import Connection
from salus.workspace.workspace import Workspace


def shown(
    workspace: Workspace, connection: Connection, as_of: dt.date | None, model: Model | None = None
) -> Scores:
    """The scores of `as_of` by a model, that of salus.yaml as it stands now, or one on trial; shown
    or not.
    """
    model = model or workspace.model
    day = as_of or load_data_end(model, connection, workspace.today).as_of
    kept = workspace.store.at(day, model.fingerprint)
    if kept is None:
        return scores_at(model, connection, day, workspace.partials)
    return from_history(workspace, connection, kept, model)


def from_history(workspace: Workspace, connection: Connection, kept: Kept, model: Model) -> Scores:
    """Scores as they were kept, with today's labels."""
    table = workspace.store.read(kept)
    ids = tuple(table["entity"].to_pylist())
    known = load_attributes(model, connection, day_number(kept.as_of), pa.array(ids, pa.string()))
    where = {one: position for position, one in enumerate(known.ids)}
    positions = np.array([where.get(one, -1) for one in ids], dtype=np.int64)
    scored = score(model, to_cells(table, model))
    return Scores(kept.as_of, scored, ids, Names(model.entity, known, positions))


def shown_before(
    workspace: Workspace,
    before: Scores,
    rows: Rows,
    ids: tuple[str, ...],
    passing_over: str | None = None,
) -> Shown:
    """What was shown of `ids` on the date of `before`, which is by the model that speaks now.

    Where that model spoke then, its scores; else what was written last of another model that did;
    where nobody did, what it would have said. `rows` are the places of `ids` in `before`.
    """
    told, unsaid = Shown.of(before.scored, rows), np.ones(len(ids), dtype=bool)
    own = before.model.fingerprint
    for kept in sorted(workspace.store.on(before.as_of), key=lambda kept: kept.fingerprint != own):
        if kept.fingerprint == passing_over:
            continue
        if not unsaid.any():
            break
        names, spoke = workspace.store.spoken(kept)
        where = {one: row for row, one in enumerate(names) if spoke[row]}
        places = np.array([where.get(one, -1) for one in ids], dtype=np.int64)
        taken = unsaid & (places >= 0)
        if kept.fingerprint != own and taken.any():
            told = _laid_over(told, Shown.of(scored_then(workspace, kept), places), taken)
        unsaid &= ~taken
    return told


def _laid_over(one: Shown, other: Shown, where: NDArray[np.bool_]) -> Shown:
    return Shown(
        np.where(where, other.score, one.score),
        np.where(where, other.cap_effect, one.cap_effect),
        tuple(b if take else a for take, a, b in zip(where, one.band, other.band, strict=True)),
    )


def scored_then(workspace: Workspace, kept: Kept) -> Scored:
    """What another model scored on a day, by that model, in the order of its file."""
    model = model_kept(workspace, kept.fingerprint)
    return score(model, to_cells(workspace.store.read(kept), model))


def model_kept(workspace: Workspace, fingerprint: str) -> Model:
    """A model that was used before, as it stood then."""
    if fingerprint == workspace.model.fingerprint:
        return workspace.model
    path = workspace.store.model_path(fingerprint)
    model = read_text(path.read_text(encoding="utf-8"), f"models/{path.name}", workspace.folder)
    return replace(model, fingerprint=fingerprint)
