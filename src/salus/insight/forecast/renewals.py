"""The value that will be renewed, with an interval that allows for bad quarters.

    logit P(renewal) = a + b·score + u,   u ~ N(0, sd²), one for each quarter

The renewals of a quarter share its luck: a price change, a competitor, a crisis. Treating them as
independent makes the interval far too narrow. So sd is estimated with its own uncertainty (its
posterior on a grid; the likelihood of each quarter is integrated over u by Gauss–Hermite), and each
draw of the future has one u for all its renewals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.insight.statistics.interval import Interval
from salus.scoring.scored import Floats, Truths

SDS = np.linspace(0, 1.2, 25)  # of the common shock
PRIOR, RIDGE = 0.4, 1.5  # sd of the half normal prior of sd; sd of the prior of the slope
NODES = 15
DRAWS, SEED = 4000, 23
TOGETHER = 256  # renewals at a time, so that their draws stay small
LEVEL = 0.8


@dataclass(frozen=True)
class RenewalHistory:
    """Terms that were decided."""

    score: Floats  # before the decision
    renewed: Truths
    quarter: NDArray[np.intp]  # as a number


@dataclass(frozen=True)
class RenewalFit:
    """The coefficients with their covariance, and the probability of each sd of the common shock."""

    center: float
    scale: float
    beta: Floats
    covariance: Floats
    shocks: Floats  # probability of each of SDS
    quarters: int

    def odds(self, score: Floats, beta: Floats) -> Floats:
        """The log odds of renewal."""
        return np.asarray(beta[0] + beta[1] * (score - self.center) / self.scale)


def fit_renewals(history: RenewalHistory) -> RenewalFit:
    """Fit the model to decided terms."""
    center, scale = float(history.score.mean()), float(history.score.std()) or 1.0
    design = np.column_stack([np.ones(len(history.score)), (history.score - center) / scale])
    penalty = np.diag([1e-6, 1 / RIDGE**2])
    beta = np.zeros(2)
    for _ in range(100):
        chance = special.expit(design @ beta)
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + penalty
        step = np.linalg.solve(curve, design.T @ (history.renewed - chance) - penalty @ beta)
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            break
    quarters, place = np.unique(history.quarter, return_inverse=True)
    shocks = _shocks(design @ beta, history.renewed, place, len(quarters))
    return RenewalFit(center, scale, beta, np.linalg.inv(curve), shocks, len(quarters))


def _shocks(odds: Floats, renewed: Truths, place: NDArray[np.intp], quarters: int) -> Floats:
    """The posterior of the shock's sd on the grid SDS."""
    nodes, weights = special.roots_hermitenorm(NODES)
    logs = np.log(weights / weights.sum())
    sign = np.where(renewed, 1.0, -1.0)
    posterior = -0.5 * (SDS / PRIOR) ** 2
    for number, sd in enumerate(SDS):
        by_node = np.array(
            [
                np.bincount(
                    place, weights=special.log_expit(sign * (odds + sd * node)), minlength=quarters
                )
                for node in nodes
            ]
        )
        posterior[number] += float(np.sum(special.logsumexp(by_node + logs[:, None], axis=0)))
    return np.asarray(special.softmax(posterior))


@dataclass(frozen=True)
class RenewalChances:
    """The chances of coming renewals."""

    probability: Floats
    low: Floats  # of the 80 % range
    high: Floats
    total: Interval  # the value renewed, 80 %
    lost: tuple[Interval, ...] = ()  # the value lost by the end of each step


def simulate_renewals(
    fitted: RenewalFit,
    score: Floats,
    value: Floats,
    step: NDArray[np.intp] | None = None,
    steps: int = 0,
) -> RenewalChances:
    """Simulate the period in which the decisions on all these terms fall. `step` says in which of its `steps`
    parts each is decided.
    """
    draw = np.random.default_rng(SEED)
    sd = draw.choice(SDS, DRAWS, p=fitted.shocks)
    luck = sd * draw.normal(size=DRAWS) * np.sqrt(1 + 1 / fitted.quarters)
    beta = draw.multivariate_normal(fitted.beta, fitted.covariance, DRAWS)
    mean, low, high = (np.empty(len(score)) for _ in range(3))
    sums, ends = np.zeros(DRAWS), [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    decided = (
        np.zeros((len(score), steps))
        if step is None
        else value[:, None] * (step[:, None] <= np.arange(steps))
    )
    lost = np.zeros((DRAWS, steps))
    for first in range(0, len(score), TOGETHER):
        part = slice(first, first + TOGETHER)
        chance = special.expit(fitted.odds(score[None, part], beta.T[:, :, None]) + luck[:, None])
        renewed = draw.random(chance.shape) < chance
        sums += renewed @ value[part]
        lost += ~renewed @ decided[part]
        mean[part] = chance.mean(axis=0)
        low[part], high[part] = np.quantile(chance, ends, axis=0)
    gone = zip(
        (1 - mean) @ decided, np.quantile(lost, ends, axis=0).T.tolist(), decided.T, strict=True
    )
    return RenewalChances(
        mean,
        low,
        high,
        _within_stakes(float(value @ mean), np.quantile(sums, ends).tolist(), value),
        tuple(_within_stakes(float(middle), limits, part) for middle, limits, part in gone),
    )


def _within_stakes(middle: float, ends: list[float], stakes: Floats) -> Interval:
    """An interval that holds its value and stays within the sum of all stakes, whatever the
    rounding.
    """
    least, most = float(np.minimum(stakes, 0).sum()), float(np.maximum(stakes, 0).sum())
    value, low, high = (min(max(end, least), most) for end in (middle, *ends))
    return Interval(value, min(low, value), max(high, value))
