"""The result of `salus metrics`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from salus.channels.result import RowResult
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


@dataclass(frozen=True)
class NamedMetric:
    """A metric with its name in the document."""

    name: str
    metric: Metric
    texts: Mapping[str, str]  # in English: its definition, or why it isn't measured

    def as_dict(self) -> dict[str, object]:
        """The name, then the JSON form of the metric."""
        return {"name": self.name, **self.document()}

    def document(self) -> dict[str, object]:
        """The JSON form of the metric with its texts."""
        return {**self.metric.as_dict(), **self.texts}


@dataclass(frozen=True, kw_only=True)
class PortfolioMetrics(RowResult[NamedMetric]):
    """All metrics of the portfolio over a period. As rows: each metric with its name."""

    model: Model
    first: dt.date  # first day of the period
    stop: dt.date  # the midnight that ends it
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
    def rows(self) -> tuple[NamedMetric, ...]:
        """Each metric with its name, in the order of the document."""
        return tuple(
            NamedMetric(name, metric, _texts(metric, self.words))
            for name, metric in self.metrics.items()
        )

    def _dates(self) -> str:
        return f"{self.first} to {self.stop}"

    def _values(self) -> dict[str, object]:
        return {
            "entities at start": self.counts.at_start,
            "entities at end": self.counts.at_end,
        }

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
            **{row.name: row.document() for row in self.rows},
            "cohorts": [cohort.as_dict() for cohort in self.cohorts],
            "patterns": _with_reason(self.patterns, words),
            "predictors": _with_reason(self.predictors, words),
            "notes": [words.finding(note) for note in self.notes],
        }


def _texts(metric: Metric, words: Words) -> dict[str, str]:
    """The texts of a metric; a text that doesn't apply is left out."""
    texts = {
        "definition": words.paragraph(metric.definition),
        "reason": _text(metric.reason, words),
        "no_interval": _text(metric.no_interval, words),
    }
    return {name: text for name, text in texts.items() if text}


def _with_reason(part: Patterns | Predictors | None, words: Words) -> dict[str, object] | None:
    """The JSON form of a part, and in words why it is empty."""
    return None if part is None else part.as_dict() | {"reason": _text(part.reason, words)}


def _text(finding: Finding | None, words: Words) -> str | None:
    return None if finding is None else words.finding(finding)
