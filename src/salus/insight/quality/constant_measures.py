"""A measure that never changes while its entity is there, and yet tells the outcome.

What was the same on every past date was not observed on them: it is a column as it is today, or a
table with one row each, written when the end was known. (A plan, or a country, may be honest and
never change; then it says who somebody is, not how they are.)
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

DATES = 6  # with a value, from which on it could have changed
ENTITIES = 20  # with so many dates, from which on "never" means something


def find_constant_measures(model: Model, panel: Panel, sign: float) -> Iterator[DataWarning]:
    """The measures that stand still for everybody and foretell all the same."""
    still = [
        one.name for one in model.measures if never_changes(panel.points[one.name], panel.entity)
    ]
    for name in still:
        told = auc(sign * fill_neutral(panel.points[name]), panel.had_outcome, panel.entity)
        sure = told.at(each_of(len(still)))
        if sure.low > 0.5 or sure.high < 0.5:
            yield DataWarning("warning.never_changes", measure=name, auc=told.value)


def never_changes(points: Floats, entity: NDArray[np.int64]) -> bool:
    """Whether each entity with enough dates has one value on all, and not all the same one.

    >>> entity = np.repeat(np.arange(20), 6)
    >>> never_changes(entity % 3 * 50.0, entity), never_changes(np.arange(120.0), entity), never_changes(0.0 * entity, entity)
    (True, False, False)
    """
    known = ~np.isnan(points)
    points, (_, place, number) = (
        points[known],
        np.unique(entity[known], return_inverse=True, return_counts=True),
    )
    if not len(points) or points.min() == points.max():
        return False
    low, high = np.full(len(number), np.inf), np.full(len(number), -np.inf)
    np.minimum.at(low, place, points)
    np.maximum.at(high, place, points)
    return int(np.sum(number >= DATES)) >= ENTITIES and bool(np.all(low == high))
