"""`salus history`: the scores of one entity over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

import salus.verbs.history.text  # noqa: F401  registers the text of the result
from salus.errors import UsageError
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.population import load_attributes
from salus.history.replays import Replays
from salus.history.store import shown_rows
from salus.model.suggest import did_you_mean
from salus.scores.entity_lookup import match_row
from salus.sources.key import plain_key
from salus.verbs.history.result import ScoreHistory, ScorePoint
from salus.workspace.workspace import Workspace


def history(workspace: Workspace, entity: str) -> ScoreHistory:
    """All kept scores of an entity, given by key or unambiguous label.

    Dates without a kept score come from the replay of today's model on today's data, if there is
    one. Raises UsageError if nothing is kept.
    """
    replays = _replays(workspace)
    if not workspace.store.all() and (replays is None or not replays.parts()):
        raise UsageError("no scores are kept yet", "run `salus score` or `salus replay` first")
    key, label = _find_entity(workspace, entity)
    points = list(_kept_points(workspace, key))
    dates = {point.as_of for point in points}
    if replays is not None:
        points += [point for point in _replayed_points(replays, key) if point.as_of not in dates]
    if not points:
        raise _no_history(workspace, entity)
    return ScoreHistory(key, tuple(sorted(points, key=lambda point: point.as_of)), label)


def _kept_points(workspace: Workspace, key: str) -> Iterator[ScorePoint]:
    for file in workspace.store.all():
        for row in _rows(workspace.store.read(file, key)):
            yield ScorePoint(
                file.as_of, row["score"], row["band"], row["coverage"], file.fingerprint
            )


def _replayed_points(replays: Replays, key: str) -> Iterator[ScorePoint]:
    for row in _rows(replays.read_entity(key)):
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
    return rows.select(["as_of", "score", "band", "coverage"]).to_pylist()


def _replays(workspace: Workspace) -> Replays | None:
    """The replays of today's model on today's data; None if nothing was replayed. The data is
    opened only if something was.
    """
    if not workspace.store.replay_files():
        return None
    with workspace.connected() as connection:
        return workspace.store.replays(
            workspace.model, compute_data_fingerprint(workspace.model, connection)
        )


def _find_entity(workspace: Workspace, entity: str) -> tuple[str, str | None]:
    """The key and the label of an entity, by its key or its label in today's table.

    If the table doesn't have it, the text is taken as the key: history also has entities that have
    left the table.
    """
    model = workspace.model
    if model.entity.table is None or model.entity.label is None:
        return plain_key(entity), None
    with workspace.connected() as connection:
        known = load_attributes(model, connection, 0, None)
    labels = known.columns[model.entity.label].to_pylist()
    row = match_row(entity, known.ids, labels)
    return (entity, None) if row is None else (known.ids[row], labels[row])


def _no_history(workspace: Workspace, entity: str) -> UsageError:
    files = workspace.store.all()
    keys = workspace.store.read(files[-1])["entity"].to_pylist() if files else []
    fix = did_you_mean(entity, keys) or "`salus score --json` lists all keys"
    return UsageError(f"`{entity}` has no history", fix)
