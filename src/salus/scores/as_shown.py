"""The scores of a date as they were shown: kept ones where history has them, else computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.population import load_attributes
from salus.history.row import to_cells
from salus.history.store import ScoreFile
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.scores.compute import compute_scores
from salus.scores.scores import EntityDetails, Scores
from salus.scoring.change import Rows, ShownScores
from salus.scoring.score import score
from salus.scoring.scored import Scored
from salus.sources.connection import Connection
from salus.sources.file_states import settled_stamps
from salus.workspace.source_state import SourceState, source_state
from salus.workspace.workspace import Workspace


def scores_on(workspace: Workspace, model: Model, days: Sequence[dt.date | None]) -> list[Scores]:
    """The scores of each day by a model, as `load_or_compute` gives them. They stay in memory, and
    no source is opened while neither the facts nor the kept scores changed.
    """
    sources = source_state(workspace.folder, workspace.settings)
    with ExitStack() as stack:
        connection = cache(lambda: stack.enter_context(workspace.connected(model)))
        return [
            _in_memory(
                workspace,
                model,
                day or _last_day(workspace, model, sources, connection),
                sources,
                connection,
            )
            for day in days
        ]


def _in_memory(
    workspace: Workspace,
    model: Model,
    day: dt.date,
    sources: SourceState | None,
    connection: Callable[[], Connection],
) -> Scores:
    """The scores of a day, kept in memory as long as the facts and the file of the day are the
    same. `connection` opens the sources.
    """
    file = settled_stamps([workspace.store.path(day, model.fingerprint)])
    return workspace.kept.get(
        ("scores", model.fingerprint, model.text, day),
        None if sources is None or file is None else (sources, file),
        lambda: load_or_compute(workspace, connection(), day, model),
        len,
    )


def _last_day(
    workspace: Workspace,
    model: Model,
    sources: SourceState | None,
    connection: Callable[[], Connection],
) -> dt.date:
    """The day that is scored by default."""
    return workspace.kept.get(
        ("end", model.fingerprint, model.text, workspace.today),
        sources,
        lambda: workspace.find_data_end(model, connection()),
    ).as_of


def load_or_compute(
    workspace: Workspace, connection: Connection, as_of: dt.date | None, model: Model | None = None
) -> Scores:
    """The scores of a date by a model (None: that of salus.yaml): kept ones, else computed now."""
    model = model or workspace.model
    day = as_of or workspace.find_data_end(model, connection).as_of
    file = workspace.store.at(day, model.fingerprint)
    if file is None:
        return compute_scores(model, connection, day, workspace.partials)
    return load_scores(workspace, connection, file, model)


def load_scores(
    workspace: Workspace, connection: Connection, file: ScoreFile, model: Model
) -> Scores:
    """Kept scores with today's labels."""
    table = workspace.store.read(file)
    ids = tuple(table["entity"].to_pylist())
    known = load_attributes(model, connection, day_number(file.as_of), pa.array(ids, pa.string()))
    place = {key: position for position, key in enumerate(known.ids)}
    positions = np.array([place.get(key, -1) for key in ids], dtype=np.int64)
    scored = score(model, to_cells(table, model))
    return Scores(file.as_of, scored, ids, EntityDetails(model.entity, known, positions))


def shown_at(
    workspace: Workspace,
    before: Scores,
    rows: Rows,
    ids: tuple[str, ...],
    ignore: str | None = None,
) -> ShownScores:
    """What was shown of `ids` on the date of `before`, whose model is the one that is active now.

    For each entity: the score of this model if it was active then; else the last written score of
    another model that was; else the score that this model gives for that date. `rows` are the
    places of `ids` in `before`. `ignore`: the fingerprint of a model that is left out.
    """
    result, open_rows = ShownScores.of(before.scored, rows), np.ones(len(ids), dtype=bool)
    own = before.model.fingerprint
    for file in sorted(workspace.store.on(before.as_of), key=lambda file: file.fingerprint != own):
        if file.fingerprint == ignore:
            continue
        if not open_rows.any():
            break
        places = workspace.store.shown_places(file, ids)
        matches = open_rows & (places >= 0)
        if file.fingerprint != own and matches.any():
            result = overlay(result, ShownScores.of(rescore(workspace, file), places), matches)
        open_rows &= ~matches
    return result


def overlay(base: ShownScores, other: ShownScores, where: NDArray[np.bool_]) -> ShownScores:
    """`base`, with the rows of `other` where `where` is true."""
    return ShownScores(
        np.where(where, other.score, base.score),
        np.where(where, other.cap_effect, base.cap_effect),
        tuple(b if take else a for take, a, b in zip(where, base.band, other.band, strict=True)),
    )


def rescore(workspace: Workspace, file: ScoreFile) -> Scored:
    """The kept values of a file, scored by the file's own model; in the order of the file."""
    model = load_model(workspace, file.fingerprint)
    return score(model, to_cells(workspace.store.read(file), model))


def load_model(workspace: Workspace, fingerprint: str) -> Model:
    """The model of this fingerprint, as it was when it was used."""
    if fingerprint == workspace.model.fingerprint:
        return workspace.model
    path = workspace.store.model_path(fingerprint)
    model = read_text(path.read_text(encoding="utf-8"), f"models/{path.name}", workspace.folder)
    return replace(model, fingerprint=fingerprint)
