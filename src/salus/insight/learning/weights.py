"""Weights learned from few outcomes: close to the chosen weights unless the outcomes speak against
them.

    logit P = a + Xβ,  β ~ N(s·w, τ²I),  s ~ N(1, 0.7²),  β ≥ 0

X are risks (points reversed and standardised); w is a prior: the expert's weights, or equal weights.
A small τ keeps the shape of the prior and learns only its overall effect; a large τ lets the outcomes
decide. Nobody knows which τ is right, so all are fitted and averaged by how well each predicts the
outcomes (the evidence by Laplace's approximation, which ignores the bound at 0). So a wrong prior
is outvoted, and a good one hardly changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.scoring.scored import Floats

TAUS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6)
SIZE = 0.7**2  # variance of s
LOOSE = 0.01  # precision of the intercept in the evidence; it is fitted freely


@dataclass(frozen=True)
class Fit:
    """The intercept, a coefficient for each column, and the log evidence."""

    intercept: float
    beta: Floats
    evidence: float


def average_fits(
    risks: Floats, had_outcome: NDArray[np.bool_], priors: Sequence[Floats], count: float = 1.0
) -> Fit:
    """The average over all priors and all τ; `evidence` is that of the whole mixture.

    Each row counts as `count` independent rows: less than 1 where the rows of an entity resemble
    each other.
    """
    fits = [fit_weights(risks, had_outcome, prior, tau, count) for prior in priors for tau in TAUS]
    evidence = np.array([fit.evidence for fit in fits])
    share = special.softmax(evidence)
    return Fit(
        float(share @ [fit.intercept for fit in fits]),
        share @ np.array([fit.beta for fit in fits]),
        float(special.logsumexp(evidence) - np.log(len(fits))),
    )


def scale_prior(weights: Floats, risks: Floats) -> Floats:
    """The weights scaled so that the weighted sum of the risks has variance 1."""
    spread = float(weights @ np.atleast_2d(np.corrcoef(risks, rowvar=False)) @ weights)
    return weights / np.sqrt(spread)


def fit_weights(
    risks: Floats, had_outcome: NDArray[np.bool_], prior: Floats, tau: float, count: float = 1.0
) -> Fit:
    """The most probable coefficients for one prior and one τ."""
    if tau == 0:
        fit = _most_probable(
            (risks @ prior)[:, None], had_outcome, np.ones(1), np.array([[1 / SIZE]]), count
        )
        return Fit(fit.intercept, fit.beta[0] * prior, fit.evidence)
    precision = np.asarray(
        np.linalg.inv(tau**2 * np.eye(len(prior)) + SIZE * np.outer(prior, prior)), dtype=np.float64
    )
    return _most_probable(risks, had_outcome, prior, precision, count)


def _most_probable(
    columns: Floats, had_outcome: NDArray[np.bool_], center: Floats, precision: Floats, count: float
) -> Fit:
    from scipy import optimize

    design = np.column_stack([np.ones(len(columns)), columns])
    share = np.clip(had_outcome.mean(), 1e-6, 1 - 1e-6)
    counted = count * design.T  # once: the costs are asked for often

    def cost(beta: Floats) -> tuple[float, Floats]:
        odds, away = design @ beta, beta[1:] - center
        value = (
            count * (np.sum(np.logaddexp(0, odds)) - had_outcome @ odds)
            + 0.5 * away @ precision @ away
        )
        slope = counted @ (special.expit(odds) - had_outcome) + np.append(0.0, precision @ away)
        return float(value), slope

    result = optimize.minimize(
        cost,
        np.append(special.logit(share), center),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] + [(0, None)] * len(center),
        options={"maxiter": 500, "ftol": 1e-12},
    )
    odds, away = design @ result.x, result.x[1:] - center
    likelihood = count * float(had_outcome @ odds - np.sum(np.logaddexp(0, odds)))
    chance = special.expit(odds)
    curve = counted @ (design * (chance * (1 - chance))[:, None])
    curve[0, 0] += LOOSE
    curve[1:, 1:] += precision
    evidence = (
        likelihood
        - 0.5 * float(away @ precision @ away)
        + 0.5 * _log_size(precision)
        - 0.5 * _log_size(curve)
    )
    return Fit(float(result.x[0]), result.x[1:], evidence)


def _log_size(matrix: Floats) -> float:
    return float(np.linalg.slogdet(matrix)[1])
