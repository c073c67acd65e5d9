"""All that is told of a score against what truly happened."""

from __future__ import annotations

from collections.abc import Mapping
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
from salus.insight.statistics.walk_forward import probabilities
from salus.insight.validation.band_followup import Cohort, cohort
from salus.insight.validation.comparison import MeasureComparison, comparisons
from salus.insight.validation.deciles import Break, Level, break_of, deciles
from salus.insight.validation.lift import LeadTime, Lift, measure_lead, measure_lift
from salus.insight.validation.limits import find_limits
from salus.insight.validation.misses import Miss
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.insight.validation.verdict import Counts, compare_with_best, give_verdict, word_of
from salus.insight.validation.warnings import find_warnings
from salus.model.model import Model
from salus.scoring.scored import Floats

FEWEST = 5  # entities with the outcome for which a segment's AUC is told


@dataclass(frozen=True)
class SegmentScore:
    """The score within a segment."""

    segment: str
    rows: int
    events: int
    auc: Interval | None


@dataclass(frozen=True)
class Validation:
    """The score on past dates, each with what was known then, against what came within the horizon
    after.
    """

    question: Question
    entity: str
    days: tuple[int, ...]
    rows: int
    unscored: int  # rows left out, as they had no score
    entities: int
    events: int  # entities to which the outcome came within the horizon of a row
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
    cohort: Cohort | None = None  # of a score that says risk
    missed: MissedOutcomes | None = None  # by the worst band, of the main score
    limits: tuple[Finding, ...] = ()  # what keeps it from being a forward test


def evaluate(
    model: Model,
    panel: Panel,
    question: Question,
    money: Floats | None,
    misses: tuple[Miss, ...],
    faults: tuple[DataWarning, ...] = (),
) -> Validation:
    """Judge the rows of a panel. `money`: what is at stake in each row; `faults`: what is wrong
    with the facts.

    The verdict begins with what keeps it from being a forward test, where something does.
    """
    scored = np.flatnonzero(~np.isnan(panel.score))
    rows, stake = panel.at(scored), None if money is None else money[scored]
    told, beside = compare_with_measures(model, rows, question)
    entities = len(np.unique(rows.entity))
    counts = Counts(entities, rows.events, told.with_others if told else entities - rows.events)
    verdict = give_verdict(told, counts, question)
    risk = question.sign * rows.score
    learned = learned_comparison(model, rows, question.horizon) if question.sign < 0 else None
    warning, horizon = question.sign < 0, question.horizon
    ways = compare_splits(model, rows, horizon) if warning and horizon is not None else None
    return Validation(
        question,
        model.entity.name,
        tuple(np.unique(panel.day).tolist()),
        len(rows),
        len(panel) - len(rows),
        entities,
        rows.events,
        rate(rows.had_outcome, rows.entity) if len(rows) else None,
        told.interval if told else None,
        average_precision(risk, rows.had_outcome) if told else None,
        _calibration(rows, question),
        deciles(rows) if len(rows) else (),
        break_of(rows) if told and question.sign < 0 else None,
        measure_lift(rows, risk, question.capacity, stake) if told else None,
        measure_lead(rows, len(model.bands) - 1) if warning and horizon is not None else None,
        _segments(model, rows, question),
        (*beside, learned) if learned else beside,
        ways,
        misses,
        (*faults, *find_warnings(model, panel, question, told, beside), *find_split_gaps(ways)),
        verdict,
        compare_with_best(beside) if word_of(verdict) == "evidence" else None,
        cohort(panel, horizon) if warning and horizon is not None else None,
        count_missed(model, misses, band_limits(model, rows))
        if warning and misses and len(rows)
        else None,
        find_limits(model, panel, question),
    )


def compare_with_measures(
    model: Model, rows: Panel, question: Question
) -> tuple[Auc | None, tuple[MeasureComparison, ...]]:
    """The AUC of the score, and each measure beside it; none where all rows ended alike."""
    if not rows.had_outcome.any() or rows.had_outcome.all():
        return None, ()
    told = auc(question.sign * rows.score, rows.had_outcome, rows.entity)
    return told, comparisons(model, rows, question.sign, told)


def _calibration(rows: Panel, question: Question) -> Calibration | None:
    """None of a flag: it has no date by which a probability could hold."""
    if question.horizon is None or not len(rows):
        return None
    return calibration(probabilities(rows, question.horizon), rows.had_outcome, rows.entity)


def _segments(model: Model, rows: Panel, question: Question) -> tuple[SegmentScore, ...]:
    names: Mapping[int, str] = {
        place: segment.name for place, segment in enumerate(model.segments)
    } | {-1: "all others"}
    found = []
    for place, name in names.items() if model.segments else ():
        part = rows.at(np.flatnonzero(rows.segment == place))
        told: Auc | None = None
        if len(part) and part.events >= FEWEST and not part.had_outcome.all():
            told = auc(question.sign * part.score, part.had_outcome, part.entity)
        found.append(SegmentScore(name, len(part), part.events, told.interval if told else None))
    return tuple(found)
