"""Calibration: whether predicted probabilities agree with the observed rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.statistics.interval import Interval, spread
from salus.insight.statistics.rates import FEWEST, rate
from salus.insight.statistics.walk_forward import fit_logistic
from salus.scoring.scored import Floats

BINS = 10
ENOUGH = 3000  # rows that the expected calibration error needs
TIMES, SEED = 200, 21


@dataclass(frozen=True)
class Bin:
    """Rows with about the same predicted probability, and the rate of their outcome."""

    predicted: float
    rows: int
    observed: Interval | None  # None: too few rows

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        observed = self.observed
        return {
            "predicted": self.predicted,
            "observed": observed.value if observed else None,
            "n": self.rows,
            "low": observed.low if observed else None,
            "high": observed.high if observed else None,
        }


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Predictions compared with outcomes, over the rows that have a prediction.

    A slope below 1 means that the predictions are too extreme; an intercept above 0 means that they
    are too low.
    """

    rows: int
    brier: float
    brier_of_base: float  # of the same prediction for all rows; a useful score is below it
    bins: tuple[Bin, ...]
    intercept: Interval
    slope: Interval
    ece: float | None  # expected calibration error; None under 3,000 rows
    ece_floor: float | None  # its mean if all predictions were right


def calibration(
    predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]
) -> Calibration | None:
    """The calibration over rows with a prediction; None where they are too few, or all have the same
    outcome.
    """
    known = np.flatnonzero(~np.isnan(predicted))
    predicted, had_outcome, entity = predicted[known], had_outcome[known], entity[known]
    if len(known) < FEWEST or had_outcome.all() or not had_outcome.any():
        return None
    part = split_tenths(predicted)
    bins = tuple(
        _bin(predicted[part == number], had_outcome[part == number], entity[part == number])
        for number in np.unique(part)
    )
    intercept, slope = _line(predicted, had_outcome, entity)
    enough = len(known) >= ENOUGH
    return Calibration(
        rows=len(known),
        brier=float(np.mean((predicted - had_outcome) ** 2)),
        brier_of_base=float(np.var(had_outcome)),
        bins=bins,
        intercept=intercept,
        slope=slope,
        ece=calibration_error(predicted, had_outcome) if enough else None,
        ece_floor=_floor(predicted) if enough else None,
    )


def split_tenths(predicted: Floats) -> NDArray[np.intp]:
    """Ten parts with about the same number of rows, lowest predictions first. Equal predictions stay
    together.
    """
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, predicted, "right")


def calibration_error(predicted: Floats, had_outcome: NDArray[np.bool_]) -> float:
    """The mean distance between prediction and observed rate over the ten parts, weighted by rows."""
    part = split_tenths(predicted)
    distance = np.bincount(part, weights=predicted) - np.bincount(part, weights=had_outcome)
    return float(np.abs(distance).sum() / len(predicted))


def _floor(predicted: Floats) -> float:
    """The mean calibration error of outcomes drawn by the predictions."""
    draw = np.random.default_rng(SEED)
    return float(
        np.mean(
            [
                calibration_error(predicted, draw.random(len(predicted)) < predicted)
                for _ in range(TIMES)
            ]
        )
    )


def _bin(predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]) -> Bin:
    observed = rate(had_outcome, entity) if len(had_outcome) >= FEWEST else None
    return Bin(float(predicted.mean()), len(had_outcome), observed)


def _line(
    predicted: Floats, had_outcome: NDArray[np.bool_], entity: NDArray[np.int64]
) -> tuple[Interval, Interval]:
    """Intercept and slope of the outcome over the predicted log odds, with errors of whole entities
    (the sandwich estimator).
    """
    odds = special.logit(np.clip(predicted, 1e-9, 1 - 1e-9))
    fitted = np.array(fit_logistic(odds, had_outcome))
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
