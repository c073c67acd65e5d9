"""The result of `salus validate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salus.channels.pictures import Picture, build_pictures
from salus.channels.result import ChartResult
from salus.channels.words import Words
from salus.channels.words.labels import words_for
from salus.channels.words.verdict import write_verdict
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import Interval
from salus.insight.validation.validation import Validation
from salus.insight.validation.verdict import word_of
from salus.model.model import Model
from salus.periods.day import date_of


@dataclass(frozen=True)
class ValidationResult(ChartResult):
    """The score on past dates against what followed, and the model that it belongs to."""

    found: Validation
    model: Model

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What makes the figures less certain than they look."""
        return self.found.warnings

    @property
    def words(self) -> Words:
        """The English words of the model."""
        return words_for(self.model, "en")

    def as_dict(self) -> dict[str, object]:
        """The document of `salus validate --json`."""
        found, words = self.found, self.words
        calibration, question = found.calibration, found.question
        return {
            "outcome": question.outcome,
            "horizon_days": question.horizon,
            "score": question.score,
            "dates": [date_of(day).isoformat() for day in found.days],
            "rows": found.rows,
            "unscored": found.unscored,
            "entities": found.entities,
            "events": found.events,
            **_figure("base_rate", found.base_rate),
            **_figure("auc", found.auc),
            "average_precision": found.average_precision,
            "brier": calibration.brier if calibration else None,
            "brier_of_base": calibration.brier_of_base if calibration else None,
            "ece": calibration.ece if calibration else None,
            "ece_floor": calibration.ece_floor if calibration else None,
            "calibration": [part.as_dict() for part in calibration.bins] if calibration else [],
            "calibration_rows": calibration.rows if calibration else 0,
            **_figure("calibration_slope", calibration.slope if calibration else None),
            **_figure("calibration_intercept", calibration.intercept if calibration else None),
            "deciles": [part.as_dict() for part in found.deciles],
            "break": found.breaks.as_dict() if found.breaks else None,
            "worst": found.lift.as_dict() if found.lift else None,
            "lead_time_days": found.lead.median if found.lead else None,
            "lead": found.lead.as_dict() if found.lead else None,
            "segments": [
                {
                    "segment": part.segment,
                    "rows": part.rows,
                    "events": part.events,
                    **_figure("auc", part.auc),
                }
                for part in found.segments
            ],
            "comparisons": [part.as_dict() for part in found.comparisons],
            "splits": found.splits.as_dict() if found.splits else None,
            "misses": [part.as_dict() for part in found.misses],
            "missed": found.missed.as_dict() if found.missed else None,
            "warnings": [self._warning(warning, words) for warning in found.warnings],
            "verdict": write_verdict(found, words),
            "finding": word_of(found.verdict),
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
        """Calibration, rates by score, lead time, misses and moves; `draw()` of each returns an
        Altair chart.
        """
        bands = [name for name, _ in self.model.bands]
        return build_pictures(self.found, bands, words_for(self.model, language))


def _figure(name: str, interval: Interval | None) -> dict[str, Any]:
    return {
        name: interval.value if interval else None,
        f"{name}_ci": interval.ends if interval else None,
    }
