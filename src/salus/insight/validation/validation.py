"""The validation of a score: all its figures against the outcomes that followed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.learning.band_limits import MissedOutcomes, band_limits, count_missed
from salus.insight.learning.challenger import (
    Splits,
    compare_splits,
    find_split_gaps,
    learned_comparison,
)
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import Auc, auc, average_precision
from salus.insight.statistics.calibration import Calibration, calibration
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import rate
from salus.insight.statistics.walk_forward import predict_forward
from salus.insight.validation.band_followup import BandFollowup, follow_bands
from salus.insight.validation.comparison import MeasureComparison, compare_measures
from salus.insight.validation.deciles import Break, Level, deciles, find_break
from salus.insight.validation.lift import LeadTime, Lift, measure_lead, measure_lift
from salus.insight.validation.limits import find_limits
from salus.insight.validation.misses import Miss
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.insight.validation.verdict import Counts, compare_with_best, give_verdict, word_of
from salus.insight.validation.warnings import find_warnings
from salus.model.model import Model
from salus.scoring.scored import Floats

FEWEST = 5  # entities with the outcome that a segment's AUC needs


@dataclass(frozen=True)
class SegmentScore:
    """The score within a segment."""

    segment: str
    rows: int
    events: int
    auc: Interval | None


@dataclass(frozen=True, kw_only=True)
class Validation:
    """A score on past dates, with what was known then, against the outcomes within the horizon."""

    question: Question
    entity: str
    days: tuple[int, ...]
    rows: int
    unscored: int  # rows left out because they have no score
    entities: int
    events: int  # entities with the outcome within the horizon of a row
    base_rate: Interval | None
    auc: Interval | None
    average_precision: float | None
    calibration: Calibration | None
    deciles: tuple[Level, ...]
    breaks: Break | None
    lift: Lift | None
    lead: LeadTime | None
    segments: tuple[SegmentScore, ...]
    comparisons: tuple[MeasureComparison, ...]
    splits: Splits | None
    misses: tuple[Miss, ...]
    warnings: tuple[DataWarning, ...]
    verdict: Finding
    best_single: Finding | None  # how the score compares with the best measure alone
    followup: BandFollowup | None = None  # of a score that warns of a risk
    missed: MissedOutcomes | None = None  # by the worst band, of the main score
    limits: tuple[Finding, ...] = ()  # why it isn't a forward test


def evaluate(
    model: Model,
    panel: Panel,
    question: Question,
    money: Floats | None,
    misses: tuple[Miss, ...],
    warnings: tuple[DataWarning, ...] = (),
) -> Validation:
    """Evaluate the rows of a panel. `money` is the value of each row; `warnings` are about the
    facts.
    """
    scored = np.flatnonzero(~np.isnan(panel.score))
    rows, stake = panel.at(scored), None if money is None else money[scored]
    auc_, comparisons = compare_with_measures(model, rows, question)
    entities, horizon, risk = len(np.unique(rows.entity)), question.horizon, question.sign < 0
    others = auc_.with_others if auc_ else entities - rows.events
    verdict = give_verdict(auc_, Counts(entities, rows.events, others), question)
    learned = learned_comparison(model, rows, horizon) if risk else None
    dated = risk and horizon is not None
    splits = compare_splits(model, rows, horizon) if risk and horizon is not None else None
    danger = question.sign * rows.score
    return Validation(
        question=question,
        entity=model.entity.name,
        days=tuple(np.unique(panel.day).tolist()),
        rows=len(rows),
        unscored=len(panel) - len(rows),
        entities=entities,
        events=rows.events,
        base_rate=rate(rows.had_outcome, rows.entity) if len(rows) else None,
        auc=auc_.interval if auc_ else None,
        average_precision=average_precision(danger, rows.had_outcome) if auc_ else None,
        calibration=_calibration(rows, question),
        deciles=deciles(rows) if len(rows) else (),
        breaks=find_break(rows) if auc_ and risk else None,
        lift=measure_lift(rows, danger, question.capacity, stake) if auc_ else None,
        lead=measure_lead(rows, len(model.bands) - 1) if dated else None,
        segments=_segments(model, rows, question),
        comparisons=(*comparisons, learned) if learned else comparisons,
        splits=splits,
        misses=misses,
        warnings=(
            *warnings,
            *find_warnings(model, panel, question, auc_, comparisons),
            *find_split_gaps(splits),
        ),
        verdict=verdict,
        best_single=compare_with_best(comparisons) if word_of(verdict) == "evidence" else None,
        followup=follow_bands(panel, horizon) if risk and horizon is not None else None,
        missed=_missed(model, rows, misses) if risk else None,
        limits=find_limits(model, panel, question),
    )


def _missed(model: Model, rows: Panel, misses: tuple[Miss, ...]) -> MissedOutcomes | None:
    """What the worst band missed; None without rows or without entities with the outcome."""
    return count_missed(model, misses, band_limits(model, rows)) if misses and len(rows) else None


def compare_with_measures(
    model: Model, rows: Panel, question: Question
) -> tuple[Auc | None, tuple[MeasureComparison, ...]]:
    """The AUC of the score, and each measure compared with it; nothing where all rows have the same
    outcome.
    """
    if not rows.had_outcome.any() or rows.had_outcome.all():
        return None, ()
    score = auc(question.sign * rows.score, rows.had_outcome, rows.entity)
    return score, compare_measures(model, rows, question.sign, score)


def _calibration(rows: Panel, question: Question) -> Calibration | None:
    """None for a flag: without a date there is no probability."""
    if question.horizon is None or not len(rows):
        return None
    return calibration(predict_forward(rows, question.horizon), rows.had_outcome, rows.entity)


def _segments(model: Model, rows: Panel, question: Question) -> tuple[SegmentScore, ...]:
    """The score within each segment and among all other rows; empty without segments."""
    if not model.segments:
        return ()
    names = dict(enumerate(segment.name for segment in model.segments)) | {-1: "all others"}
    scores = []
    for position, name in names.items():
        part = rows.at(np.flatnonzero(rows.segment == position))
        enough = len(part) and part.events >= FEWEST and not part.had_outcome.all()
        score = auc(question.sign * part.score, part.had_outcome, part.entity) if enough else None
        scores.append(SegmentScore(name, len(part), part.events, score.interval if score else None))
    return tuple(scores)
