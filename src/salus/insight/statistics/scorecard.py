"""Curves and weights fitted to outcomes: a sum of monotone piecewise-linear lines, which a model
can hold exactly.

Each numeric measure gets knots at its eighths and a line between them that only rises (or only
falls) with the risk; each word gets a step of its own. The likelihood is penalised for steps and
for bends, so that few outcomes give near straight lines. A fitted line becomes points from 0 to
100, its range the measure's weight, and the score follows the log odds:

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
STEP, BEND, WORD = (
    0.2,
    0.03,
    1.0,
)  # penalties: of steps along a line, of bends in it, of a word's step


@dataclass(frozen=True)
class Numeric:
    """A measure that counts. `sign` 1: the more of it the more risk, -1: the less. Without `knots`
    they lie at its eighths.
    """

    name: str
    values: Floats  # NaN: missing
    sign: int
    knots: tuple[float, ...] = ()


@dataclass(frozen=True)
class Worded:
    """A measure of words, as positions in `words`; -1: missing."""

    name: str
    values: NDArray[np.intp]
    words: tuple[str, ...]


@dataclass(frozen=True)
class RiskCurve:
    """The fitted contribution to the log odds: at knots, or of words."""

    name: str
    at: tuple[float, ...] | tuple[str, ...]
    risk: Floats

    @property
    def range(self) -> float:
        return float(self.risk.max() - self.risk.min())

    @property
    def points(self) -> Floats:
        """100 where the risk is lowest, 0 where it is highest."""
        return (
            np.full(len(self.risk), 50.0)
            if self.range == 0
            else 100 * (self.risk.max() - self.risk) / self.range
        )

    def of(self, values: Floats | NDArray[np.intp]) -> Floats:
        """The contribution of values, or of positions of words."""
        if isinstance(self.at[0], str):
            return self.risk[values.astype(np.intp)]
        return np.interp(values, np.array(self.at, dtype=np.float64), self.risk)


@dataclass(frozen=True)
class Scorecard:
    """The fitted lines."""

    intercept: float
    lines: tuple[RiskCurve, ...]

    @property
    def total(self) -> float:
        """R: what the weights are shares of."""
        return sum(line.range for line in self.lines)

    @property
    def weights(self) -> dict[str, float]:
        return {line.name: line.range / self.total if self.total else 0.0 for line in self.lines}

    def odds(self, measures: Mapping[str, Floats | NDArray[np.intp]]) -> Floats:
        """The log odds of each row, line by line."""
        return np.asarray(
            self.intercept + np.sum([line.of(measures[line.name]) for line in self.lines], axis=0)
        )

    def odds_of(self, score: Floats) -> Floats:
        """The same from the score."""
        return np.asarray(
            self.intercept
            + sum(float(line.risk.max()) for line in self.lines)
            - self.total * score / 100
        )


def fit(measures: Sequence[Numeric | Worded], had_outcome: Truths, count: float = 1.0) -> Scorecard:
    """Fit all lines at once. What is missing counts as the mean of what isn't.

    `count`: as how many independent rows each row counts, less than 1 where rows of one entity
    resemble each other.
    """
    blocks = [_numeric(one) if isinstance(one, Numeric) else _worded(one) for one in measures]
    design = np.column_stack([np.ones(len(had_outcome)), *(block.columns for block in blocks)])
    bounds = [bound for block in blocks for bound in block.bounds]
    found = _minimum(design, had_outcome, bounds, [block.penalty for block in blocks], count)
    lines, place = [], 1
    for one, block in zip(measures, blocks, strict=True):
        part = found[place : place + block.columns.shape[1]]
        place += len(part)
        lines.append(
            RiskCurve(
                one.name,
                block.at,
                np.concatenate([[0.0], np.cumsum(part)]) if isinstance(one, Numeric) else part,
            )
        )
    return Scorecard(float(found[0]), tuple(lines))


@dataclass(frozen=True)
class _Block:
    """Columns of the design for one measure, how their coefficients are bound, and the matrix of
    their penalty.
    """

    at: tuple[float, ...] | tuple[str, ...]
    columns: Floats
    bounds: list[tuple[float | None, float | None]]
    penalty: Floats


def _numeric(one: Numeric) -> _Block:
    known = ~np.isnan(one.values)
    knots = (
        np.array(one.knots)
        if one.knots
        else np.unique(np.quantile(one.values[known] if known.any() else [0.0], EIGHTHS))
    )
    if len(knots) == 1:
        return _Block(
            (float(knots[0]), float(knots[0]) + 1),
            np.zeros((len(one.values), 1)),
            [(0, 0)],
            np.eye(1),
        )
    widths = np.diff(knots)
    columns = _filled(np.clip((one.values[:, None] - knots[:-1]) / widths, 0, 1), known)
    slopes = np.diag((knots[-1] - knots[0]) / widths)
    bends = np.diff(np.eye(len(widths)), axis=0) @ slopes
    bound: tuple[float | None, float | None] = (0, None) if one.sign > 0 else (None, 0)
    return _Block(
        tuple(knots.tolist()),
        columns,
        [bound] * len(widths),
        STEP * np.eye(len(widths)) + BEND * bends.T @ bends,
    )


def _filled(columns: Floats, known: Truths) -> Floats:
    """Rows without a value get the mean of those with one: they pull nothing in any direction."""
    if not known.all() and known.any():
        columns[~known] = columns[known].mean(axis=0)
    return columns


def _worded(one: Worded) -> _Block:
    columns = _filled(
        (one.values[:, None] == np.arange(len(one.words))).astype(np.float64), one.values >= 0
    )
    return _Block(
        one.words, columns, [(None, None)] * len(one.words), WORD * np.eye(len(one.words))
    )


def _minimum(
    design: Floats,
    had_outcome: Truths,
    bounds: list[tuple[float | None, float | None]],
    penalties: list[Floats],
    count: float,
) -> Floats:
    from scipy import linalg, optimize

    matrix = linalg.block_diag(np.zeros((1, 1)), *penalties)

    def cost(beta: Floats) -> tuple[float, Floats]:
        odds, pull = design @ beta, matrix @ beta
        value = count * (np.sum(np.logaddexp(0, odds)) - had_outcome @ odds) + 0.5 * beta @ pull
        return float(value), count * (design.T @ (special.expit(odds) - had_outcome)) + pull

    start = np.zeros(design.shape[1])
    start[0] = special.logit(np.clip(had_outcome.mean(), 1e-6, 1 - 1e-6))
    found = optimize.minimize(
        cost,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *bounds],
        options={"maxiter": 2000, "maxfun": 20_000, "ftol": 1e-11},
    )
    return np.asarray(found.x)
