"""Curves and weights fitted to outcomes: a sum of monotone piecewise-linear curves, which a model
can hold exactly.

Each numeric measure gets knots at its eighths, and a curve between them that only rises or only
falls; each word gets a step. The likelihood is penalised for steps and bends, so that few outcomes
give nearly straight curves. A fitted curve becomes points from 0 to 100, its range becomes the
weight of the measure, and the score follows the log odds:

    logit P = intercept + Σ highest − R · score ÷ 100,   R = Σ (highest − lowest)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.scoring.scored import Floats, Truths

EIGHTHS = np.linspace(0, 1, 9)
STEP, BEND, WORD = 0.2, 0.03, 1.0  # penalties: of steps, of bends, and of the step of a word


@dataclass(frozen=True)
class Numeric:
    """A numeric measure. `sign` is 1 where more of it means more risk, else -1. Without `knots` they
    lie at its eighths.
    """

    name: str
    values: Floats  # NaN: missing
    sign: int
    knots: tuple[float, ...] = ()


@dataclass(frozen=True)
class Worded:
    """A measure of words, as positions in `words`; -1 where it is missing."""

    name: str
    values: NDArray[np.intp]
    words: tuple[str, ...]


@dataclass(frozen=True)
class RiskCurve:
    """The fitted contribution of a measure to the log odds, at knots or for words."""

    name: str
    at: tuple[float, ...] | tuple[str, ...]
    risk: Floats

    @property
    def range(self) -> float:
        """The highest risk minus the lowest."""
        return float(self.risk.max() - self.risk.min())

    @property
    def points(self) -> Floats:
        """100 where the risk is lowest, 0 where it is highest; 50 without any difference."""
        return (
            np.full(len(self.risk), 50.0)
            if self.range == 0
            else 100 * (self.risk.max() - self.risk) / self.range
        )

    def of(self, values: Floats | NDArray[np.intp]) -> Floats:
        """The contribution of each value, or of each position of a word."""
        if isinstance(self.at[0], str):
            return self.risk[values.astype(np.intp)]
        return np.interp(values, np.array(self.at, dtype=np.float64), self.risk)


@dataclass(frozen=True)
class Scorecard:
    """The fitted curves."""

    intercept: float
    lines: tuple[RiskCurve, ...]

    @property
    def total(self) -> float:
        """R, the sum of all ranges."""
        return sum(line.range for line in self.lines)

    @property
    def weights(self) -> dict[str, float]:
        """The share of each measure in R."""
        return {line.name: line.range / self.total if self.total else 0.0 for line in self.lines}

    def odds(self, measures: Mapping[str, Floats | NDArray[np.intp]]) -> Floats:
        """The log odds of each row, as the sum of its contributions."""
        return np.asarray(
            self.intercept + np.sum([line.of(measures[line.name]) for line in self.lines], axis=0)
        )

    def odds_of(self, score: Floats) -> Floats:
        """The log odds of each score."""
        return np.asarray(
            self.intercept
            + sum(float(line.risk.max()) for line in self.lines)
            - self.total * score / 100
        )


def fit(measures: Sequence[Numeric | Worded], had_outcome: Truths, count: float = 1.0) -> Scorecard:
    """Fit all curves at once. A missing value counts as the mean of the others.

    Each row counts as `count` independent rows: less than 1 where the rows of an entity resemble
    each other.
    """
    blocks = [
        _numeric(measure) if isinstance(measure, Numeric) else _worded(measure)
        for measure in measures
    ]
    design = np.column_stack([np.ones(len(had_outcome)), *(block.columns for block in blocks)])
    bounds = [bound for block in blocks for bound in block.bounds]
    coefficients = _minimum(design, had_outcome, bounds, [block.penalty for block in blocks], count)
    lines, place = [], 1
    for measure, block in zip(measures, blocks, strict=True):
        part = coefficients[place : place + block.columns.shape[1]]
        place += len(part)
        if isinstance(measure, Numeric):
            part = np.concatenate([[0.0], np.cumsum(part)])
        lines.append(RiskCurve(measure.name, block.at, part))
    return Scorecard(float(coefficients[0]), tuple(lines))


@dataclass(frozen=True)
class _Block:
    """The columns of one measure in the design, the bounds of their coefficients, and the matrix of
    their penalty.
    """

    at: tuple[float, ...] | tuple[str, ...]
    columns: Floats
    bounds: list[tuple[float | None, float | None]]
    penalty: Floats


def _numeric(measure: Numeric) -> _Block:
    known = ~np.isnan(measure.values)
    knots = (
        np.array(measure.knots)
        if measure.knots
        else np.unique(np.quantile(measure.values[known] if known.any() else [0.0], EIGHTHS))
    )
    if len(knots) == 1:
        return _Block(
            (float(knots[0]), float(knots[0]) + 1),
            np.zeros((len(measure.values), 1)),
            [(0, 0)],
            np.eye(1),
        )
    widths = np.diff(knots)
    columns = _fill(np.clip((measure.values[:, None] - knots[:-1]) / widths, 0, 1), known)
    slopes = np.diag((knots[-1] - knots[0]) / widths)
    bends = np.diff(np.eye(len(widths)), axis=0) @ slopes
    bound: tuple[float | None, float | None] = (0, None) if measure.sign > 0 else (None, 0)
    return _Block(
        tuple(knots.tolist()),
        columns,
        [bound] * len(widths),
        STEP * np.eye(len(widths)) + BEND * bends.T @ bends,
    )


def _fill(columns: Floats, known: Truths) -> Floats:
    """The columns with the mean of the known rows in the others, so that missing values have no
    effect.
    """
    if not known.all() and known.any():
        columns[~known] = columns[known].mean(axis=0)
    return columns


def _worded(measure: Worded) -> _Block:
    columns = _fill(
        (measure.values[:, None] == np.arange(len(measure.words))).astype(np.float64),
        measure.values >= 0,
    )
    return _Block(
        measure.words,
        columns,
        [(None, None)] * len(measure.words),
        WORD * np.eye(len(measure.words)),
    )


def _minimum(
    design: Floats,
    had_outcome: Truths,
    bounds: list[tuple[float | None, float | None]],
    penalties: list[Floats],
    count: float,
) -> Floats:
    """The coefficients with the lowest penalised cost."""
    from scipy import linalg, optimize

    matrix = linalg.block_diag(np.zeros((1, 1)), *penalties)

    def cost(beta: Floats) -> tuple[float, Floats]:
        odds, pull = design @ beta, matrix @ beta
        value = count * (np.sum(np.logaddexp(0, odds)) - had_outcome @ odds) + 0.5 * beta @ pull
        return float(value), count * (design.T @ (special.expit(odds) - had_outcome)) + pull

    start = np.zeros(design.shape[1])
    start[0] = special.logit(np.clip(had_outcome.mean(), 1e-6, 1 - 1e-6))
    result = optimize.minimize(
        cost,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *bounds],
        options={"maxiter": 2000, "maxfun": 20_000, "ftol": 1e-11},
    )
    return np.asarray(result.x)
