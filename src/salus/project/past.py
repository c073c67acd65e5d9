"""`salus history` and `salus compare`: one entity's line, and who moved between two dates and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from salus.errors import UsageError
from salus.facts.state import state_of
from salus.history.replays import Replays
from salus.model.suggest import did_you_mean
from salus.project.explain import Pairs
from salus.project.project import Project
from salus.project.shown import shown
from salus.project.snapshot import Scores
from salus.scoring.change import Change
from salus.scoring.explanation import number


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
        return {"as_of": self.as_of.isoformat(), "score": self.score, "band": self.band, "coverage": self.coverage,
                "fingerprint": self.fingerprint, "replayed": self.replayed}


@dataclass(frozen=True)
class Line:
    """An entity through the dates on which it was scored or that were replayed, oldest first."""

    id: str
    points: tuple[Point, ...]

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus history --json`."""
        return {"id": self.id, "points": [point.as_dict() for point in self.points]}

    def __str__(self) -> str:
        from salus.project.text import line
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
        return {"id": self.id, "label": self.label, "score_from": self.score_from, "score_to": self.score_to,
                "band_from": self.band_from, "band_to": self.band_to, "change": change}


@dataclass(frozen=True)
class Comparison:
    """Who moved between two dates, biggest fall first; then those scored on one of the dates only."""

    first: dt.date
    second: dt.date
    bands: dict[str, dict[str, int]]         # band -> entities in it at either date
    moves: tuple[Move, ...]

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus compare --json`."""
        return {"from": self.first.isoformat(), "to": self.second.isoformat(), "bands": self.bands,
                "entities": [move.as_dict() for move in self.moves]}

    def __str__(self) -> str:
        from salus.project.text import comparison
        return comparison(self)


def history(project: Project, entity: str) -> Line:
    """The line of an entity, by its key or unambiguous label, from what is kept.

    Dates without a score of their own come from the replay of today's model on today's data, where there is one.
    """
    files, replays = project.store.all(), _replays(project)
    if not files and (replays is None or not replays.parts()):
        raise UsageError("nothing is kept yet", "run `salus score` or `salus replay` first")
    key = _key(project, entity)
    points = [Point(kept.as_of, row["score"], row["band"], row["coverage"], kept.fingerprint)
              for kept in files for row in _told(project.store.read(kept, key))]
    shown = {point.as_of for point in points}
    if replays is not None:
        points += [Point(row["as_of"], row["score"], row["band"], row["coverage"], replays.fingerprint, replayed=True)
                   for row in _told(replays.line(key)) if row["as_of"] not in shown]
    if not points:
        keys = project.store.read(files[-1])["entity"].to_pylist() if files else []
        raise UsageError(f"`{entity}` has no history", did_you_mean(entity, keys) or "see `salus score --json`")
    return Line(key, tuple(sorted(points, key=lambda point: point.as_of)))


def _told(table: pa.Table | None) -> list[dict[str, Any]]:
    return [] if table is None else table.select(["as_of", "score", "band", "coverage"]).to_pylist()


def _replays(project: Project) -> Replays | None:
    """Those of today's model on the data as they are; the data aren't asked where nothing was replayed."""
    if not project.store.replayed():
        return None
    connection = project.connect()
    try:
        return project.store.replays(project.model, state_of(project.model, connection))
    finally:
        connection.close()


def _key(project: Project, entity: str) -> str:
    """The key of a label, where exactly one entity of the table has it; else what was asked for."""
    model = project.model
    if model.entity.table is None or model.entity.label is None:
        return entity
    connection = project.connect()
    try:
        return key_of_label(project, connection, entity)
    finally:
        connection.close()


def key_of_label(project: Project, connection: Any, entity: str) -> str:
    """The key of `entity` if it is a label of one row of the entity's table, else `entity`."""
    from salus.facts.population import attributes
    model = project.model
    assert model.entity.label is not None
    known = attributes(model, connection, 0, None)
    if entity in known.ids:
        return entity
    labels = known.columns[model.entity.label].to_pylist()
    named = [one for one, label in zip(known.ids, labels, strict=True) if label == entity]
    if len(named) > 1:
        raise UsageError(f"`{entity}` is the label of {len(named)}: {', '.join(named[:5])}", "name one by its key")
    return named[0] if named else entity


def compare(project: Project, first: dt.date, second: dt.date) -> Comparison:
    """Compare two dates, the second by today's model, the first as it was shown."""
    connection = project.connect()
    try:
        before, after = shown(project, connection, first), shown(project, connection, second)
    finally:
        connection.close()
    moves = tuple(_moves(project, before, after))
    start, end = Counter(move.band_from for move in moves), Counter(move.band_to for move in moves)
    names = dict.fromkeys([*after.bands(), *(name for name in start if name is not None)])
    bands = {name: {"from": start[name], "to": end[name]} for name in names}
    return Comparison(first, second, bands, moves)


def _moves(project: Project, before: Scores, after: Scores) -> Iterator[Move]:
    pairs = Pairs.of(before, after)
    if len(pairs):
        found, told = pairs.changes(project)
        size = np.where(np.isnan(found.score), np.inf, found.score)
        for pair in sorted(range(len(pairs)), key=lambda row: (size[row], pairs.ids[row])):
            row = int(pairs.second[pair])
            yield Move(after.ids[row], after.labels[row], number(told.score[pair]), _score(after, row), told.band[pair],
                       _band(after, row), found.of(pair))
    both = set(pairs.ids)
    for row, one in enumerate(before.ids):
        if one not in both:
            yield Move(one, before.labels[row], _score(before, row), None, _band(before, row), None, None)
    for row, one in enumerate(after.ids):
        if one not in both:
            yield Move(one, after.labels[row], None, _score(after, row), None, _band(after, row), None)


def _score(scores: Scores, row: int) -> float | None:
    return number(scores.scored.score[row])


def _band(scores: Scores, row: int) -> str:
    return scores.scored.band_name(int(scores.scored.band[row]))
