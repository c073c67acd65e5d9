"""The result of `salus metrics`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from salus.channels.result import TextResult
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.patterns import Patterns
from salus.insight.metrics.predictors import Predictors
from salus.insight.metrics.retention_cohorts import RetentionCohort
from salus.model.model import Model, Outcome
from salus.verbs.metrics.settings import MetricSettings


@dataclass(frozen=True)
class PortfolioCounts:
    """Numbers of entities; all None without a portfolio."""

    at_start: int | None = None
    at_end: int | None = None
    lapsed: int | None = None  # in the period; None: no entity can lapse and return
    returned: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "at_start": self.at_start,
            "at_end": self.at_end,
            "lapsed": self.lapsed,
            "returned": self.returned,
        }


@dataclass(frozen=True, kw_only=True)
class PortfolioMetrics(TextResult):
    """All metrics of the portfolio from the day `first` to the midnight at which `stop` begins."""

    model: Model
    first: dt.date
    stop: dt.date
    settings: MetricSettings
    outcome: Outcome | None  # that patterns and predictors are about
    counts: PortfolioCounts
    recognition: Finding | None  # when a loss counts
    metrics: Mapping[str, Metric]
    cohorts: tuple[RetentionCohort, ...]
    patterns: Patterns | None  # None: left out
    predictors: Predictors | None
    notes: tuple[Finding, ...] = ()  # days that don't count for the end of the data

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    def as_dict(self) -> dict[str, object]:
        """The document of `salus metrics --json`."""
        settings, words = self.settings, self.words
        return {
            "model": {"name": self.model.name, "fingerprint": self.model.fingerprint},
            "from": self.first.isoformat(),
            "to": self.stop.isoformat(),
            "days": (self.stop - self.first).days,
            **self.counts.as_dict(),
            "settings": {
                "variant": settings.variant,
                "recognise": settings.recognise,
                "recognised": _text(self.recognition, words) or "",
                "outcome": self.outcome.name if self.outcome else None,
                "horizon_days": settings.horizon,
            },
            **{name: _metric(metric, words) for name, metric in self.metrics.items()},
            "cohorts": [cohort.as_dict() for cohort in self.cohorts],
            "patterns": _with_reason(self.patterns, words),
            "predictors": _with_reason(self.predictors, words),
            "notes": [words.finding(note) for note in self.notes],
        }


def _metric(metric: Metric, words: Words) -> dict[str, object]:
    """The JSON form of a metric with its texts; a text that doesn't apply is left out."""
    texts = {
        "definition": words.paragraph(metric.definition),
        "reason": _text(metric.reason, words),
        "no_interval": _text(metric.no_interval, words),
    }
    return metric.as_dict() | {name: text for name, text in texts.items() if text}


def _with_reason(part: Patterns | Predictors | None, words: Words) -> dict[str, object] | None:
    """The JSON form of a part, and in words why it is empty."""
    return None if part is None else part.as_dict() | {"reason": _text(part.reason, words)}


def _text(finding: Finding | None, words: Words) -> str | None:
    return None if finding is None else words.finding(finding)
