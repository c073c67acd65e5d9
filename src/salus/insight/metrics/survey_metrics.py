"""NPS, CSAT and CES of the whole book, from answers one by one."""

from __future__ import annotations

import numpy as np

from salus.insight.metrics.metric import Metric
from salus.insight.metrics.surveys import Entities, estimate_mean, estimate_nps, estimate_satisfied
from salus.scoring.scored import Floats

LIKELY_FIVE = 20  # answers none of which is above 5: then they were asked on another scale


def measure_nps(answers: Floats, entity: Entities, counted: str) -> Metric:
    """The NPS. `counted` says which answers these are."""
    strange = int(np.count_nonzero((answers < 0) | (answers > 10)))
    if not len(answers):
        return Metric.refused("points", "there is no answer in the period")
    if strange:
        return Metric.refused(
            "points",
            f"{strange} of {len(answers)} answers are not from 0 to 10: that is another question, "
            "or codes that a `where` should leave out",
            len(answers),
        )
    if len(answers) >= LIKELY_FIVE and answers.max() <= 5:
        return Metric.refused(
            "points",
            f"none of {len(answers)} answers is above 5: they were given on another scale "
            "than 0 to 10",
            len(answers),
        )
    shares = {"promoters": float(np.mean(answers >= 9)), "detractors": float(np.mean(answers <= 6))}
    return Metric(
        "points",
        estimate_nps(answers, entity),
        len(answers),
        f"share of 9 and 10 less share of 0 to 6; {counted}",
        more={**shares, "entities": len(np.unique(entity))},
    )


def measure_csat(met: Floats, entity: Entities, counted: str) -> Metric:
    """The share of answers that meet the model's condition."""
    if not len(met):
        return Metric.refused("share", "there is no answer in the period")
    return Metric(
        "share",
        estimate_satisfied(met, entity),
        len(met),
        f"share of answers that meet `of`; {counted}",
        more={"entities": len(np.unique(entity))},
    )


def measure_ces(answers: Floats, entity: Entities, bad: float, good: float, counted: str) -> Metric:
    """The mean of answers on a scale from `bad` to `good`, whichever is larger."""
    low, high = min(bad, good), max(bad, good)
    strange = int(np.count_nonzero((answers < low) | (answers > high)))
    if not len(answers) or strange:
        reason = (
            f"{strange} of {len(answers)} answers lie outside {low:g} to {high:g}"
            if strange
            else "there is no answer in the period"
        )
        return Metric.refused("answer", reason, len(answers))
    says = f"mean from {bad:g} (worst) to {good:g} (best); {counted}"
    return Metric(
        "answer",
        estimate_mean(answers, entity, low, high),
        len(answers),
        says,
        more={"entities": len(np.unique(entity)), "bad": bad, "good": good},
    )
