"""One entity by the present model and by an edited one, and how many go from band to band."""

from __future__ import annotations

from dataclasses import dataclass

NEW = "not scored"  # by one of the models, whose population is another


@dataclass(frozen=True, kw_only=True)
class Mover:
    """One entity by the present model and by the edited one."""

    id: str
    label: str | None
    band_from: str  # by the present model
    band_to: str  # by the edited model
    score_from: float | None
    score_to: float | None
    value: float | None  # in the model's currency
    reason: tuple[str, float] | None  # the largest effect in the direction of the change, in points
    effect: tuple[str, float] | None = None  # the same, also where a band is unknown

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
    """How many entities go from one band to another, and their value."""

    band_from: str
    band_to: str
    entities: int
    value: float | None  # in the model's currency
