"""`salus history` and `salus compare`: one entity's line, and who moved between two dates and
why.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from salus.errors import UsageError
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.history.replays import Replays
from salus.history.store import shown_of
from salus.model.suggest import did_you_mean
from salus.scores.active_models import Voice, voices
from salus.scores.model_history import Spoke, stretches
from salus.scores.scores import Scores
from salus.scoring.change import Change
from salus.scoring.explanation import number
from salus.sources.key import plain_key
from salus.verbs.explain.explain import Pairs
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class Point:
    """What was shown of an entity on a day, or what a replay by today's model says of that day."""

    as_of: dt.date
    score: float | None
    band: str
    coverage: float
    fingerprint: str
    replayed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "as_of": self.as_of.isoformat(),
            "score": self.score,
            "band": self.band,
            "coverage": self.coverage,
            "fingerprint": self.fingerprint,
            "replayed": self.replayed,
        }


@dataclass(frozen=True)
class Line:
    """An entity through the dates on which it was scored or that were replayed, oldest first."""

    id: str
    points: tuple[Point, ...]

    @property
    def spoke(self) -> tuple[Spoke, ...]:
        """Which model spoke from when to when, as far as it was shown."""
        return tuple(
            stretches(
                (point.as_of, point.fingerprint) for point in self.points if not point.replayed
            )
        )

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus history --json`."""
        return {
            "id": self.id,
            "points": [point.as_dict() for point in self.points],
            "models": [one.as_dict() for one in self.spoke],
        }

    def __str__(self) -> str:
        from salus.channels.text.results import line

        return line(self)


@dataclass(frozen=True)
class Move:
    """One entity at two dates; None on a date on which it wasn't scored."""

    id: str
    label: str | None
    score_from: float | None
    score_to: float | None
    band_from: str | None
    band_to: str | None
    change: Change | None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        change = None if self.change is None else self.change.as_dict()
        return {
            "id": self.id,
            "label": self.label,
            "score_from": self.score_from,
            "score_to": self.score_to,
            "band_from": self.band_from,
            "band_to": self.band_to,
            "change": change,
        }


@dataclass(frozen=True)
class Comparison:
    """Who moved between two dates, biggest fall first; then those scored on one of the dates
    only.
    """

    first: dt.date
    second: dt.date
    bands: dict[str, dict[str, int]]  # band -> entities in it at either date
    moves: tuple[Move, ...]
    crossed: Crossed

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus compare --json`."""
        return {
            "from": self.first.isoformat(),
            "to": self.second.isoformat(),
            "bands": self.bands,
            "crossed": {"data": self.crossed.data, "model": self.crossed.model},
            "entities": [move.as_dict() for move in self.moves],
        }

    def __str__(self) -> str:
        from salus.channels.text.results import comparison

        return comparison(self)


@dataclass(frozen=True)
class Crossed:
    """How many changed band, by cause. An entity may count for both, also where they cancel out."""

    data: int  # from the band of today's model on the earlier values to today's
    model: int  # from the band shown then to that of today's model on the same values

    def __add__(self, other: Crossed) -> Crossed:
        return Crossed(self.data + other.data, self.model + other.model)


def history(workspace: Workspace, entity: str) -> Line:
    """The line of an entity, by its key or unambiguous label, from what is kept.

    Dates without a score of their own come from the replay of today's model on today's data, where
    there is one.
    """
    files, replays = workspace.store.all(), _replays(workspace)
    if not files and (replays is None or not replays.parts()):
        raise UsageError("nothing is kept yet", "run `salus score` or `salus replay` first")
    key = _key(workspace, entity)
    points = [
        Point(kept.as_of, row["score"], row["band"], row["coverage"], kept.fingerprint)
        for kept in files
        for row in _told(workspace.store.read(kept, key))
    ]
    shown = {point.as_of for point in points}
    if replays is not None:
        points += [
            Point(
                row["as_of"],
                row["score"],
                row["band"],
                row["coverage"],
                replays.fingerprint,
                replayed=True,
            )
            for row in _told(replays.line(key))
            if row["as_of"] not in shown
        ]
    if not points:
        keys = workspace.store.read(files[-1])["entity"].to_pylist() if files else []
        raise UsageError(
            f"`{entity}` has no history", did_you_mean(entity, keys) or "see `salus score --json`"
        )
    return Line(key, tuple(sorted(points, key=lambda point: point.as_of)))


def _told(table: pa.Table | None) -> list[dict[str, Any]]:
    if table is None:
        return []
    return (
        table.filter(pa.array(shown_of(table)))
        .select(["as_of", "score", "band", "coverage"])
        .to_pylist()
    )


def _replays(workspace: Workspace) -> Replays | None:
    """Those of today's model on the data as they are; the data aren't asked where nothing was
    replayed.
    """
    if not workspace.store.replayed():
        return None
    connection = workspace.connect()
    try:
        return workspace.store.replays(
            workspace.model, compute_data_fingerprint(workspace.model, connection)
        )
    finally:
        connection.close()


def _key(workspace: Workspace, entity: str) -> str:
    """The key of a label, where exactly one entity of the table has it; else what was asked for."""
    model = workspace.model
    if model.entity.table is None or model.entity.label is None:
        return plain_key(entity)
    connection = workspace.connect()
    try:
        return key_of_label(workspace, connection, entity)
    finally:
        connection.close()


def key_of_label(workspace: Workspace, connection: Any, entity: str) -> str:
    """The key of `entity` if it is a label of one row of the entity's table, else `entity`."""
    from salus.facts.population import load_attributes

    model = workspace.model
    assert model.entity.label is not None
    known = load_attributes(model, connection, 0, None)
    for key in (entity, plain_key(entity)):
        if key in known.ids:
            return key
    labels = known.columns[model.entity.label].to_pylist()
    named = [one for one, label in zip(known.ids, labels, strict=True) if label == entity]
    if len(named) > 1:
        raise UsageError(
            f"`{entity}` is the label of {len(named)}: {', '.join(named[:5])}",
            "name one by its key",
        )
    return named[0] if named else entity


def compare(workspace: Workspace, first: dt.date, second: dt.date) -> Comparison:
    """Compare two dates, the second by the model that speaks now for each entity, the first as it
    was shown.
    """
    several = voices(workspace, second, first)
    found = [_moves(workspace, voice) for voice in several]
    moves = tuple(sorted((move for moves, _ in found for move in moves), key=_place))
    start, end = Counter(move.band_from for move in moves), Counter(move.band_to for move in moves)
    names = dict.fromkeys(
        [*(name for voice in several for name in voice.scores.bands()), *filter(None, start)]
    )
    bands = {name: {"from": start[name], "to": end[name]} for name in names}
    return Comparison(
        first, second, bands, moves, sum((crossed for _, crossed in found), Crossed(0, 0))
    )


def _place(move: Move) -> tuple[int, float, str]:
    """Changes first, the biggest fall before all, then those of which one score is unknown, gone
    and come.
    """
    order = (
        3
        if move.band_from is None
        else 2
        if move.band_to is None
        else 1
        if move.change is None
        else 0
    )
    return order, 0.0 if move.change is None else move.change.score, move.id


def _moves(workspace: Workspace, voice: Voice) -> tuple[list[Move], Crossed]:
    """Those for whom a model speaks."""
    before, after = voice.before, voice.scores
    assert before is not None
    assert voice.rows_before is not None
    pairs = Pairs.of(before, after, [after.ids[row] for row in voice.rows])
    moves, crossed = [], Crossed(0, 0)
    if len(pairs):
        found, told = pairs.changes(workspace)
        crossed = _crossed(pairs, told.band)
        for pair, row in enumerate(pairs.second.tolist()):
            moves.append(
                Move(
                    after.ids[row],
                    after.labels[row],
                    number(told.score[pair]),
                    _score(after, row),
                    told.band[pair],
                    _band(after, row),
                    found.of(pair),
                )
            )
    then, now = set(before.ids), set(after.ids)
    moves += [
        Move(
            before.ids[row],
            before.labels[row],
            _score(before, row),
            None,
            _band(before, row),
            None,
            None,
        )
        for row in voice.rows_before
        if before.ids[row] not in now
    ]
    moves += [
        Move(
            after.ids[row],
            after.labels[row],
            None,
            _score(after, row),
            None,
            _band(after, row),
            None,
        )
        for row in voice.rows
        if after.ids[row] not in then
    ]
    return moves, crossed


def _crossed(pairs: Pairs, told: tuple[str, ...]) -> Crossed:
    then = [_band(pairs.before, row) for row in pairs.first.tolist()]
    now = [_band(pairs.after, row) for row in pairs.second.tolist()]
    return Crossed(
        sum(one != other for one, other in zip(then, now, strict=True)),
        sum(one != other for one, other in zip(told, then, strict=True)),
    )


def _score(scores: Scores, row: int) -> float | None:
    return number(scores.scored.score[row])


def _band(scores: Scores, row: int) -> str:
    return scores.scored.band_name(int(scores.scored.band[row]))
