"""Probabilities: fitted on the past alone, and right where the world is as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special

from salus.insight.statistics.calibration import calibration, calibration_error
from salus.insight.statistics.walk_forward import fit_logistic, predict_forward, split_forward
from tests.insight.test_deciles import panel


def test_it_is_the_maximum_of_the_likelihood() -> None:
    draw = np.random.default_rng(3)
    score = draw.uniform(0, 100, 500)
    had_outcome = draw.random(500) < special.expit(1 - 0.05 * score)
    best = optimize.minimize(
        lambda b: (
            -np.sum(special.log_expit(np.where(had_outcome, 1, -1) * (b[0] + b[1] * score / 100)))
        ),
        [0, 0],
        tol=1e-10,
    )
    intercept, slope = fit_logistic(score, had_outcome)
    assert (intercept, 100 * slope) == pytest.approx(tuple(best.x), abs=1e-4)


def test_nothing_is_fitted_on_horizons_that_are_not_over() -> None:
    rows = panel(1, lambda score: special.expit(-1 - 0.02 * score), dates=14)
    parts = list(split_forward(rows, 90))
    assert parts
    for before, now in parts:
        assert (rows.day[before] + 90).max() <= rows.day[now].min()


def test_what_comes_later_changes_no_probability() -> None:
    rows = panel(1, lambda score: special.expit(-1 - 0.02 * score), dates=14)
    first = rows.at(np.flatnonzero(rows.day < 300))
    predicted, less = predict_forward(rows, 90)[rows.day < 300], predict_forward(first, 90)
    np.testing.assert_array_equal(predicted, less)
    assert np.isnan(predicted).any() and not np.isnan(predicted).all()


def test_right_probabilities_have_slope_one_and_no_more_error_than_chance() -> None:
    draw = np.random.default_rng(5)
    right = draw.uniform(0.02, 0.4, 6000)
    had_outcome = draw.random(6000) < right
    calibrated = calibration(right, had_outcome, np.arange(6000))
    assert (
        calibrated is not None and calibrated.ece is not None and calibrated.ece_floor is not None
    )
    assert 1 in calibrated.slope and 0 in calibrated.intercept
    assert calibrated.ece < 2 * calibrated.ece_floor
    assert sum(bin_.rows for bin_ in calibrated.bins) == 6000
    far = calibration(np.clip(3 * right, 0, 0.99), had_outcome, np.arange(6000))
    assert far is not None and far.ece is not None and far.ece > 5 * calibrated.ece_floor
    assert 1 not in far.slope or 0 not in far.intercept


def test_the_calibration_error_by_hand() -> None:
    """Two groups: .2 predicted and none had it, .8 predicted and all had it; each is .2 away."""
    assert calibration_error(
        np.repeat([0.2, 0.8], 10), np.repeat([False, True], 10)
    ) == pytest.approx(0.2)


def test_too_few_rows_say_nothing() -> None:
    assert calibration(np.full(10, 0.5), np.arange(10) % 2 == 0, np.arange(10)) is None
    assert calibration(np.full(100, np.nan), np.arange(100) % 2 == 0, np.arange(100)) is None
