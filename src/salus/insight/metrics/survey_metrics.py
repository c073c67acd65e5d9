"""NPS, CSAT and CES of the portfolio, from single answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.surveys import Entities, estimate_mean, estimate_nps, estimate_satisfied
from salus.scoring.scored import Floats

LIKELY_FIVE = 20  # answers without any above 5: they were given on another scale
NO_ANSWERS = Finding("metric.no_answers")


@dataclass(frozen=True)
class Answers:
    """Answers to a survey, and which answers of the period they are."""

    value: Floats
    entity: Entities
    selection: Finding

    def __len__(self) -> int:
        return len(self.value)

    @property
    def entities(self) -> int:
        """How many entities answered."""
        return len(np.unique(self.entity))

    def count_outside(self, low: float, high: float) -> int:
        """How many answers lie outside a scale."""
        return int(np.count_nonzero((self.value < low) | (self.value > high)))


def measure_nps(answers: Answers) -> Metric:
    """The net promoter score, -100 to 100; refused where the answers are on another scale."""
    number, outside = len(answers), answers.count_outside(0, 10)
    if not number:
        return Metric.refused("points", NO_ANSWERS)
    if outside:
        codes = Finding("metric.nps_other_codes", outside=outside, all=number)
        return Metric.refused("points", codes, number)
    if number >= LIKELY_FIVE and answers.value.max() <= 5:
        return Metric.refused("points", Finding("metric.nps_other_scale", all=number), number)
    return Metric(
        unit="points",
        estimate=estimate_nps(answers.value, answers.entity),
        n=number,
        definition=(Finding("definition.nps"), answers.selection),
        details={
            "promoters": float(np.mean(answers.value >= 9)),
            "detractors": float(np.mean(answers.value <= 6)),
            "entities": answers.entities,
        },
    )


def measure_csat(answers: Answers, condition: str) -> Metric:
    """The share of answers that meet the model's condition; each value is 1 or 0."""
    if not len(answers):
        return Metric.refused("share", NO_ANSWERS)
    return Metric(
        unit="share",
        estimate=estimate_satisfied(answers.value, answers.entity),
        n=len(answers),
        definition=(Finding("definition.csat", condition=condition), answers.selection),
        details={"entities": answers.entities},
    )


def measure_ces(answers: Answers, bad: float, good: float) -> Metric:
    """The mean of answers on a scale from `bad` to `good`; either may be the larger number."""
    low, high = min(bad, good), max(bad, good)
    number, outside = len(answers), answers.count_outside(low, high)
    if not number:
        return Metric.refused("answer", NO_ANSWERS)
    if outside:
        scale = Finding("metric.ces_outside", outside=outside, all=number, low=low, high=high)
        return Metric.refused("answer", scale, number)
    return Metric(
        unit="answer",
        estimate=estimate_mean(answers.value, answers.entity, low, high),
        n=number,
        definition=(Finding("definition.ces", bad=bad, good=good), answers.selection),
        details={"entities": answers.entities, "bad": bad, "good": good},
    )
