"""The verdict of a validation in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from salus.finding import Finding
from salus.insight.statistics.auc import Auc
from salus.insight.statistics.interval import Interval
from salus.insight.validation.comparison import MeasureComparison, best_single
from salus.insight.validation.question import Question

COIN = 0.5  # the AUC of chance
FEWEST = 10  # entities with the outcome, and without it, that a verdict needs


@dataclass(frozen=True)
class Counts:
    """Numbers of entities."""

    entities: int
    events: int  # with the outcome
    others: int  # with a row that the outcome didn't follow


def give_verdict(auc: Auc | None, counts: Counts, question: Question) -> Finding:
    """Whether the score predicts the outcome; `word_of` gives the fixed word for it."""
    name, within = question.outcome, question.horizon
    if auc is None or min(counts.events, counts.others) < FEWEST:
        return Finding(
            "verdict.too_few",
            outcome=name,
            events=counts.events,
            all=counts.entities,
            least=FEWEST,
        )
    value, low, high = auc.interval.value, auc.interval.low, auc.interval.high
    if low <= COIN <= high:
        return Finding(
            "verdict.no_evidence",
            outcome=name,
            horizon=within,
            auc=value,
            low=low,
            high=high,
            coin=COIN,
        )
    return _proven(auc.interval, question)


def _proven(auc: Interval, question: Question) -> Finding:
    """The verdict on a score that certainly goes one way or the other."""
    outcome, within, risk = question.outcome, question.horizon, question.sign < 0
    low, high = auc.low, auc.high
    if high < COIN:
        return Finding(
            "verdict.backwards_risk" if risk else "verdict.backwards_chance",
            outcome=outcome,
            horizon=within,
            auc=auc.value,
            low=low,
            high=high,
        )
    if within is None:
        return Finding(
            "verdict.flag_evidence_risk" if risk else "verdict.flag_evidence_chance",
            outcome=outcome,
            share=auc.value,
            auc=auc.value,
            low=low,
            high=high,
        )
    return Finding(
        "verdict.evidence_risk" if risk else "verdict.evidence_chance",
        outcome=outcome,
        horizon=within,
        share=auc.value,
        auc=auc.value,
        low=low,
        high=high,
    )


def compare_with_best(comparisons: tuple[MeasureComparison, ...]) -> Finding | None:
    """Whether the score does better than the best single measure; None without one."""
    best = best_single(comparisons)
    if best is None:
        return None
    gain, low, high = best.difference.value, best.difference.low, best.difference.high
    if low > 0:
        return Finding("comparison.better", measure=best.name, gain=gain, low=low, high=high)
    if high < 0:
        return Finding("comparison.worse", measure=best.name, gain=gain, low=low, high=high)
    return Finding("comparison.open", measure=best.name, gain=gain, low=low, high=high)


def word_of(verdict: Finding) -> str:
    """`too few`, `no evidence`, `backwards` or `evidence`."""
    name = verdict.code.removeprefix("verdict.").removesuffix("_risk").removesuffix("_chance")
    return name.removeprefix("flag_").replace("_", " ")
