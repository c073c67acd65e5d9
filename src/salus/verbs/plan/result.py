"""The result of `salus plan`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from salus.channels.result import RowResult
from salus.channels.text.render import render_markdown
from salus.insight.statistics.interval import Interval
from salus.model.model import UNKNOWN, Model

NEW = "not scored"  # by one of the models: the edited one may have another population


@dataclass(frozen=True, kw_only=True)
class Mover:
    """An entity by both models. `reason`: the largest effect that goes the way of its change; None:
    it stays as it is.
    """

    id: str
    label: str | None
    band_from: str
    band_to: str
    score_from: float | None
    score_to: float | None
    value: float | None
    reason: tuple[str, float] | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        reason = None if self.reason is None else {"what": self.reason[0], "effect": self.reason[1]}
        return {
            "id": self.id,
            "label": self.label,
            "band_from": self.band_from,
            "band_to": self.band_to,
            "score_from": self.score_from,
            "score_to": self.score_to,
            "value": self.value,
            "reason": reason,
        }


@dataclass(frozen=True)
class Move:
    """How many go from one band to another, and what is at stake with them."""

    band_from: str
    band_to: str
    entities: int
    value: float | None


@dataclass(frozen=True)
class ModelComparison:
    """Both models against what followed past dates, on the same rows; 95 %."""

    outcome: str
    horizon: int | None  # None: the outcome is a flag
    rows: int
    own: Interval
    edited: Interval
    difference: Interval

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "outcome": self.outcome,
            "horizon_days": self.horizon,
            "rows": self.rows,
            "auc_from": self.own.value,
            "auc_to": self.edited.value,
            "difference": self.difference.value,
            "difference_ci": self.difference.ends,
        }


@dataclass(frozen=True, kw_only=True)
class Plan(RowResult[Mover]):
    """Every entity whose score differs, the biggest fall first; the moves between bands; and the
    weights that differ.
    """

    own: Model
    edited: Model
    as_of: dt.date
    entities: int
    weights: tuple[
        tuple[str, float | None, float | None], ...
    ]  # measure, share before, share after
    flows: tuple[Move, ...]  # everybody, those who stay in their band too; best band first
    movers: tuple[Mover, ...]
    outcome: str | None
    judgement: ModelComparison | None  # None also where past dates can't answer
    part: str | None = None  # who the edited model applies to, unless it is everybody

    @property
    def moves(self) -> tuple[Move, ...]:
        """Those who change band."""
        return tuple(item for item in self.flows if item.band_from != item.band_to)

    @property
    def bands(self) -> tuple[str, ...]:
        """Of both models, best first, then those without a score."""
        return tuple(
            dict.fromkeys(
                [
                    *(name for model in (self.own, self.edited) for name, _ in model.bands),
                    UNKNOWN,
                    NEW,
                ]
            )
        )

    @property
    def rows(self) -> tuple[Mover, ...]:
        """Entities whose score differs, the largest fall first."""
        return self.movers

    def as_dict(self) -> dict[str, object]:
        """The document of `salus plan --json`."""
        return {
            "from": {"name": self.own.name, "fingerprint": self.own.fingerprint},
            "to": {"name": self.edited.name, "fingerprint": self.edited.fingerprint},
            "as_of": self.as_of.isoformat(),
            "population": self.entities,
            "part": self.part,
            "moves": {
                f"{item.band_from}→{item.band_to}": {"entities": item.entities, "value": item.value}
                for item in self.moves
            },
            "entities": [item.as_dict() for item in self.movers],
            "weights": [
                {"measure": name, "from": before, "to": after}
                for name, before, after in self.weights
            ],
            "auc": None if self.judgement is None else self.judgement.as_dict(),
        }

    def markdown(self) -> str:
        """For a pull request."""
        return render_markdown(self)
