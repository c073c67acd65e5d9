"""`salus history`: the scores of one entity over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

import salus.verbs.history.text  # noqa: F401  registers the text of the result
from salus.errors import UsageError
from salus.history.replays import Replays
from salus.history.store import shown_rows
from salus.model.suggest import did_you_mean
from salus.sources.key import plain_key
from salus.verbs.history.names import load_data_today
from salus.verbs.history.result import ScoreHistory, ScorePoint
from salus.workspace.workspace import Workspace

COLUMNS = ["as_of", "score", "band", "coverage"]


def history(workspace: Workspace, entity: str) -> ScoreHistory:
    """All kept scores of an entity, given by key or unambiguous label.

    Dates without a kept score come from the replay of today's model on today's data, if there is
    one. Raises UsageError if nothing is kept.
    """
    store, entity_model = workspace.store, workspace.model.entity
    kept = bool(store.all())
    replayed = store.replay_folders()
    labelled = entity_model.table is not None and entity_model.label is not None
    if not (kept or replayed):
        raise _nothing_kept()
    # the data are opened only if something was replayed or names have to be looked up
    data = load_data_today(workspace, replayed) if replayed or labelled else None
    state = None if data is None else data.fingerprint
    replays = None if state is None else store.replays(workspace.model, state)
    if not kept and (replays is None or not replays.parts()):
        raise _nothing_kept()
    key, label = data.names.find(entity) if data else (plain_key(entity), None)
    points = list(_kept_points(workspace, key))
    dates = {point.as_of for point in points}
    if replays is not None:
        points += [point for point in _replayed_points(replays, key) if point.as_of not in dates]
    if not points:
        raise _no_history(workspace, entity)
    return ScoreHistory(key, tuple(sorted(points, key=lambda point: point.as_of)), label)


def _kept_points(workspace: Workspace, key: str) -> Iterator[ScorePoint]:
    for file in workspace.store.all():
        for row in _rows(workspace.store.read_entity(file, key, [*COLUMNS, "shown"])):
            yield ScorePoint(
                file.as_of, row["score"], row["band"], row["coverage"], file.fingerprint
            )


def _replayed_points(replays: Replays, key: str) -> Iterator[ScorePoint]:
    for row in _rows(replays.read_entity(key, COLUMNS)):
        yield ScorePoint(
            row["as_of"],
            row["score"],
            row["band"],
            row["coverage"],
            replays.fingerprint,
            replayed=True,
        )


def _rows(table: pa.Table | None) -> list[dict[str, Any]]:
    """The rows that people saw, without those of a model in the shadow."""
    if table is None:
        return []
    rows = table.filter(pa.array(shown_rows(table)))
    return rows.select(COLUMNS).to_pylist()


def _nothing_kept() -> UsageError:
    return UsageError("no scores are kept yet", "run `salus score` or `salus replay` first")


def _no_history(workspace: Workspace, entity: str) -> UsageError:
    files = workspace.store.all()
    keys = workspace.store.read(files[-1])["entity"].to_pylist() if files else []
    fix = did_you_mean(entity, keys) or "`salus score --json` lists all keys"
    return UsageError(f"`{entity}` has no history", fix)
