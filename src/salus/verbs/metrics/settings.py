"""What `salus metrics` is asked to measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from salus.datasets.portfolio import RECOGNITIONS, Recognition
from salus.errors import OptionError
from salus.insight.metrics.retention import VARIANTS, Variant
from salus.insight.metrics.retention_cohorts import MONTHS, CohortStep
from salus.model.suggest import did_you_mean


@dataclass(frozen=True)
class MetricSettings:
    """How to measure. Patterns and predictors are those of the outcome; None: the first outcome
    that is a loss.
    """

    variant: Variant = "start"
    recognise: Recognition = "end_of_service"
    outcome: str | None = None
    horizon: int = 90  # days before the outcome
    step: CohortStep = "month"
    quick: bool = False  # without patterns and predictors, which need scores of past dates


def check_settings(
    variant: str, recognise: str, outcome: str | None, horizon: int, step: str, quick: bool
) -> MetricSettings:
    """The settings; OptionError for a word that isn't known."""
    for word, known, what in (
        (variant, VARIANTS, "variant of churn"),
        (recognise, RECOGNITIONS, "way to recognise a loss"),
        (step, tuple(MONTHS), "step of cohorts"),
    ):
        if word not in known:
            raise OptionError(
                f"`{word}` is not a {what}",
                did_you_mean(word, known) or f"choose one of {', '.join(known)}",
            )
    return MetricSettings(
        cast(Variant, variant),
        cast(Recognition, recognise),
        outcome,
        horizon,
        cast(CohortStep, step),
        quick,
    )
