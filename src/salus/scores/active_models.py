"""Who speaks on a date: the model of salus.yaml, and where another one is rolled out to a part,
that one for its entities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.channels.result import TableResult
from salus.model.model import Model
from salus.scores.as_shown import shown
from salus.scores.rollout import Rollout, active_rollout
from salus.scores.scores import Scores, row_of
from salus.workspace.workspace import Workspace

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Voice:
    """A model's scores of everybody on a date, and the rows of those whom it speaks for; the same
    of an earlier date.
    """

    scores: Scores
    rows: Rows
    before: Scores | None = None
    rows_before: Rows | None = None

    @property
    def model(self) -> Model:
        return self.scores.model


def voices(
    workspace: Workspace, as_of: dt.date | None, since: dt.date | None = None
) -> tuple[Voice, ...]:
    """Each model that speaks now, as it sees a date: what was kept of it, else what the facts known
    then give.
    """
    days = _seen(workspace, workspace.model, as_of, since)
    rollout = active_rollout(workspace)
    if rollout is None or rollout.decision.stage != "part":
        return (
            Voice(
                days[0],
                np.arange(len(days[0])),
                *((days[1], np.arange(len(days[1]))) if since else ()),
            ),
        )
    others = _seen(workspace, rollout.candidate, days[0].as_of, since)
    rows = [_rows(rollout, *pair) for pair in zip(days, others, strict=True)]
    return tuple(
        Voice(seen[0], rows[0][which], *((seen[1], rows[1][which]) if since else ()))
        for which, seen in enumerate((days, others))
    )


def _seen(
    workspace: Workspace, model: Model, as_of: dt.date | None, since: dt.date | None
) -> list[Scores]:
    with workspace.connected(model) as connection:
        return [
            shown(workspace, connection, day, model)
            for day in ((as_of,) if since is None else (as_of, since))
        ]


def _rows(rollout: Rollout, official: Scores, candidate: Scores) -> tuple[Rows, Rows]:
    """The rows of each of the two that are shown."""
    return (
        np.flatnonzero(~rollout.candidates(official, official.ids)),
        np.flatnonzero(rollout.candidates(official, candidate.ids)),
    )


def find(several: Sequence[Voice], entity: str) -> tuple[Voice, int]:
    """Who speaks for an entity, a key or an unambiguous label, and its row there."""
    if len(several) == 1:
        return several[0], several[0].scores.row(entity)
    places = [(voice, int(row)) for voice in several for row in voice.rows]
    ids, labels = (
        [getattr(voice.scores, name)[row] for voice, row in places] for name in ("ids", "labels")
    )
    return places[row_of(entity, ids, labels, several[0].scores.as_of)]


@dataclass(frozen=True)
class Spoken(TableResult):
    """The scores of a date on which two models speak, each for entities of its own."""

    rollout: Rollout
    parts: tuple[Scores, ...]  # the official model's entities, then the candidate's

    @classmethod
    def of(cls, rollout: Rollout, official: Scores, candidate: Scores) -> Spoken:
        """From the scores of everybody by both."""
        rows = _rows(rollout, official, candidate)
        return cls(rollout, (official.at(rows[0]), candidate.at(rows[1])))

    @property
    def as_of(self) -> dt.date:
        return self.parts[0].as_of

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The official model's entities, then the candidate's."""
        return tuple(one for part in self.parts for one in part.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def bands(self) -> dict[str, int]:
        """How many entities stand in each band; a band that only the candidate has comes before
        `unknown`.
        """
        counts = [part.bands() for part in self.parts]
        names = dict.fromkeys([*list(counts[0])[:-1], *list(counts[1])[:-1], *list(counts[0])[-1:]])
        return {name: sum(one.get(name, 0) for one in counts) for name in names}

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus score --json`: as with one model, and of each entity which model
        spoke.
        """
        entities = [
            {**part.entity(row), "fingerprint": part.model.fingerprint}
            for part in self.parts
            for row in range(len(part))
        ]
        entities.sort(key=lambda one: (-1.0 if one["score"] is None else one["score"], one["id"]))
        return {
            **self.parts[0].as_dict(),
            "population": len(self),
            "bands": self.bands(),
            "rollout": {**self.rollout.as_dict(), "entities": len(self.parts[1])},
            "entities": entities,
        }

    def to_arrow(self) -> pa.Table:
        """One row per entity, by id, with the fingerprint of the model that spoke."""
        from salus.channels.portfolio import join_tables

        table = join_tables([part.to_arrow() for part in self.parts], self.fingerprints)
        return table.take(pa.array(np.argsort(np.array(self.ids, dtype=object))))

    @property
    def fingerprints(self) -> list[str]:
        return [part.model.fingerprint for part in self.parts]

    def __str__(self) -> str:
        from salus.channels.text.results import portfolio

        candidate = self.rollout.candidate
        head = (
            f"two models speak: {candidate.fingerprint} {self.rollout}, which here are"
            f" {len(self.parts[1]):,} of {len(self):,}; {self.rollout.official.fingerprint} for the"
            " others"
        )
        return "\n\n".join([head, *(portfolio(part) for part in self.parts if len(part))])
