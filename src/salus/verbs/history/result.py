"""The scores of one entity over time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.channels.result import RowResult, shorten
from salus.scores.model_history import ModelPeriod, model_periods


@dataclass(frozen=True)
class ScorePoint:
    """What was shown of an entity on a date, or what a replay of today's model gives for it."""

    as_of: dt.date
    score: float | None
    band: str
    coverage: float  # 0 to 1
    fingerprint: str  # of the model
    replayed: bool = False

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
    """An entity on all dates on which it was scored or replayed, oldest first."""

    id: str
    points: tuple[ScorePoint, ...]

    @property
    def models(self) -> tuple[ModelPeriod, ...]:
        """Which model scored the entity from when to when, according to what was shown."""
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
