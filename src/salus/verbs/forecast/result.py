"""The result of `salus forecast`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from salus.channels.pictures import Picture, build_outlook
from salus.channels.result import ChartResult, RowResult, TableResult
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.finding import Finding
from salus.model.model import Model, Outcome
from salus.verbs.forecast.parts import (
    ExpansionForecast,
    LifetimeForecast,
    PurchaseForecast,
    Scenario,
    ScoreOutlook,
)
from salus.verbs.forecast.renewals import (
    ExpectedRenewal,
    RenewalForecast,
    interval_as_dict,
    renewal_table,
)
from salus.verbs.forecast.track_record import ForecastResult

NOT_DECLARED = Finding("renewals.not_declared")
NO_RENEWAL: dict[str, Any] = {
    "renewals": [],
    "total": None,
    "due": None,
    "at_risk": None,
}


@dataclass(frozen=True, kw_only=True)
class Forecast(TableResult, ChartResult, RowResult[ExpectedRenewal]):
    """A forecast from a date on. A part is None if the model doesn't declare what it needs.

    As rows: the terms that are due within the horizon, the largest expected loss first.
    """

    model: Model
    outcome: Outcome
    as_of: dt.date
    horizon: int  # days
    size: int  # entities of the date
    renewals: RenewalForecast | None
    scenario: Scenario | None  # None: no changes were given
    expansion: Mapping[str, ExpansionForecast]  # by further score
    scores: ScoreOutlook
    lifetime: LifetimeForecast | None
    purchases: PurchaseForecast | None
    track_record: tuple[ForecastResult, ...]  # earlier forecasts that are over
    notes: tuple[Finding, ...]  # what makes the forecast less certain

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    def to_arrow(self) -> pa.Table:
        """One row per term that is due, the largest expected loss first."""
        return renewal_table(self.rows)

    @property
    def rows(self) -> tuple[ExpectedRenewal, ...]:
        """The terms that are due within the horizon, the largest expected loss first."""
        return () if self.renewals is None else self.renewals.terms()

    def _values(self) -> dict[str, object]:
        renewals = self.renewals
        chances = None if renewals is None else renewals.chances
        return {
            "outcome": self.outcome.name,
            "horizon_days": self.horizon,
            "due": None if renewals is None else renewals.due_value,
            "total": {} if chances is None else interval_as_dict(chances.total),
            "at_risk": None if renewals is None else renewals.expected_loss,
        }

    def as_dict(self) -> dict[str, object]:
        """The document of `salus forecast --json`."""
        return {
            "model": self.model_as_dict(),
            "as_of": self.as_of.isoformat(),
            "horizon_days": self.horizon,
            "outcome": self.outcome.name,
            "unit": self.model.entity.value,
            "currency": self.model.entity.currency,
            **(NO_RENEWAL if self.renewals is None else self.renewals.as_dict()),
            "reason": self._text(NOT_DECLARED if self.renewals is None else self.renewals.reason),
            "scenario": None if self.scenario is None else self.scenario.as_dict(),
            "candidates": {
                name: part.as_dict() | {"reason": self._text(part.candidates.reason)}
                for name, part in self.expansion.items()
            },
            **self.scores.as_dict(),
            "lifetime": None if self.lifetime is None else self.lifetime.as_dict(),
            "purchases": (
                None
                if self.purchases is None
                else self.purchases.as_dict() | {"reason": self._text(self.purchases.reason)}
            ),
            "log": [result.as_dict() for result in self.track_record],
            "notes": [self._text(note) for note in self.notes],
        }

    def _text(self, finding: Finding | None) -> str | None:
        return None if finding is None else self.words.finding(finding)

    def saved(self) -> dict[str, object] | None:
        """What the log keeps, to be compared with the outcome; None without a renewal forecast."""
        renewals = self.renewals
        if renewals is None or renewals.chances is None or not len(renewals.due):
            return None
        return {
            "model": self.model_as_dict(),
            "as_of": self.as_of.isoformat(),
            "horizon_days": self.horizon,
            "outcome": self.outcome.name,
            "total": interval_as_dict(renewals.chances.total),
            "renewals": renewals.saved_terms(),
        }

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """A fan chart of the value that will be renewed; none without a renewal forecast."""
        if self.renewals is None or self.renewals.outlook is None:
            return ()
        entity = self.model.entity
        return (
            build_outlook(
                self.renewals.outlook,
                words_for(self.model, language),
                valued=entity.value is not None,
                currency=entity.currency,
            ),
        )

    def model_as_dict(self) -> dict[str, str]:
        """Name and fingerprint of the model."""
        return {"name": self.model.name, "fingerprint": self.model.fingerprint}
