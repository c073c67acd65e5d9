"""Measures that say hardly more than how large an entity is.

What counts as size: the money at stake, and whatever the model itself divides by (`per: seats`). A
count of logins that isn't divided by seats ranks entities as the seats do; then "healthy" means
"large", and a large one in trouble stands above a small one that thrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import special

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import each_of
from salus.insight.validation.panel import Panel, per_entity
from salus.model.model import Model
from salus.scoring.scored import Floats

ALIKE = 0.70  # of rank correlation, beyond which it certainly lies
FEWEST = 30  # entities with both
RANKS = 1.06  # variance of Fisher's z of rank correlations, times n - 3 (Fieller et al. 1957)


def sizes(model: Model) -> tuple[str, ...]:
    """The attributes that say how large an entity is."""
    attributes = {*model.entity.columns}
    found = [model.entity.value, *(one.per for one in model.everything if isinstance(one.per, str))]
    return tuple(dict.fromkeys(name for name in found if name in attributes))


def find_size_proxies(
    model: Model, panel: Panel, size: Mapping[str, Floats]
) -> Iterator[DataWarning]:
    """`size`: values by position of the entity. Of each measure the size that it is most like."""
    level = each_of(len(model.measures) * len(size))
    for measure in model.measures:
        points = panel.points[measure.name]
        rows = np.flatnonzero(~np.isnan(points))
        if not len(rows):
            continue
        entities = np.unique(panel.entity[rows])
        mean = per_entity(panel.entity[rows], points[rows]) / per_entity(
            panel.entity[rows], np.ones(len(rows))
        )
        found = [(name, *likeness(mean, values[entities], level)) for name, values in size.items()]
        name, like, sure = max(found, key=lambda one: abs(one[1]), default=("", 0.0, 0.0))
        if sure > ALIKE:
            yield DataWarning(
                "warning.size", measure=measure.name, attribute=name, correlation=like
            )


def likeness(values: Floats, size: Floats, level: float) -> tuple[float, float]:
    """Spearman's rank correlation, and what its size certainly exceeds; 0 and 0 where there is too
    little.
    """
    both = ~np.isnan(values) & ~np.isnan(size)
    number = int(both.sum())
    if number < FEWEST or np.ptp(values[both]) == 0 or np.ptp(size[both]) == 0:
        return 0.0, 0.0
    found = float(np.clip(np.corrcoef(ranks(values[both]), ranks(size[both]))[0, 1], -1, 1))
    wide = float(special.ndtri((1 + level) / 2)) * np.sqrt(RANKS / (number - 3))
    return found, float(np.tanh(np.arctanh(min(abs(found), 1 - 1e-12)) - wide))


def ranks(values: Floats) -> Floats:
    """Places in order, equal values sharing the mean of theirs.

    >>> ranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(number) - (number - 1) / 2)[place], dtype=np.float64)
