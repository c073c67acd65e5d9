"""The score beside what surveys say, as predictors: which measures stand for a survey, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salus.insight.comparison import Beside
from salus.insight.interval import Interval
from salus.insight.question import Question
from salus.model.expression import names
from salus.model.model import Model


@dataclass(frozen=True)
class Predictors:
    """The score's AUC, and of each survey the measures that read nothing but its answers; or why there are none."""

    question: Question | None
    events: int
    score: Interval | None
    beside: tuple[tuple[str, Beside], ...]   # the metric, and the measure on its source
    without: tuple[str, ...]                 # metrics of which no scored measure speaks
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        asked = self.question
        return {"outcome": asked.outcome if asked else None, "horizon_days": asked.horizon if asked else None,
                "events": self.events, "auc": self.score.value if self.score else None,
                "auc_ci": self.score.ends if self.score else None, "reason": self.reason,
                "comparisons": [{"metric": metric, **one.as_dict()} for metric, one in self.beside],
                "without": list(self.without)}


def standing_for(model: Model, source: str) -> frozenset[str]:
    """Scored measures that read this source and no other, also by way of other measures."""
    return frozenset(measure.name for measure in model.measures if sources_of(model, measure.name) == {source})


def sources_of(model: Model, name: str) -> frozenset[str]:
    """Every source a measure reads, itself or through a formula or divisor."""
    every = {measure.name: measure for measure in model.everything}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        measure = every[waiting.pop()]
        found |= {measure.source} if measure.source is not None else set()
        reads = set(names(measure.formula)) | ({measure.per} if isinstance(measure.per, str) else set())
        waiting += sorted(reads & set(every))
    return frozenset(found)
