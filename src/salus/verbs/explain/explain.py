"""`salus explain`: one entity at one date, measure by measure; what changed since; what would reach
the next band.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.channels.result import TextResult
from salus.scores.active_models import find, voices
from salus.scores.as_shown import shown_before
from salus.scores.model_history import Spoke, other_before
from salus.scores.scores import Scores
from salus.scoring.change import Change, Changes, Shown, changes
from salus.scoring.explanation import Explanation
from salus.scoring.explanation import explain as explain_cell
from salus.scoring.next_band import Step, to_next_band
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class Explained(TextResult):
    """Why an entity has its score at `as_of`. Σ contributions + held + smoothing + caps = score,
    within 1e-9.
    """

    id: str
    label: str | None
    entity: str  # the model's word for what is scored
    as_of: dt.date
    why: Explanation
    to_next_band: tuple[Step, ...] | None
    best: bool  # in the best band
    settles: bool  # a step works only once the values have stayed so
    since: dt.date | None = None
    change: Change | None = None
    fingerprint: str = ""  # of the model that speaks
    other: Spoke | None = (
        None  # the last other model that spoke for it before, and the last date of that
    )

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus explain --json`."""
        why = self.why
        found: dict[str, Any] = {
            "id": self.id,
            "label": self.label,
            "as_of": self.as_of.isoformat(),
            "score": why.score,
            "band": why.band,
            "coverage": why.coverage,
            "segment": why.segment,
            "fingerprint": self.fingerprint,
            "other_model": None if self.other is None else self.other.as_dict(),
            "dimensions": why.dimensions,
            "measures": [line.as_dict() for line in why.measures],
            "held": [line.as_dict() for line in why.held],
            **({} if why.smoothing is None else {"smoothing": {"effect": why.smoothing}}),
            "caps": [line.as_dict() for line in why.caps],
            "to_next_band": None
            if self.to_next_band is None
            else [step.as_dict() for step in self.to_next_band],
            "inputs": [line.as_dict() for line in why.inputs],
        }
        if self.since is not None:
            found["change"] = (
                None
                if self.change is None
                else {"since": self.since.isoformat(), **self.change.as_dict()}
            )
        return found

    def __str__(self) -> str:
        from salus.channels.text.results import explanation

        return explanation(self)


def explain(
    workspace: Workspace, entity: str, as_of: dt.date | None, since: dt.date | None
) -> Explained:
    """Explain `entity`, a key or an unambiguous label, by the model that speaks for it."""
    voice, row = find(voices(workspace, as_of, since), entity)
    scores, change = voice.scores, None
    if voice.before is not None:
        pairs = Pairs.of(voice.before, scores, [scores.ids[row]])
        change = pairs.changes(workspace)[0].of(0) if len(pairs) else None
    return Explained(
        scores.ids[row],
        scores.labels[row],
        scores.model.entity.name,
        scores.as_of,
        explain_cell(scores.scored, row),
        to_next_band(scores.scored, row),
        int(scores.scored.band[row]) == 0,
        scores.model.remembers,
        since,
        change,
        scores.model.fingerprint,
        other_before(workspace, scores.ids[row], scores.as_of, scores.model.fingerprint),
    )


@dataclass(frozen=True)
class Pairs:
    """Entities scored at two dates: the ids, and their rows at each."""

    before: Scores
    after: Scores
    ids: tuple[str, ...]
    first: np.ndarray[Any, np.dtype[np.int64]]
    second: np.ndarray[Any, np.dtype[np.int64]]

    @classmethod
    def of(cls, before: Scores, after: Scores, wanted: list[str] | None = None) -> Pairs:
        """Those of `wanted` (None: all) that were scored at both dates."""
        then = {one: row for row, one in enumerate(before.ids)}
        now = {one: row for row, one in enumerate(after.ids)}
        both = [one for one in (wanted if wanted is not None else after.ids) if one in then]
        return cls(
            before,
            after,
            tuple(both),
            np.array([then[one] for one in both], dtype=np.int64),
            np.array([now[one] for one in both], dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def changes(
        self, workspace: Workspace, passing_over: str | None = None
    ) -> tuple[Changes, Shown]:
        """Why each moved from what was shown at the earlier date, by whatever model spoke then; and
        what that was.

        `passing_over`: the fingerprint of a model that doesn't count, where all are told by
        another.
        """
        told = shown_before(workspace, self.before, self.first, self.ids, passing_over)
        return changes(self.before.scored, self.after.scored, self.first, self.second, told), told
