"""What makes a validation less certain: leaks, and measures without information. Most kinds of
warning have a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.insight.quality.constant_measures import find_constant_measures
from salus.insight.quality.data_warning import DataWarning
from salus.insight.quality.missingness import find_informative_gaps
from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.comparison import MeasureComparison, fill_neutral
from salus.insight.validation.late_signal import find_late_signals
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.model.model import Model
from salus.periods.day import NEVER, date_of

TOO_GOOD = 0.90
FEWEST = 10  # entities with the outcome


def find_warnings(
    model: Model,
    panel: Panel,
    question: Question,
    score: Auc | None,
    comparisons: tuple[MeasureComparison, ...],
) -> tuple[DataWarning, ...]:
    """All warnings. Those about the outcome need enough entities with it to be more than chance."""
    warnings = [*_constant(model, panel)]
    if score is not None and score.clusters >= FEWEST:
        alone = tuple(alone for alone in comparisons if alone.kind == "measure")
        warnings += [
            *_too_good(alone),
            *_early(model, panel, question.sign),
            *find_constant_measures(model, panel, question.sign),
            *find_late_signals(model, panel, question.sign, question.notice),
            *find_informative_gaps(model, panel),
            *_backwards(model, panel, question.sign),
        ]
    return tuple(warnings)


def _constant(model: Model, panel: Panel) -> Iterator[DataWarning]:
    for measure in model.measures:
        points = panel.points[measure.name]
        known = points[~np.isnan(points)]
        if not len(known):
            yield DataWarning("warning.dead", measure=measure.name)
        elif known.min() == known.max():
            first, last = (date_of(int(day)) for day in (panel.day.min(), panel.day.max()))
            yield DataWarning(
                "warning.constant",
                measure=measure.name,
                points=float(known[0]),
                first=first,
                last=last,
            )


def _too_good(alone: tuple[MeasureComparison, ...]) -> Iterator[DataWarning]:
    for measure in alone:
        if measure.auc.value > TOO_GOOD:
            yield DataWarning("warning.too_good", measure=measure.name, share=measure.auc.value)


def _early(model: Model, panel: Panel, sign: float) -> Iterator[DataWarning]:
    """A measure that predicts who leaves after the horizon was written once that was known."""
    later = panel.at(np.flatnonzero(~panel.had_outcome))
    will = later.when < NEVER
    if min(len(np.unique(later.entity[will])), len(np.unique(later.entity[~will]))) < FEWEST:
        return
    for measure in model.measures:
        alone = auc(sign * fill_neutral(later.points[measure.name]), will, later.entity)
        if alone.value > TOO_GOOD:
            yield DataWarning("warning.knows_early", measure=measure.name, share=alone.value)


def _backwards(model: Model, panel: Panel, sign: float) -> Iterator[DataWarning]:
    """Among rows with a value, because a missing value of a new entity says nothing about the
    scale.
    """
    for measure in model.measures:
        points = panel.points[measure.name]
        known = panel.at(np.flatnonzero(~np.isnan(points)))
        if min(known.events, len(np.unique(known.entity[~known.had_outcome]))) < FEWEST:
            continue
        alone = auc(sign * known.points[measure.name], known.had_outcome, known.entity)
        if alone.at(each_of(len(model.measures))).high < 0.5:
            yield DataWarning("warning.backwards", measure=measure.name, auc=alone.value)
