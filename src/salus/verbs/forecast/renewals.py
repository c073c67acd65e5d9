"""The terms that are due within the horizon: the chance of each, the expected value, and how earlier
forecasts would have done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa

from salus.finding import Finding
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.forecast.renewal_decisions import EntitySnapshots, RenewalDecisions
from salus.insight.forecast.renewals import RenewalChances, RenewalFit
from salus.insight.statistics.interval import Interval
from salus.periods.day import date_of
from salus.scoring.explanation import to_number
from salus.scoring.scored import Floats
from salus.verbs.forecast.entities import EntityLabels


def interval_as_dict(interval: Interval) -> dict[str, float]:
    """The JSON form of an 80 % interval."""
    return {"value": interval.value, "low": interval.low, "high": interval.high}


@dataclass(frozen=True, kw_only=True)
class ExpectedRenewal:
    """A term that is decided within the horizon, with its chance of renewal."""

    id: str  # of the entity
    label: str | None
    decide_by: dt.date  # the last day on which it can give notice
    value: float | None  # in the model's currency
    score: float  # on the day of the forecast
    probability: float | None  # of renewal, 0 to 1; None without a forecast
    low: float | None  # lower end of its 80 % interval
    high: float | None  # upper end

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {**vars(self), "decide_by": self.decide_by.isoformat()}


@dataclass(frozen=True)
class RenewalBacktest:
    """A forecast of an earlier period with what was known before it, and what was renewed."""

    day: int
    renewals: int
    total: Interval
    actual: float

    @property
    def held(self) -> bool:
        """Whether the actual value lies within the 80 % interval."""
        return self.actual in self.total

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "as_of": date_of(self.day).isoformat(),
            "renewals": self.renewals,
            "expected": self.total.value,
            "low": self.total.low,
            "high": self.total.high,
            "actual": self.actual,
            "held": self.held,
        }


@dataclass(frozen=True, kw_only=True)
class RenewalForecast:
    """The terms that are due within the horizon. Without `chances`, `reason` says why."""

    entities: EntityLabels
    has_value: bool  # the model names the value of an entity
    due: RenewalDecisions  # with a score, not yet decided
    stake: Floats  # of each term: its value, 1 where the model names none
    fit: RenewalFit | None
    chances: RenewalChances | None
    reason: Finding | None
    decisions: int  # earlier decisions that the chances are learned from
    lost: int  # of these
    shock: float | None  # sd of what all terms of a period share, in log odds (posterior mean)
    backtests: tuple[RenewalBacktest, ...]
    outlook: ValueOutlook | None  # of all entities without a notice
    notice_given: EntitySnapshots  # with the last day for a notice within the horizon
    without_score: EntitySnapshots
    without_date: EntitySnapshots

    @property
    def due_value(self) -> float:
        """The value of all terms due; their number where the model has no value."""
        return float(self.stake.sum())

    @property
    def expected_loss(self) -> float | None:
        """The value due that is expected to be lost."""
        return (
            None if self.chances is None else float(np.sum(self.stake) - self.chances.total.value)
        )

    def order(self) -> list[int]:
        """The rows of `due`, largest expected loss first; without chances the earliest first."""
        rows = self.due.rows
        rank = (
            rows.decide_by if self.chances is None else -self.stake * (1 - self.chances.probability)
        )
        return sorted(
            range(len(rows)),
            key=lambda row: (float(rank[row]), self.entities.ids[rows.entity[row]]),
        )

    def terms(self) -> tuple[ExpectedRenewal, ...]:
        """Each term, in order."""
        return tuple(self._term(row) for row in self.order())

    def as_dict(self) -> dict[str, object]:
        """The keys that a forecast's document holds about renewals, without the reason, which needs
        words.
        """
        return {
            "renewals": [term.as_dict() for term in self.terms()],
            "total": None if self.chances is None else interval_as_dict(self.chances.total),
            "due": self.due_value,
            "at_risk": self.expected_loss,
            "history": {"decisions": self.decisions, "lost": self.lost, "shock": self.shock},
            "trials": [backtest.as_dict() for backtest in self.backtests],
            "notice_given": self._sums(self.notice_given),
            "without_score": self._sums(self.without_score),
            "without_date": self._sums(self.without_date),
        }

    def to_arrow(self) -> pa.Table:
        """One row per term, in order."""
        return renewal_table(self.terms())

    def saved_terms(self) -> list[dict[str, Any]]:
        """The terms as the log keeps them, to be compared with the outcome. Needs chances."""
        assert self.chances is not None
        return [
            {
                "id": self.entities.ids[entity],
                "seen": date_of(int(day)).isoformat(),
                "stake": float(stake),
                "probability": float(chance),
            }
            for entity, day, stake, chance in zip(
                self.due.rows.entity,
                self.due.known_day,
                self.stake,
                self.chances.probability,
                strict=True,
            )
        ]

    def _term(self, row: int) -> ExpectedRenewal:
        rows, chances = self.due.rows, self.chances
        position = int(rows.entity[row])
        return ExpectedRenewal(
            id=self.entities.ids[position],
            label=self.entities.label(position),
            decide_by=date_of(int(rows.decide_by[row])),
            value=to_number(rows.value[row]),
            score=float(rows.score[row]),
            probability=None if chances is None else float(chances.probability[row]),
            low=None if chances is None else float(chances.low[row]),
            high=None if chances is None else float(chances.high[row]),
        )

    def _sums(self, rows: EntitySnapshots) -> dict[str, Any]:
        return {
            "entities": len(rows),
            "value": float(np.nansum(rows.value)) if self.has_value else None,
        }


def renewal_table(terms: Sequence[ExpectedRenewal]) -> pa.Table:
    """Terms as an Arrow table."""
    types = {"id": pa.string(), "label": pa.string(), "decide_by": pa.date32()}
    columns = {
        name: [getattr(term, name) for term in terms]
        for name in (field.name for field in fields(ExpectedRenewal))
    }
    return pa.table(
        {name: pa.array(values, types.get(name, pa.float64())) for name, values in columns.items()}
    )
