"""The result of `salus validate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salus.channels.pictures import Picture, build_pictures
from salus.channels.result import ChartResult, RowResult, shorten
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.channels.words.verdict import write_verdict
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import word_of
from salus.model.model import Model
from salus.periods.day import date_of
from salus.verbs.validate.departures import FoundDepartures


@dataclass(frozen=True)
class ValidationResult(ChartResult, RowResult[MeasureComparison]):
    """The score on past dates compared with what happened later.

    As rows: the score against each measure alone, on the same rows.
    """

    validation: Validation  # the figures
    model: Model  # the model that is validated
    departures: FoundDepartures | None = None  # None: the outcome isn't the end of contracts

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What makes the figures less certain than they look."""
        return self.validation.warnings

    @property
    def rows(self) -> tuple[MeasureComparison, ...]:
        """Each measure and dimension alone, compared with the score on the same rows."""
        return self.validation.comparisons

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    def _subject(self) -> str:
        return shorten(self.validation.question.outcome)

    def _dates(self) -> str:
        days = self.validation.days
        return f"{date_of(days[0])} to {date_of(days[-1])}" if days else ""

    def _values(self) -> dict[str, object]:
        validation = self.validation
        return {
            "verdict": write_verdict(validation, self.words),
            "rows": validation.rows,
            "entities": validation.entities,
            "events": validation.events,
            **_figure("base_rate", validation.base_rate),
            **_figure("auc", validation.auc),
        }

    def as_dict(self) -> dict[str, object]:
        """The document of `salus validate --json`."""
        validation, words = self.validation, self.words
        calibration, question = validation.calibration, validation.question
        return {
            "outcome": question.outcome,
            "horizon_days": question.horizon,
            "score": question.score,
            "dates": [date_of(day).isoformat() for day in validation.days],
            "rows": validation.rows,
            "unscored": validation.unscored,
            "entities": validation.entities,
            "events": validation.events,
            **_figure("base_rate", validation.base_rate),
            **_figure("auc", validation.auc),
            "average_precision": validation.average_precision,
            "brier": calibration.brier if calibration else None,
            "brier_of_base": calibration.brier_of_base if calibration else None,
            "ece": calibration.ece if calibration else None,
            "ece_floor": calibration.ece_floor if calibration else None,
            "calibration": [part.as_dict() for part in calibration.bins] if calibration else [],
            "calibration_rows": calibration.rows if calibration else 0,
            **_figure("calibration_slope", calibration.slope if calibration else None),
            **_figure("calibration_intercept", calibration.intercept if calibration else None),
            "deciles": [part.as_dict() for part in validation.deciles],
            "break": validation.breaks.as_dict() if validation.breaks else None,
            "worst": validation.lift.as_dict() if validation.lift else None,
            "lead_time_days": validation.lead.median if validation.lead else None,
            "lead": validation.lead.as_dict() if validation.lead else None,
            "segments": [
                {
                    "segment": part.segment,
                    "rows": part.rows,
                    "events": part.events,
                    **_figure("auc", part.auc),
                }
                for part in validation.segments
            ],
            "comparisons": [part.as_dict() for part in validation.comparisons],
            "splits": validation.splits.as_dict() if validation.splits else None,
            "misses": [part.as_dict() for part in validation.misses],
            "missed": validation.missed.as_dict() if validation.missed else None,
            "departures": self.departures.as_dict() if self.departures else None,
            "warnings": [self._warning(warning, words) for warning in validation.warnings],
            "verdict": write_verdict(validation, words),
            "finding": word_of(validation.verdict),
        }

    @staticmethod
    def _warning(warning: DataWarning, words: Words) -> dict[str, Any]:
        return {
            "kind": warning.kind,
            "code": warning.code,
            "measure": warning.measure,
            "source": warning.source,
            "what": words.finding(warning),
            "fix": words.fix(warning),
        }

    def pictures(self, language: str = "en") -> tuple[Picture, ...]:
        """Calibration, rates by score, lead time, misses and moves between bands.

        `draw()` of each picture returns an Altair chart.
        """
        bands = [name for name, _ in self.model.bands]
        return build_pictures(self.validation, bands, words_for(self.model, language))


def _figure(name: str, interval: Interval | None) -> dict[str, Any]:
    """A value and its interval, under two keys."""
    return {
        name: interval.value if interval else None,
        f"{name}_ci": interval.ends if interval else None,
    }
