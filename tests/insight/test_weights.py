"""Learned weights: known figures, and what must hold whatever the data."""

from __future__ import annotations

import numpy as np
import pytest

from salus.insight.learning.weights import average_fits, fit_weights, scale_prior

ROWS = np.array(
    [
        (1, 0),
        (0.5, 1),
        (-1, 0.5),
        (0, -1),
        (1.5, 1),
        (-0.5, -0.5),
        (0.2, 1.2),
        (-1.2, -1),
        (0.8, -0.3),
        (0, 0),
        (1, 1),
        (-0.7, 0.9),
    ]
)
CAME = np.array([1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0], dtype=bool)
EXPERT, EQUAL = np.array([0.8, 0.2]), np.ones(2) / np.sqrt(2)


@pytest.mark.parametrize(
    ("prior", "tau", "intercept", "beta", "evidence"),
    [
        (EXPERT, 0, -0.6218, (1.0729, 0.2682), -6.8463),
        (EXPERT, 0.4, -0.6147, (1.2081, 0.1222), -6.8241),
        (EXPERT, 1.6, -0.7742, (1.8613, 0), -7.0737),
        (EQUAL, 0, -0.6753, (0.7103, 0.7103), -7.8499),
        (EQUAL, 0.4, -0.6538, (0.9083, 0.5041), -7.6899),
        (EQUAL, 1.6, -0.7569, (1.8072, 0), -7.2722),
    ],
)
def test_known_fits(
    prior: np.ndarray, tau: float, intercept: float, beta: tuple[float, float], evidence: float
) -> None:
    fit = fit_weights(ROWS, CAME, prior, tau)
    assert (fit.intercept, *fit.beta, fit.evidence) == pytest.approx(
        (intercept, *beta, evidence), abs=2e-3
    )


def test_the_known_mixture() -> None:
    fit = average_fits(ROWS, CAME, [EXPERT, EQUAL])
    assert (fit.intercept, *fit.beta) == pytest.approx((-0.6581, 1.2326, 0.2244), abs=2e-3)


def test_no_sign_is_turned() -> None:
    draw = np.random.default_rng(2)
    risks = draw.normal(size=(400, 4))
    had_outcome = draw.random(400) < 1 / (
        1 + np.exp(2 + risks[:, 0] - risks[:, 1])
    )  # the first column is a good sign after all
    fit = average_fits(risks, had_outcome, [scale_prior(np.ones(4), risks)])
    assert (fit.beta >= 0).all() and fit.beta[1] > fit.beta[0]


def test_a_prior_of_unit_size() -> None:
    risks = np.random.default_rng(3).normal(size=(200, 3)) @ np.array(
        [[1, 0.5, 0], [0, 1, 0.3], [0, 0, 1]]
    )
    risks = (risks - risks.mean(axis=0)) / risks.std(axis=0)
    assert np.std(risks @ scale_prior(np.array([3.0, 1.0, 2.0]), risks)) == pytest.approx(
        1, abs=1e-9
    )
