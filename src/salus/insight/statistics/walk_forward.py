"""Probabilities for rows, fitted only on rows whose horizons were over before them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.validation.panel import Panel
from salus.scoring.scored import Floats

FEWEST = 10  # entities with, and without, the outcome that a fit needs
BLOCK = 92  # days of as-of dates from one fit to the next
RIDGE = 1e-6


def split_forward(
    panel: Panel, horizon: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows to fit on and rows to predict, forward in time, one quarter after the other. Quarters
    with too few rows before them are left out.
    """
    dates = np.unique(panel.day)
    start = dates[0] if len(dates) else 0
    while len(dates) and start <= dates[-1]:
        before = np.flatnonzero(panel.day + horizon <= start)
        hit, entity = panel.had_outcome[before], panel.entity[before]
        if min(len(np.unique(entity[hit])), len(np.unique(entity[~hit]))) >= FEWEST:
            yield before, np.flatnonzero((panel.day >= start) & (panel.day < start + BLOCK))
        start = start + BLOCK


def predict_forward(panel: Panel, horizon: int) -> Floats:
    """The probability of the outcome within the horizon, from the score alone. NaN for rows with too
    few outcomes before them.
    """
    predicted = np.full(len(panel), np.nan)
    for before, now in split_forward(panel, horizon):
        intercept, slope = fit_logistic(panel.score[before], panel.had_outcome[before])
        predicted[now] = special.expit(intercept + slope * panel.score[now])
    return predicted


def fit_logistic(values: Floats, had_outcome: NDArray[np.bool_]) -> tuple[float, float]:
    """Intercept and slope of the log odds over a number: maximum likelihood, by Newton's method.

    >>> values, had_outcome = np.repeat([0.0, 1.0], 4), np.array([True, False, False, False, True, True, True, False])
    >>> intercept, slope = fit_logistic(values, had_outcome)
    >>> round(intercept, 4), round(slope, 4)
    (-1.0986, 2.1972)
    """
    center, scale = float(values.mean()), float(values.std()) or 1.0
    design = np.column_stack([np.ones(len(values)), (values - center) / scale])
    fitted = np.zeros(2)
    for _ in range(50):
        share = special.expit(design @ fitted)
        step = np.linalg.solve(
            design.T @ (design * (share * (1 - share))[:, None]) + RIDGE * np.eye(2),
            design.T @ (had_outcome - share) - RIDGE * fitted,
        )
        fitted = fitted + step
        if np.abs(step).max() < 1e-10:
            break
    return float(fitted[0] - fitted[1] * center / scale), float(fitted[1] / scale)
