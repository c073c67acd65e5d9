"""Every entity with the outcome: its scores before, and the measure that was lowest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from salus.outcomes.events import OutcomeEvents
from salus.periods.day import date_of
from salus.scoring.scored import Scored

BEFORE = (90, 60, 30)  # days
LOW = 50.0  # points below which a measure gave a sign


@dataclass(frozen=True)
class PriorScore:
    """The score so many days before; None where the entity had none."""

    days_before: int
    score: float | None
    band: str | None


@dataclass(frozen=True, kw_only=True)
class Miss:
    """An entity with the outcome."""

    id: str
    label: str | None
    day: int
    prior_scores: tuple[PriorScore, ...]
    missed: bool  # on none of these days it was in the worst band
    lowest: str | None  # the measure with the fewest points on the last of these days
    points: float | None
    missing: tuple[str, ...]  # measures without a value then

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "id": self.id,
            "label": self.label,
            "date": date_of(self.day).isoformat(),
            "missed": self.missed,
            "said": [
                {"days_before": prior.days_before, "score": prior.score, "band": prior.band}
                for prior in self.prior_scores
            ],
            "should_have_known": (
                self.lowest if self.points is not None and self.points < LOW else None
            ),
            "lowest": {"measure": self.lowest, "points": self.points},
            "missing": list(self.missing),
        }


def find_misses(
    scored: Sequence[Scored],
    events: OutcomeEvents,
    ids: Sequence[str],
    labels: Mapping[int, str | None],
) -> tuple[Miss, ...]:
    """Every entity with the outcome, latest first. `scored` are the cells `BEFORE` each event."""
    where = {
        (int(entity), int(day)): (part, row)
        for part in scored
        for row, (entity, day) in enumerate(zip(part.cells.entity, part.cells.day, strict=True))
    }
    misses = []
    for entity, day in zip(events.entity.tolist(), events.day.tolist(), strict=True):
        places = [where.get((entity, day - back)) for back in BEFORE]
        if any(place is not None for place in places):
            misses.append(_miss(ids[entity], labels.get(entity), day, places))
    return tuple(sorted(misses, key=lambda miss: (-miss.day, miss.id)))


def _miss(
    key: str, label: str | None, day: int, places: Sequence[tuple[Scored, int] | None]
) -> Miss:
    prior_scores = tuple(
        _prior_score(back, place) for back, place in zip(BEFORE, places, strict=True)
    )
    scored, row = next(place for place in reversed(places) if place is not None)
    points = {
        measure.name: float(scored.points[measure.name][row]) for measure in scored.model.measures
    }
    known = {name: value for name, value in points.items() if not np.isnan(value)}
    lowest = min(known, key=lambda name: known[name]) if known else None
    worst = scored.model.bands[-1][0]
    return Miss(
        id=key,
        label=label,
        day=day,
        prior_scores=prior_scores,
        missed=all(prior.band != worst for prior in prior_scores),
        lowest=lowest,
        points=known[lowest] if lowest else None,
        missing=tuple(name for name in points if name not in known),
    )


def _prior_score(back: int, place: tuple[Scored, int] | None) -> PriorScore:
    if place is None:
        return PriorScore(back, None, None)
    scored, row = place
    score = float(scored.score[row])
    return PriorScore(
        back, None if np.isnan(score) else score, scored.band_name(int(scored.band[row]))
    )
