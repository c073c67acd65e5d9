"""What changed between two dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.channels.result import RowResult
from salus.model.model import Model
from salus.scoring.change import ScoreChange


@dataclass(frozen=True, kw_only=True)
class ScoreMove:
    """One entity on two dates. Score and band are None on a date on which it wasn't scored."""

    id: str
    label: str | None
    score_from: float | None = None
    score_to: float | None = None
    band_from: str | None = None
    band_to: str | None = None
    change: ScoreChange | None = None  # None without two scores
    cap_from: str | None = None  # that limits the score on the first date
    cap_to: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "id": self.id,
            "label": self.label,
            "score_from": self.score_from,
            "score_to": self.score_to,
            "band_from": self.band_from,
            "band_to": self.band_to,
            "change": None if self.change is None else self.change.as_dict(),
        }


@dataclass(frozen=True)
class BandChanges:
    """How many entities changed band, by cause. An entity may count for both causes, even if they
    cancel each other out.
    """

    data: int  # today's model gives another band for the later values than for the earlier ones
    model: int  # today's model gives another band for the earlier values than was shown then

    def __add__(self, other: BandChanges) -> BandChanges:
        return BandChanges(self.data + other.data, self.model + other.model)


@dataclass(frozen=True, kw_only=True)
class Comparison(RowResult[ScoreMove]):
    """Which entities moved between two dates. As rows: every entity, the largest fall first, then
    those with a score on only one date.
    """

    first: dt.date
    second: dt.date
    bands: dict[str, dict[str, int]]  # band -> {"from": entities, "to": entities}
    moves: tuple[ScoreMove, ...]
    band_changes: BandChanges
    model: Model  # of salus.yaml

    @property
    def rows(self) -> tuple[ScoreMove, ...]:
        """The moves, the largest fall first."""
        return self.moves

    def _values(self) -> dict[str, object]:
        return {band: f"{count['from']:,} → {count['to']:,}" for band, count in self.bands.items()}

    def as_dict(self) -> dict[str, object]:
        """The document of `salus compare --json`."""
        return {
            "from": self.first.isoformat(),
            "to": self.second.isoformat(),
            "bands": self.bands,
            "crossed": {"data": self.band_changes.data, "model": self.band_changes.model},
            "entities": [move.as_dict() for move in self.moves],
        }
