"""How forecasts that were told fared: the money expected against what was renewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from salus.outcomes.events import Events
from salus.periods.day import day_number
from salus.verbs.forecast.log import SavedForecast


@dataclass(frozen=True)
class ForecastResult:
    """A kept forecast whose time is over."""

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
        """Whether what came lies within the 80 % interval."""
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
    kept: Iterable[SavedForecast], outcome: str, found: Events, places: Mapping[str, int], end: int
) -> tuple[ForecastResult, ...]:
    """The kept forecasts of an outcome all of whose days lie before `end`. Who is no longer in the
    tables counts as lost.
    """
    return tuple(
        _fared(one, found, places)
        for one in kept
        if one.outcome == outcome
        and one.renewals
        and max(day_number(row.seen) for row in one.renewals) < end
    )


def _fared(one: SavedForecast, found: Events, places: Mapping[str, int]) -> ForecastResult:
    place = np.array([places.get(row.id, -1) for row in one.renewals], dtype=np.int64)
    day = np.full(len(place), day_number(one.as_of), dtype=np.int32)
    when = found.next(np.maximum(place, 0), day)[0]
    lost = (place < 0) | (when <= np.array([day_number(row.seen) for row in one.renewals]))
    stake = np.array([row.stake for row in one.renewals])
    return ForecastResult(
        one.as_of, one.fingerprint, len(place), *one.total, float(stake @ ~lost), int(lost.sum())
    )
