"""Prior-centred weights at 150 accounts and 12 churns: a good expert's weights hardly change, a
wrong expert's do.

Worlds: ten measures, each pair with a correlation of .1, a base rate of 8 %, an oracle's AUC of
about .81, the wrong expert's .70. The log loss is that of 4,000 other accounts. Reference:
statistics of the design, section 9.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from salus.insight.learning.weights import Fit, average_fits, fit_weights, scale_prior

RUNS, ACCOUNTS, CHURNS, OTHERS, MEASURES = 300, 150, 12, 4000, 10
TRUE = 1.25 * np.array([0.5, 0.42, 0.36, 0.3, 0.22, 0.16, 0.12, 0.1, 0.06, 0.04])
MIXED = np.linalg.cholesky(0.9 * np.eye(MEASURES) + 0.1)


def drawn(draw: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray]:
    risks = draw.normal(size=(number, MEASURES)) @ MIXED.T
    return risks, draw.random(number) < special.expit(-3.1 + risks @ TRUE)


def training(draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """150 accounts of which 12 churned."""
    risks, happened = drawn(draw, 3000)
    rows = np.concatenate(
        [np.flatnonzero(happened)[:CHURNS], np.flatnonzero(~happened)[: ACCOUNTS - CHURNS]]
    )
    return risks[rows], happened[rows]


def loss(odds: np.ndarray, happened: np.ndarray) -> float:
    return float(-np.mean(special.log_expit(np.where(happened, 1, -1) * odds)))


def compare_with_measures(expert: object) -> tuple[float, float]:
    """Mean log loss of the expert's weights, and of the mixture."""
    own, ours = [], []
    for seed in range(RUNS):
        draw = np.random.default_rng(seed)
        risks, happened = training(draw)
        others, left = drawn(draw, OTHERS)
        weights = expert(draw)  # type: ignore[operator]
        prior = scale_prior(weights, risks)
        alone: Fit = fit_weights(risks, happened, prior, 0.0)
        both = average_fits(risks, happened, [prior, scale_prior(np.ones(MEASURES), risks)])
        own.append(loss(alone.intercept + others @ alone.beta, left))
        ours.append(loss(both.intercept + others @ both.beta, left))
    return float(np.mean(own)), float(np.mean(ours))


def test_a_good_expert() -> None:
    own, ours = compare_with_measures(lambda draw: TRUE * np.exp(0.3 * draw.normal(size=MEASURES)))
    print(f"good expert {own:.4f}, mixture {ours:.4f}")
    assert ours - own <= 0.003


def test_a_wrong_expert() -> None:
    """The four strongest measures have no weight."""
    own, ours = compare_with_measures(lambda draw: np.where(np.arange(MEASURES) < 4, 0.0, 1.0))
    print(f"wrong expert {own:.4f}, mixture {ours:.4f}")
    assert own - ours >= 0.02
