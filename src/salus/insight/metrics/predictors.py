"""The score and survey answers compared as predictors of an outcome."""

from __future__ import annotations

from dataclasses import dataclass

from salus.finding import Finding
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.question import Question
from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.metrics import Quantity
from salus.model.model import Model


@dataclass(frozen=True)
class Predictors:
    """The AUC of the score, and of the measures that read only the answers of a survey; or the
    reason why there is none.
    """

    question: Question | None = None
    events: int = 0  # entities with the outcome
    score: Interval | None = None
    comparisons: tuple[tuple[str, MeasureComparison], ...] = ()  # a metric, and a measure of it
    without: tuple[str, ...] = ()  # metrics that no scored measure reads alone
    reason: Finding | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form without the reason, which needs words."""
        question = self.question
        return {
            "outcome": question.outcome if question else None,
            "horizon_days": question.horizon if question else None,
            "events": self.events,
            "auc": self.score.value if self.score else None,
            "auc_ci": self.score.ends if self.score else None,
            "comparisons": [
                {"metric": metric, **comparison.as_dict()}
                for metric, comparison in self.comparisons
            ],
            "without": list(self.without),
        }


def survey_measures(model: Model, quantity: Quantity) -> frozenset[str]:
    """The scored measures of these answers alone: they read a column of the same source, and no
    other source.
    """
    columns = find_names(quantity.value)
    return frozenset(
        measure.name
        for measure in model.measures
        if {reader.source for reader in _readers(model, measure)} == {quantity.source}
        and columns & _columns(model, _readers(model, measure))
    )


def _readers(model: Model, measure: Measure) -> list[Measure]:
    """The measures that read a source for this measure: itself, or those of its formula and
    divisor.
    """
    every = {measure.name: measure for measure in model.everything}
    readers: list[Measure] = []
    waiting = [measure.name]
    while waiting:
        reader = every[waiting.pop()]
        readers += [reader] if reader.source is not None else []
        reads = set(find_names(reader.formula))
        reads |= {reader.per} if isinstance(reader.per, str) else set()
        waiting += sorted(reads & set(every))
    return readers


def _columns(model: Model, measures: list[Measure]) -> frozenset[str]:
    """The columns that measures read, and the columns that computed ones are made of."""
    columns: set[str] = set()
    for measure in measures:
        columns |= find_names(measure.of) | ({measure.column} if measure.column else set())
        source = model.sources[str(measure.source)]
        for name, expression in reversed(list(source.columns.items())):
            columns |= find_names(expression) if name in columns else frozenset()
    return frozenset(columns)
