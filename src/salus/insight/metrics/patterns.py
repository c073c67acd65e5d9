"""Success and failure patterns: in which measures those to whom the outcome came differed from the
others before it.

Points of a row are compared with the mean of the others on the same date, so that a season that
hits everybody is no pattern. Of each entity with the outcome the mean over its rows within the
horizon before counts, of each without it the mean over all its rows: one value an entity. The two
groups' means are compared by Welch's t; p is corrected for the number of measures by Holm (1979),
so that of all differences called real at most one time in twenty any one is chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from salus.insight.statistics.interval import LEVEL, Interval
from salus.insight.validation.panel import Panel
from salus.model.model import Model
from salus.scoring.scored import Floats, Truths

FEWEST = 10  # entities of either side under which nothing is compared
CORRECTION = "Holm"


@dataclass(frozen=True)
class Pattern:
    """A measure: its mean points with and without the outcome, their difference, and the corrected
    p.
    """

    measure: str
    dimension: str | None
    points_with: float
    points_without: float
    difference: Interval  # of points, with less without, on the same dates
    p: float  # corrected
    known_with: float  # the share of rows that have a value
    known_without: float
    n_with: int
    n_without: int

    @property
    def real(self) -> bool:
        """Whether chance is an unlikely reason, with all measures looked at in mind."""
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
    """All measures, the clearest first; or the reason why none is compared."""

    found: tuple[Pattern, ...]
    n_with: int
    n_without: int
    reason: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "correction": CORRECTION,
            "n_with": self.n_with,
            "n_without": self.n_without,
            "reason": self.reason,
            "measures": [one.as_dict() for one in self.found],
        }


def find_patterns(model: Model, panel: Panel) -> Patterns:
    """Of every scored measure that enough entities of both kinds have."""
    hit = np.isin(panel.entity, np.unique(panel.entity[panel.had_outcome]))
    n_with, n_without = (len(np.unique(panel.entity[rows])) for rows in (panel.had_outcome, ~hit))
    if min(n_with, n_without) < FEWEST:
        return Patterns(
            (),
            n_with,
            n_without,
            f"the outcome came to {n_with} and not to {n_without}: "
            f"{FEWEST} of each are needed to compare them",
        )
    told = []
    for measure in model.measures:
        one = _pattern(measure.name, measure.dimension, panel, panel.had_outcome, ~hit)
        told += [one] if one is not None else []
    corrected = holm(np.array([one.p for one in told]))
    found = [replace(one, p=float(p)) for one, p in zip(told, corrected, strict=True)]
    return Patterns(
        tuple(sorted(found, key=lambda one: (one.p, -abs(one.difference.value), one.measure))),
        n_with,
        n_without,
    )


def _pattern(
    name: str, dimension: str | None, panel: Panel, came: Truths, others: Truths
) -> Pattern | None:
    points, real = panel.points[name], panel.real[name]
    there = real & ~np.isnan(points)
    centred = points - _usual(points, panel.day, others & there)
    (a, units_a), (b, units_b) = (
        _per_entity(centred, panel.entity, rows & there) for rows in (came, others)
    )
    if min(units_a, units_b) < FEWEST:
        return None
    difference, p = welch(a, b)
    with_, without = (
        float(np.mean(_per_entity(points, panel.entity, rows & there)[0]))
        for rows in (came, others)
    )
    known_with, known_without = (float(np.mean(real[rows])) for rows in (came, others))
    return Pattern(
        name, dimension, with_, without, difference, p, known_with, known_without, units_a, units_b
    )


def _usual(points: Floats, day: Any, rows: Truths) -> Floats:
    """In each row the mean over the given rows of its date; NaN on a date without any."""
    days, place = np.unique(day, return_inverse=True)
    total = np.bincount(place[rows], weights=points[rows], minlength=len(days))
    number = np.bincount(place[rows], minlength=len(days))
    return np.divide(total, number, out=np.full(len(days), np.nan), where=number > 0)[place]


def _per_entity(values: Floats, entity: Any, rows: Truths) -> tuple[Floats, int]:
    """The mean of each entity over its rows that have a value."""
    rows = rows & ~np.isnan(values)
    _, place = np.unique(entity[rows], return_inverse=True)
    means = np.bincount(place, weights=values[rows]) / np.bincount(place)
    return means, len(means)


def welch(a: Floats, b: Floats) -> tuple[Interval, float]:
    """The mean of `a` less that of `b` with its 95 % interval, and the p of no difference
    (two-sided).

    >>> found, p = welch(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6, 8]))
    >>> found.value, round(p, 4)
    (-2.5, 0.1516)
    """
    parts = [float(one.var(ddof=1)) / len(one) for one in (a, b)]
    value, error = float(a.mean() - b.mean()), math.sqrt(sum(parts))
    if error == 0:
        return Interval(value, value, value), float(value == 0)
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(one) - 1) for part, one in zip(parts, (a, b), strict=True)
    )
    wide = float(special.stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return Interval(value, value - wide, value + wide), 2 * float(
        special.stdtr(freedom, -abs(value) / error)
    )


def holm(p: Floats) -> Floats:
    """Each p corrected by Holm's steps: times the number of those that are not smaller, never below
    an earlier one.

    >>> holm(np.array([0.01, 0.04, 0.03])).round(4).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    steps = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    found = np.empty(len(p))
    found[order] = steps
    return found
