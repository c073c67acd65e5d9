"""Why one entity has its score."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from salus.channels.result import RowResult, shorten
from salus.model.model import Model
from salus.scores.model_history import ModelPeriod
from salus.scoring.change import ScoreChange
from salus.scoring.explanation import Contribution, Explanation
from salus.scoring.next_band import BandStep


@dataclass(frozen=True, kw_only=True)
class ScoreExplanation(RowResult[Contribution]):
    """Why an entity has its score on a date. As rows: what each measure adds to the score.

    Contributions + held + smoothing + caps = score, within 1e-9.
    """

    id: str
    label: str | None
    as_of: dt.date
    model: Model  # that scores the entity
    why: Explanation
    to_next_band: tuple[BandStep, ...] | None  # () in the best band; None if no change is realistic
    next_band: str | None  # None in the best band, and without a band
    since: dt.date | None = None  # an earlier date to compare with
    change: ScoreChange | None = None  # since that date; None if the entity wasn't scored then
    previous: ModelPeriod | None = None  # the last other model that scored it

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the model that scores the entity."""
        return self.model.fingerprint

    @property
    def rows(self) -> tuple[Contribution, ...]:
        """What each measure adds to the score, in the order of the model."""
        return self.why.measures

    def _subject(self) -> str:
        return shorten(self.id)

    def _values(self) -> dict[str, object]:
        why = self.why
        return {
            "label": self.label,
            "score": why.score,
            "band": why.band,
            "coverage": why.coverage,
            **({} if why.smoothing is None else {"smoothing": why.smoothing}),
            **{f"held {line.measure}": line.effect for line in why.held},
            **{f"limit {line.name}": line.effect for line in why.caps},
        }

    def as_dict(self) -> dict[str, object]:
        """The document of `salus explain --json`."""
        why = self.why
        document: dict[str, Any] = {
            "id": self.id,
            "label": self.label,
            "as_of": self.as_of.isoformat(),
            "score": why.score,
            "band": why.band,
            "coverage": why.coverage,
            "segment": why.segment,
            "fingerprint": self.model.fingerprint,
            "other_model": None if self.previous is None else self.previous.as_dict(),
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
            document["change"] = (
                None
                if self.change is None
                else {"since": self.since.isoformat(), **self.change.as_dict()}
            )
        return document
