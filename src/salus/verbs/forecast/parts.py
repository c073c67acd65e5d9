"""The parts of a forecast besides renewals: scenario, expansion, scores, lifetime, purchases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.finding import Finding
from salus.insight.forecast.expansion import ExpansionCandidates
from salus.insight.forecast.lifetime import RemainingLifetime
from salus.insight.forecast.purchase_value import PurchaseValue
from salus.insight.forecast.renewals import RenewalChances
from salus.insight.forecast.score_transitions import ScoreTransition
from salus.scoring.explanation import to_number
from salus.scoring.scored import Floats, Truths
from salus.verbs.forecast.entities import EntityLabels
from salus.verbs.forecast.renewals import RenewalForecast, interval_as_dict
from salus.verbs.forecast.scenario import ValueChange

LISTED = 50  # expansion candidates in the document


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The forecast with changed values. It shows an association, not the effect of a change."""

    changes: tuple[ValueChange, ...]
    score: Floats  # of the entities of today
    difference: Floats  # these scores minus today's
    due_score: Floats  # the score of each term that is due
    chances: RenewalChances | None
    due: float  # value of the terms that are due
    base: RenewalForecast | None  # the forecast without the changes

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        result: dict[str, Any] = {"changes": [change.text for change in self.changes]}
        if self.base is None or self.base.chances is None or self.chances is None:
            return {**result, "total": None, "renewals": []}
        due = self.base.due.rows
        rows = [
            {
                "id": self.base.entities.ids[position],
                "score_from": float(before),
                "score_to": to_number(after),
                "probability_from": float(old),
                "probability_to": to_number(new),
            }
            for position, before, after, old, new in zip(
                due.entity,
                due.score,
                self.due_score,
                self.base.chances.probability,
                self.chances.probability,
                strict=True,
            )
        ]
        total = interval_as_dict(self.chances.total)
        return {**result, "due": self.due, "total": total, "renewals": rows}


@dataclass(frozen=True)
class ExpansionForecast:
    """The entities that may reach the goal of a further score within the horizon."""

    goal: str  # an outcome
    candidates: ExpansionCandidates
    entities: EntityLabels
    bands: Mapping[int, str]  # of the main score, by the position of each entity of today

    def as_dict(self) -> dict[str, object]:
        """The JSON form of the most likely candidates, without the reason, which needs words."""
        candidates = self.candidates
        rows = zip(
            candidates.entity[:LISTED],
            candidates.score,
            candidates.probability,
            candidates.low,
            candidates.high,
            strict=False,
        )
        return {
            "goal": self.goal,
            "entities": [
                {
                    "id": self.entities.ids[position],
                    "label": self.entities.label(position),
                    "score": float(score),
                    "probability": float(chance),
                    "low": float(low),
                    "high": float(high),
                }
                for position, score, chance, low, high in rows
            ],
        }


@dataclass(frozen=True)
class ScoreOutlook:
    """The scores expected in 30, 60 and 90 days."""

    transitions: Mapping[int, ScoreTransition | None]  # by days; None: too few pairs of scores
    ids: tuple[str, ...]  # of entities with a score today and without a notice
    scores: Floats  # today's, one per id

    def as_dict(self) -> dict[str, object]:
        """The keys that a forecast's document holds about scores."""
        return {
            "paths": [
                {
                    "days": days,
                    "moves": None if transition is None else transition.pairs,
                    "held": (
                        None
                        if transition is None or transition.held is None
                        else interval_as_dict(transition.held)
                    ),
                }
                for days, transition in self.transitions.items()
            ],
            "scores": list(self._scores()),
        }

    def _scores(self) -> Iterator[dict[str, Any]]:
        ahead = {
            days: transition.ahead(self.scores)
            for days, transition in self.transitions.items()
            if transition is not None
        }
        for row, key in enumerate(self.ids):
            yield {
                "id": key,
                "score": float(self.scores[row]),
                "ahead": [
                    {
                        "days": days,
                        "value": float(each[row][1]),
                        "low": float(each[row][0]),
                        "high": float(each[row][2]),
                    }
                    for days, each in ahead.items()
                ],
            }


@dataclass(frozen=True)
class LifetimeForecast:
    """The time that the entities of today are expected to stay, and its value."""

    ids: tuple[str, ...]  # one per row of `lifetime`
    lifetime: RemainingLifetime

    @property
    def known(self) -> Truths:
        """Whether the remaining time of each entity is known."""
        return ~np.isnan(self.lifetime.days)

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        lifetime, known = self.lifetime, self.known
        return {
            "cap_days": lifetime.cap,
            "entities": int(known.sum()),
            "left": lifetime.left,
            "cut": int(lifetime.truncated.sum()),
            "mean_days": float(lifetime.days[known].mean()) if known.any() else None,
            "total": interval_as_dict(lifetime.total),
            "each": [
                {"id": key, "days": to_number(days), "value": to_number(value)}
                for key, days, value in zip(self.ids, lifetime.days, lifetime.value, strict=True)
            ],
        }


@dataclass(frozen=True)
class PurchaseForecast:
    """The purchases expected of each buyer, or the reason why there is no forecast."""

    ids: tuple[str, ...]  # of all entities
    value: PurchaseValue | Finding

    @property
    def reason(self) -> Finding | None:
        """Why there is no forecast."""
        return self.value if isinstance(self.value, Finding) else None

    def as_dict(self) -> dict[str, object]:
        """The JSON form without the reason, which needs words."""
        value = self.value
        if isinstance(value, Finding):
            return {
                **dict.fromkeys(("days", "purchases", "value", "related", "check")),
                "entities": [],
            }
        buyers = [
            {
                "id": self.ids[position],
                "alive": float(alive),
                "purchases": float(purchases),
                "value": float(money),
            }
            for position, alive, purchases, money in zip(
                value.buyer, value.alive, value.purchases, value.money, strict=True
            )
        ]
        return {
            "days": value.days,
            "purchases": float(value.purchases.sum()),
            "value": float(value.money.sum()),
            "related": value.related,
            "check": None if value.backtest is None else value.backtest.as_dict(),
            "entities": buyers,
        }


def ids_at(entities: EntityLabels, positions: NDArray[np.int64]) -> tuple[str, ...]:
    """The keys at these positions."""
    return tuple(entities.ids[position] for position in positions)
