"""What makes a validation less than it seems: leaks, and measures that tell nothing. Most kinds
have a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.insight.quality.constant_measures import fixed
from salus.insight.quality.data_warning import Caution
from salus.insight.quality.missingness import absent
from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.comparison import Beside, filled
from salus.insight.validation.late_signal import late
from salus.insight.validation.panel import Panel
from salus.insight.validation.question import Question
from salus.model.model import Model
from salus.periods.day import NEVER

TOO_GOOD = 0.90
FEWEST = 10  # entities with the outcome


def warnings(
    model: Model, panel: Panel, asked: Question, score: Auc | None, beside: tuple[Beside, ...]
) -> tuple[Caution, ...]:
    """All findings. Those that compare with the outcome need enough of them to be more than
    chance.
    """
    found = [*_constant(model, panel)]
    if score is not None and score.clusters >= FEWEST:
        alone = tuple(one for one in beside if one.kind == "measure")
        found += [
            *_too_good(alone),
            *_early(model, panel, asked.sign),
            *fixed(model, panel, asked.sign),
            *late(model, panel, asked.sign, asked.notice),
            *absent(model, panel),
            *_backwards(model, panel, asked.sign),
        ]
    return tuple(found)


def _constant(model: Model, panel: Panel) -> Iterator[Caution]:
    for measure in model.measures:
        points = panel.points[measure.name]
        known = points[~np.isnan(points)]
        if not len(known):
            yield Caution(
                "dead",
                measure.name,
                f"measure {measure.name} has no value on any row",
                "check its source",
            )
        elif known.min() == known.max():
            yield Caution(
                "constant",
                measure.name,
                f"measure {measure.name} gives {known[0]:g} points to every row",
                "change its scale, or leave it out",
            )


def _too_good(alone: tuple[Beside, ...]) -> Iterator[Caution]:
    for one in alone:
        if one.auc.value > TOO_GOOD:
            yield Caution(
                "too good",
                one.name,
                f"measure {one.name} alone tells who leaves in {one.auc.value:.0%} of pairs: "
                "it may know the outcome",
                "check that its facts are known before the decision, with `recorded:`",
            )


def _early(model: Model, panel: Panel, sign: float) -> Iterator[Caution]:
    """What tells who will leave one day, and not only soon, was written when that was known."""
    later = panel.at(np.flatnonzero(~panel.came))
    will = later.when < NEVER
    if min(len(np.unique(later.entity[will])), len(np.unique(later.entity[~will]))) < FEWEST:
        return
    for measure in model.measures:
        told = auc(sign * filled(later.points[measure.name]), will, later.entity)
        if told.value > TOO_GOOD:
            yield Caution(
                "knows early",
                measure.name,
                f"measure {measure.name} tells in {told.value:.0%} of pairs who will "
                "leave after the horizon: it may have been written when that was known",
                "check when its facts are recorded, and declare that with `recorded:`",
            )


def _backwards(model: Model, panel: Panel, sign: float) -> Iterator[Caution]:
    """Among rows that have a value: that the young have none yet says nothing of a scale."""
    for measure in model.measures:
        points = panel.points[measure.name]
        known = panel.at(np.flatnonzero(~np.isnan(points)))
        if min(known.events, len(np.unique(known.entity[~known.came]))) < FEWEST:
            continue
        told = auc(sign * known.points[measure.name], known.came, known.entity)
        if told.at(each_of(len(model.measures))).high < 0.5:
            yield Caution(
                "backwards",
                measure.name,
                f"measure {measure.name} is better where the outcome comes (AUC {told.value:.2f})",
                "turn its scale round, or leave it out",
            )
