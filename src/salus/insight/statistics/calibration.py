"""Whether predicted probabilities are as often right as they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.statistics.interval import Interval, spread
from salus.insight.statistics.rates import FEWEST, rate
from salus.insight.statistics.walk_forward import logistic
from salus.scoring.scored import Floats

BINS = 10
ENOUGH = 3000  # rows from which on the expected calibration error says something
TIMES, SEED = 200, 21


@dataclass(frozen=True)
class Bin:
    """Rows with much the same predicted probability, and how often the outcome came."""

    predicted: float
    rows: int
    observed: Interval | None  # None: too few rows to say

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        told = self.observed
        return {
            "predicted": self.predicted,
            "observed": told.value if told else None,
            "n": self.rows,
            "low": told.low if told else None,
            "high": told.high if told else None,
        }


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Predictions against results, and their error, over the rows that could be predicted.

    A slope under 1 says that predictions go too far to both sides, an intercept over 0 that they
    are too low on the whole.
    """

    rows: int
    brier: float
    brier_of_base: (
        float  # of predicting the same for all: what the probabilities must be better than
    )
    bins: tuple[Bin, ...]
    intercept: Interval
    slope: Interval
    ece: float | None  # expected calibration error; None under 3,000 rows
    ece_floor: float | None  # what it would be on average if all predictions were right


def calibration(
    predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]
) -> Calibration | None:
    """Of rows with a prediction; None where they are too few, or all ended alike."""
    there = np.flatnonzero(~np.isnan(predicted))
    predicted, had_outcome, entity = predicted[there], had_outcome[there], entity[there]
    if len(there) < FEWEST or had_outcome.all() or not had_outcome.any():
        return None
    part = parts(predicted)
    bins = tuple(
        _bin(predicted[part == one], had_outcome[part == one], entity[part == one])
        for one in np.unique(part)
    )
    intercept, slope = _line(predicted, had_outcome, entity)
    enough = len(there) >= ENOUGH
    return Calibration(
        rows=len(there),
        brier=float(np.mean((predicted - had_outcome) ** 2)),
        brier_of_base=float(np.var(had_outcome)),
        bins=bins,
        intercept=intercept,
        slope=slope,
        ece=ece(predicted, had_outcome) if enough else None,
        ece_floor=_floor(predicted) if enough else None,
    )


def parts(predicted: Floats) -> NDArray[np.intp]:
    """Ten parts of about as many rows, by rising prediction; equal predictions stay together."""
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, predicted, "right")


def ece(predicted: Floats, had_outcome: NDArray[np.bool_]) -> float:
    """The mean distance between predicted and observed over the ten parts, by rows."""
    part = parts(predicted)
    distance = np.bincount(part, weights=predicted) - np.bincount(part, weights=had_outcome)
    return float(np.abs(distance).sum() / len(predicted))


def _floor(predicted: Floats) -> float:
    draw = np.random.default_rng(SEED)
    return float(
        np.mean([ece(predicted, draw.random(len(predicted)) < predicted) for _ in range(TIMES)])
    )


def _bin(predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]) -> Bin:
    told = rate(had_outcome, entity) if len(had_outcome) >= FEWEST else None
    return Bin(float(predicted.mean()), len(had_outcome), told)


def _line(
    predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]
) -> tuple[Interval, Interval]:
    """Intercept and slope of what came over the predicted log odds, with errors of whole entities
    (the sandwich).
    """
    odds = special.logit(np.clip(predicted, 1e-9, 1 - 1e-9))
    fitted = np.array(logistic(odds, had_outcome))
    design = np.column_stack([np.ones(len(odds)), odds])
    share = special.expit(design @ fitted)
    inverse = np.linalg.pinv(design.T @ (design * (share * (1 - share))[:, None]))
    _, place = np.unique(entity, return_inverse=True)
    scores = np.column_stack(
        [np.bincount(place, weights=column * (had_outcome - share)) for column in design.T]
    )
    error = np.sqrt(np.diag(inverse @ (scores.T @ scores) @ inverse))
    wide = (
        spread(min(len(np.unique(place[had_outcome])), len(np.unique(place[~had_outcome])))) * error
    )
    intercept, slope = (
        Interval(float(value), float(value - reach), float(value + reach))
        for value, reach in zip(fitted, wide, strict=True)
    )
    return intercept, slope
