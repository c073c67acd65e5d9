"""How well a number separates rows with the outcome from the others (AUC).

The AUC is the share of pairs, of a row with and a row without the outcome, in which the first has the
higher risk; ties count half. The rows of an entity resemble each other, so the errors are those of
whole entities (Obuchowski 1997, "Nonparametric analysis of clustered ROC curve data", on DeLong's
placements): 24 rows of one customer don't count as 24 customers. The difference of two AUCs on the
same rows follows from the differences of their placements.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.statistics.interval import LEVEL, Interval, spread, within_one
from salus.scoring.scored import Floats, Truths


@dataclass(frozen=True)
class Auc:
    """An AUC, and the part of each entity in its error."""

    value: float
    hits: Floats  # by entity: Σ (placement − AUC) over its rows with the outcome, ÷ their number
    others: Floats  # the same over its rows without the outcome
    with_hits: int  # entities with such rows
    with_others: int

    @property
    def clusters(self) -> int:
        """The number of independent units: the smaller of the two sides."""
        return min(self.with_hits, self.with_others)

    @property
    def error(self) -> float:
        """The standard error."""
        both = int(np.count_nonzero((self.hits != 0) | (self.others != 0)))
        parts = [
            (self.with_hits, self.hits @ self.hits),
            (self.with_others, self.others @ self.others),
            (both, 2 * (self.hits @ self.others)),
        ]
        variance = sum(_more(number) * float(total) for number, total in parts)
        return float(np.sqrt(max(variance, 0.0)))

    @property
    def interval(self) -> Interval:
        """The 95 % interval."""
        return self.at(LEVEL)

    def at(self, level: float) -> Interval:
        """The interval of another level."""
        return within_one(self.value, self.error, self.clusters, level)

    def against(self, other: Auc, level: float = LEVEL) -> Interval:
        """This AUC minus another one on the same rows."""
        both = Auc(
            self.value - other.value,
            self.hits - other.hits,
            self.others - other.others,
            self.with_hits,
            self.with_others,
        )
        wide = spread(self.clusters, level) * both.error
        return Interval(both.value, both.value - wide, both.value + wide)


def _more(number: int) -> float:
    return number / (number - 1) if number > 1 else 1.0


def auc(risk: Floats, had_outcome: Truths, entity: NDArray[np.int64]) -> Auc:
    """The AUC of `risk`, with one value per row. There must be rows with and without the outcome.

    >>> auc(np.array([.9, .4, .4, .1]), np.array([True, False, True, False]), np.arange(4)).value
    0.875
    """
    hit, other = placements(risk, had_outcome)
    value = float(hit.mean())
    _, place = np.unique(entity, return_inverse=True)
    size = int(place.max()) + 1
    hits = np.bincount(place[had_outcome], weights=hit - value, minlength=size) / len(hit)
    others = np.bincount(place[~had_outcome], weights=other - value, minlength=size) / len(other)
    return Auc(
        value, hits, others, len(np.unique(place[had_outcome])), len(np.unique(place[~had_outcome]))
    )


def placements(risk: Floats, had_outcome: Truths) -> tuple[Floats, Floats]:
    """For each row with the outcome the share of the others below it. For each other row the share
    of rows with the outcome above it. Ties count half.
    """
    hits, others = np.sort(risk[had_outcome]), np.sort(risk[~had_outcome])

    def below(values: Floats, among: Floats) -> Floats:
        return (
            np.searchsorted(among, values, "left") + np.searchsorted(among, values, "right")
        ) / (2.0 * len(among))

    return below(risk[had_outcome], others), 1.0 - below(risk[~had_outcome], hits)


def average_precision(risk: Floats, had_outcome: Truths) -> float:
    """The mean, over the rows with the outcome, of the share of such rows among all rows with at
    least the same risk.

    >>> average_precision(np.array([.9, .8, .1]), np.array([True, False, True]))
    0.8333333333333333
    """
    levels, place = np.unique(-risk, return_inverse=True)
    hits = np.bincount(place, weights=had_outcome, minlength=len(levels))
    rows = np.bincount(place, minlength=len(levels))
    return float(np.sum(hits * np.cumsum(hits) / np.cumsum(rows)) / hits.sum())
