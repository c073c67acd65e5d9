"""Probabilities for rows by what was known before them: fitted on horizons that were over by then,
and on nothing later.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.validation.panel import Panel
from salus.scoring.scored import Floats

FEWEST = 10  # entities with, and without, the outcome to fit on
BLOCK = 92  # days of as-of dates between one fit and the next
RIDGE = 1e-6


def blocks(panel: Panel, horizon: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows to fit on and rows to predict, forward in time, a quarter at a time, where there is
    enough to fit on.
    """
    dates = np.unique(panel.day)
    start = dates[0] if len(dates) else 0
    while len(dates) and start <= dates[-1]:
        before = np.flatnonzero(panel.day + horizon <= start)
        some = panel.had_outcome[before]
        if (
            min(
                len(np.unique(panel.entity[before][some])),
                len(np.unique(panel.entity[before][~some])),
            )
            >= FEWEST
        ):
            yield before, np.flatnonzero((panel.day >= start) & (panel.day < start + BLOCK))
        start = start + BLOCK


def probabilities(panel: Panel, horizon: int) -> Floats:
    """P(outcome within the horizon) from the score alone, NaN for rows before which too little had
    come.
    """
    found = np.full(len(panel), np.nan)
    for before, now in blocks(panel, horizon):
        intercept, slope = logistic(panel.score[before], panel.had_outcome[before])
        found[now] = special.expit(intercept + slope * panel.score[now])
    return found


def logistic(values: Floats, had_outcome: NDArray[np.bool_]) -> tuple[float, float]:
    """Intercept and slope of the log odds over a number: maximum likelihood, by Newton's method.

    >>> values, came = np.repeat([0.0, 1.0], 4), np.array([True, False, False, False, True, True, True, False])
    >>> intercept, slope = logistic(values, came)
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
