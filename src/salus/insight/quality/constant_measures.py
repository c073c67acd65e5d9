"""Measures that never change for an entity but still predict the outcome.

A value that is the same on all past dates wasn't observed on them. It comes from a column as it is
today, or from a table with one row per entity that was written after the end. A plan or a country may
rightly never change; then it says who a customer is, not how the customer is doing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.comparison import fill_neutral
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.scoring.scored import Floats

DATES = 6  # with a value, on which it could have changed
ENTITIES = 20  # with so many dates, so that "never" means something


def find_constant_measures(model: Model, panel: Panel, sign: float) -> Iterator[DataWarning]:
    """The measures that never change for any entity and still predict the outcome."""
    names = [measure.name for measure in model.measures]
    constant = [name for name in names if never_changes(panel.points[name], panel.entity)]
    for name in constant:
        alone = auc(sign * fill_neutral(panel.points[name]), panel.had_outcome, panel.entity)
        certain = alone.at(each_of(len(constant)))
        if certain.low > 0.5 or certain.high < 0.5:
            yield DataWarning("warning.never_changes", measure=name, auc=alone.value)


def never_changes(points: Floats, entity: NDArray[np.int64]) -> bool:
    """Whether each entity with enough dates has the same value on all of them, but not all entities
    the same value.

    >>> entity = np.repeat(np.arange(20), 6)
    >>> never_changes(entity % 3 * 50.0, entity), never_changes(np.arange(120.0), entity), never_changes(0.0 * entity, entity)
    (True, False, False)
    """
    known = ~np.isnan(points)
    points = points[known]
    _, place, number = np.unique(entity[known], return_inverse=True, return_counts=True)
    if not len(points) or points.min() == points.max():
        return False
    low, high = np.full(len(number), np.inf), np.full(len(number), -np.inf)
    np.minimum.at(low, place, points)
    np.maximum.at(high, place, points)
    return int(np.sum(number >= DATES)) >= ENTITIES and bool(np.all(low == high))
