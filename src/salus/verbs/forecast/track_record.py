"""Compares saved forecasts with what was renewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from salus.outcomes.events import OutcomeEvents
from salus.periods.day import day_number
from salus.verbs.forecast.log import SavedForecast


@dataclass(frozen=True, kw_only=True)
class ForecastResult:
    """A saved forecast whose decisions are all known, and what was renewed."""

    as_of: dt.date
    fingerprint: str
    renewals: int
    expected: float
    low: float
    high: float
    actual: float
    lost: int

    @property
    def held(self) -> bool:
        """Whether the actual value lies within the 80 % interval."""
        return self.low <= self.actual <= self.high

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "as_of": self.as_of.isoformat(),
            "fingerprint": self.fingerprint,
            "renewals": self.renewals,
            "expected": self.expected,
            "low": self.low,
            "high": self.high,
            "actual": self.actual,
            "lost": self.lost,
            "held": self.held,
        }


def compare_with_outcome(
    forecasts: Iterable[SavedForecast],
    outcome: str,
    events: OutcomeEvents,
    positions: Mapping[str, int],
    end: int,
) -> tuple[ForecastResult, ...]:
    """The saved forecasts of an outcome whose decisions are all known before `end`. An entity that is
    no longer in the tables counts as lost.
    """
    return tuple(
        _compare(forecast, events, positions)
        for forecast in forecasts
        if forecast.outcome == outcome
        and forecast.renewals
        and max(day_number(term.known_day) for term in forecast.renewals) < end
    )


def _compare(
    forecast: SavedForecast, events: OutcomeEvents, positions: Mapping[str, int]
) -> ForecastResult:
    terms = forecast.renewals
    position = np.array([positions.get(term.id, -1) for term in terms], dtype=np.int64)
    day = np.full(len(position), day_number(forecast.as_of), dtype=np.int32)
    event_day = events.next(np.maximum(position, 0), day)[0]
    known_day = np.array([day_number(term.known_day) for term in terms])
    lost = (position < 0) | (event_day <= known_day)
    stake = np.array([term.stake for term in terms])
    return ForecastResult(
        as_of=forecast.as_of,
        fingerprint=forecast.fingerprint,
        renewals=len(terms),
        expected=forecast.total.value,
        low=forecast.total.low,
        high=forecast.total.high,
        actual=float(stake @ ~lost),
        lost=int(lost.sum()),
    )
