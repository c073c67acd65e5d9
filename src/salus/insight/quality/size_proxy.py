"""Measures that mostly say how large an entity is.

Size is the value of an entity, and whatever the model divides by (`per: seats`). A count of logins
that isn't divided by seats ranks entities as the seats do. Then "healthy" means "large", and a large
entity in trouble ranks above a small one that does well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import special

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.interval import each_of
from salus.insight.validation.panel import Panel, per_entity
from salus.model.contracts import VALUE
from salus.model.model import Model
from salus.scoring.scored import Floats

ALIKE = 0.70  # rank correlation that is certainly exceeded
FEWEST = 30  # entities with both
RANKS = 1.06  # variance of Fisher's z for rank correlations, times n - 3 (Fieller et al. 1957)


def size_attributes(model: Model) -> tuple[str, ...]:
    """The attributes that say how large an entity is."""
    attributes = {*model.entity.columns, *([VALUE] if model.entity.valued_by_contracts else [])}
    divisors = [measure.per for measure in model.everything if isinstance(measure.per, str)]
    names = dict.fromkeys([model.entity.value, *divisors])
    return tuple(name for name in names if name is not None and name in attributes)


def find_size_proxies(
    model: Model, panel: Panel, size: Mapping[str, Floats]
) -> Iterator[DataWarning]:
    """The measures that rank entities as a size does. `size` holds values by position of the entity;
    only the most similar size of a measure counts.
    """
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
        similar = [
            (name, *correlate_ranks(mean, values[entities], level)) for name, values in size.items()
        ]
        name, correlation, certain = max(
            similar, key=lambda match: abs(match[1]), default=("", 0.0, 0.0)
        )
        if certain > ALIKE:
            yield DataWarning(
                "warning.size", measure=measure.name, attribute=name, correlation=correlation
            )


def correlate_ranks(values: Floats, size: Floats, level: float) -> tuple[float, float]:
    """Spearman's rank correlation, and the size that it certainly exceeds. Both are 0 where there
    are too few entities.
    """
    both = ~np.isnan(values) & ~np.isnan(size)
    number = int(both.sum())
    if number < FEWEST or np.ptp(values[both]) == 0 or np.ptp(size[both]) == 0:
        return 0.0, 0.0
    correlation = float(np.clip(np.corrcoef(ranks(values[both]), ranks(size[both]))[0, 1], -1, 1))
    wide = float(special.ndtri((1 + level) / 2)) * np.sqrt(RANKS / (number - 3))
    return correlation, float(np.tanh(np.arctanh(min(abs(correlation), 1 - 1e-12)) - wide))


def ranks(values: Floats) -> Floats:
    """The rank of each value; equal values share the mean of their ranks.

    >>> ranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(number) - (number - 1) / 2)[place], dtype=np.float64)
