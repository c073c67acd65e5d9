"""The score beside what surveys say, as predictors: which measures stand for a survey, and how they
compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.question import Question
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.metrics import Quantity
from salus.model.model import Model


@dataclass(frozen=True)
class Predictors:
    """The score's AUC, and of each survey the measures that read nothing but its answers; or why
    there are none.
    """

    question: Question | None
    events: int
    score: Interval | None
    beside: tuple[tuple[str, MeasureComparison], ...]  # the metric, and the measure on its source
    without: tuple[str, ...]  # metrics of which no scored measure speaks
    reason: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        asked = self.question
        return {
            "outcome": asked.outcome if asked else None,
            "horizon_days": asked.horizon if asked else None,
            "events": self.events,
            "auc": self.score.value if self.score else None,
            "auc_ci": self.score.ends if self.score else None,
            "reason": self.reason,
            "comparisons": [{"metric": metric, **one.as_dict()} for metric, one in self.beside],
            "without": list(self.without),
        }


def survey_measures(model: Model, quantity: Quantity) -> frozenset[str]:
    """Scored measures of these answers alone: they read the same columns of the same source, and no
    other source.
    """
    columns = find_names(quantity.value)
    return frozenset(
        measure.name
        for measure in model.measures
        if {one.source for one in _read(model, measure)} == {quantity.source}
        and columns & _columns(model, _read(model, measure))
    )


def _read(model: Model, measure: Measure) -> list[Measure]:
    """The measures that read a source on behalf of this one: itself, or those of its formula and
    divisor.
    """
    every = {one.name: one for one in model.everything}
    found: list[Measure] = []
    waiting = [measure.name]
    while waiting:
        one = every[waiting.pop()]
        found += [one] if one.source is not None else []
        reads = set(find_names(one.formula)) | ({one.per} if isinstance(one.per, str) else set())
        waiting += sorted(reads & set(every))
    return found


def _columns(model: Model, measures: list[Measure]) -> frozenset[str]:
    """The columns of the table that measures read, also those that computed columns are made of."""
    found: set[str] = set()
    for one in measures:
        found |= find_names(one.of) | ({one.column} if one.column else set())
        for name, expression in reversed(list(model.sources[str(one.source)].columns.items())):
            found |= find_names(expression) if name in found else frozenset()
    return frozenset(found)
