"""Success and failure patterns: the measures that differed before the outcome.

The points of a row are compared with the mean of the other entities on the same date, so that a
season that affects everybody is no pattern. An entity with the outcome counts once, by the mean of
its rows within the horizon before it. An entity without the outcome counts by the mean of all its
rows. The means of the two groups are compared by Welch's t test. The p values are corrected for the
number of measures by Holm (1979): at most one time in twenty is any difference called real that is
chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.finding import Finding
from salus.insight.statistics.interval import LEVEL, Interval
from salus.insight.validation.panel import Panel
from salus.model.measure import Measure
from salus.model.model import Model
from salus.scoring.scored import Floats, Truths

FEWEST = 10  # entities of each group that a comparison needs
CORRECTION = "Holm"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A measure with its mean points before the outcome and without it."""

    measure: str
    dimension: str | None
    points_with: float
    points_without: float
    difference: Interval  # points with the outcome minus points without, on the same dates
    p: float  # corrected
    known_with: float  # the share of rows that have a value
    known_without: float
    n_with: int  # entities
    n_without: int

    @property
    def real(self) -> bool:
        """Whether chance is an unlikely reason, considering all measures."""
        return self.p < 1 - LEVEL

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "measure": self.measure,
            "dimension": self.dimension,
            "with": self.points_with,
            "without": self.points_without,
            "difference": self.difference.value,
            "low": self.difference.low,
            "high": self.difference.high,
            "p": self.p,
            "real": self.real,
            "known_with": self.known_with,
            "known_without": self.known_without,
            "n_with": self.n_with,
            "n_without": self.n_without,
        }


@dataclass(frozen=True)
class Patterns:
    """All measures, the clearest difference first; or the reason why none is compared."""

    patterns: tuple[Pattern, ...] = ()
    n_with: int = 0  # entities with the outcome
    n_without: int = 0
    reason: Finding | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form without the reason, which needs words."""
        return {
            "correction": CORRECTION,
            "n_with": self.n_with,
            "n_without": self.n_without,
            "measures": [pattern.as_dict() for pattern in self.patterns],
        }


def find_patterns(model: Model, panel: Panel) -> Patterns:
    """Compare every scored measure that enough entities of both groups have."""
    hit = np.isin(panel.entity, np.unique(panel.entity[panel.had_outcome]))
    n_with, n_without = (len(np.unique(panel.entity[rows])) for rows in (panel.had_outcome, ~hit))
    if min(n_with, n_without) < FEWEST:
        few = Finding("patterns.few", events=n_with, others=n_without, least=FEWEST)
        return Patterns((), n_with, n_without, few)
    compared = [_pattern(measure, panel, ~hit) for measure in model.measures]
    patterns = [pattern for pattern in compared if pattern is not None]
    corrected = holm(np.array([pattern.p for pattern in patterns]))
    patterns = [
        replace(pattern, p=float(p)) for pattern, p in zip(patterns, corrected, strict=True)
    ]
    patterns.sort(key=lambda pattern: (pattern.p, -abs(pattern.difference.value), pattern.measure))
    return Patterns(tuple(patterns), n_with, n_without)


def _pattern(measure: Measure, panel: Panel, others: Truths) -> Pattern | None:
    """The pattern of a measure; None where too few entities have it."""
    points, real = panel.points[measure.name], panel.real[measure.name]
    usable, hit = real & ~np.isnan(points), panel.had_outcome
    centred = points - _usual(points, panel.day, others & usable)
    (a, units_a), (b, units_b) = (
        _per_entity(centred, panel.entity, rows & usable) for rows in (hit, others)
    )
    if min(units_a, units_b) < FEWEST:
        return None
    difference, p = welch(a, b)
    with_, without = (
        float(np.mean(_per_entity(points, panel.entity, rows & usable)[0]))
        for rows in (hit, others)
    )
    return Pattern(
        measure=measure.name,
        dimension=measure.dimension,
        points_with=with_,
        points_without=without,
        difference=difference,
        p=p,
        known_with=float(np.mean(real[hit])),
        known_without=float(np.mean(real[others])),
        n_with=units_a,
        n_without=units_b,
    )


def _usual(points: Floats, day: NDArray[np.int32], rows: Truths) -> Floats:
    """For each row the mean of the given rows on its date; NaN on a date without any."""
    days, place = np.unique(day, return_inverse=True)
    total = np.bincount(place[rows], weights=points[rows], minlength=len(days))
    number = np.bincount(place[rows], minlength=len(days))
    return np.divide(total, number, out=np.full(len(days), np.nan), where=number > 0)[place]


def _per_entity(values: Floats, entity: NDArray[np.int64], rows: Truths) -> tuple[Floats, int]:
    """The mean of each entity over its rows with a value, and the number of these entities."""
    rows = rows & ~np.isnan(values)
    _, place = np.unique(entity[rows], return_inverse=True)
    means = np.bincount(place, weights=values[rows]) / np.bincount(place)
    return means, len(means)


def welch(a: Floats, b: Floats) -> tuple[Interval, float]:
    """The mean of `a` minus the mean of `b` with its 95 % interval, and the two-sided p value.

    >>> difference, p = welch(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6, 8]))
    >>> difference.value, round(p, 4)
    (-2.5, 0.1516)
    """
    parts = [float(sample.var(ddof=1)) / len(sample) for sample in (a, b)]
    value, error = float(a.mean() - b.mean()), math.sqrt(sum(parts))
    if error == 0:
        return Interval(value, value, value), float(value == 0)
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(sample) - 1) for part, sample in zip(parts, (a, b), strict=True)
    )
    wide = float(special.stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return Interval(value, value - wide, value + wide), 2 * float(
        special.stdtr(freedom, -abs(value) / error)
    )


def holm(p: Floats) -> Floats:
    """The p values corrected by Holm's method: each times the number of p values that are not
    smaller, and never below the one before.

    >>> holm(np.array([0.01, 0.04, 0.03])).round(4).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    steps = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    corrected = np.empty(len(p))
    corrected[order] = steps
    return corrected
