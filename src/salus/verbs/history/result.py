"""The scores of one entity over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.channels.result import RowResult, shorten
from salus.scores.model_history import ModelPeriod, model_periods


@dataclass(frozen=True)
class ScorePoint:
    """The score of an entity on one date, as it was shown or as a replay of today's model gives
    it.
    """

    as_of: dt.date
    score: float | None  # 0 to 100
    band: str
    coverage: float  # 0 to 1
    fingerprint: str  # of the model that scored it
    replayed: bool = False  # computed later by a replay

    def as_dict(self) -> dict[str, object]:
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
class ScoreHistory(RowResult[ScorePoint]):
    """The scores of one entity over time. As rows: each date with a score, oldest first."""

    id: str  # key of the entity
    points: tuple[ScorePoint, ...]
    label: str | None = None  # its name in today's table

    @property
    def models(self) -> tuple[ModelPeriod, ...]:
        """The models whose scores were shown, with the first and last date of each."""
        return tuple(
            model_periods(
                (point.as_of, point.fingerprint) for point in self.points if not point.replayed
            )
        )

    @property
    def rows(self) -> tuple[ScorePoint, ...]:
        """The points, oldest first."""
        return self.points

    def _subject(self) -> str:
        return shorten(self.id)

    def as_dict(self) -> dict[str, object]:
        """The document of `salus history --json`."""
        return {
            "id": self.id,
            "points": [point.as_dict() for point in self.points],
            "models": [period.as_dict() for period in self.models],
        }
