"""A validation in one honest sentence."""

from __future__ import annotations

from dataclasses import dataclass

from salus.insight.statistics.auc import Auc
from salus.insight.validation.comparison import MeasureComparison, best_single
from salus.insight.validation.question import Question
from salus.model.plural import many

FEWEST = 10  # entities with the outcome, and without, under which nothing is said


@dataclass(frozen=True)
class Counts:
    """Entities: all, those with the outcome, and those with a row that it didn't follow. Who has
    both counts once.
    """

    entities: int
    events: int
    others: int


def verdict(
    told: Auc | None,
    counts: Counts,
    beside: tuple[MeasureComparison, ...],
    question: Question,
    entity: str,
) -> tuple[str, str]:
    """A fixed word (`too few`, `no evidence`, `backwards`, `evidence`) and the sentence."""
    outcome = question.outcome
    within = "" if question.horizon is None else f" within {question.horizon} days"
    if told is None or min(counts.events, counts.others) < FEWEST:
        time = "" if question.horizon is None else " in the time looked at"
        return (
            "too few",
            (
                f"No verdict: {counts.events} of {counts.entities} {many(entity)} had"
                f" `{outcome}`{time}, and at least {FEWEST} with it and {FEWEST} without are"
                " needed."
            ),
        )
    found = told.interval
    sign, other = ("lower", "higher") if question.sign < 0 else ("higher", "lower")
    pairs = f"{found.value:.2f}, 95 % interval {found.low:.2f} to {found.high:.2f}"
    says = "goes with" if question.horizon is None else "predicts"
    if found.high < 0.5:
        return (
            "backwards",
            (
                f"As a sign of `{outcome}`{within} the score points the wrong way: it is {other}"
                f" where that comes (AUC {pairs})."
            ),
        )
    if found.low <= 0.5:
        return (
            "no evidence",
            (
                f"No evidence that the score {says} `{outcome}`{within}: AUC {pairs}, and 0.5 is"
                " what a coin does."
            ),
        )
    return (
        "evidence",
        (
            f"The score {says} `{outcome}`{within}: of two {many(entity)} of which one had it, that"
            f" one had the {sign} score in {found.value:.0%} of cases (AUC"
            f" {pairs}){_beside(beside)}."
        ),
    )


def _beside(several: tuple[MeasureComparison, ...]) -> str:
    """How the score does against the best single measure; a difference that may be chance is called
    so.
    """
    best = best_single(several)
    if best is None:
        return ""
    gain = best.difference
    size = f"({gain.value:+.2f}, {gain.low:+.2f} to {gain.high:+.2f})"
    if gain.low > 0:
        return f", and does better than the best single measure, {best.name} {size}"
    if gain.high < 0:
        return f", but the single measure {best.name} does better {size}"
    return f"; whether it does better than {best.name} alone can't be told {size}"
