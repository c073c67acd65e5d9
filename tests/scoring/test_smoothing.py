"""The weighted mean of daily scores."""

from __future__ import annotations

import numpy as np

from salus.scoring.smoothing import smooth, sum_earlier

NAN = np.nan


def test_columns_side_by_side_and_apart_have_the_same_bits() -> None:
    draw = np.random.default_rng(3)
    daily = np.where(draw.random((7, 90)) < 0.2, NAN, 100 * draw.random((7, 90)))
    together = sum_earlier(daily, np.arange(40, 90), 10)
    for column in range(40, 90):
        alone = sum_earlier(daily, np.array([column]), 10)
        assert [array.tobytes() for array in alone] == [
            array[:, [column - 40]].tobytes() for array in together
        ]
    apart = sum_earlier(daily, np.array([41, 60, 89]), 10)
    assert [array.tobytes() for array in apart] == [
        array[:, [1, 20, 49]].tobytes() for array in together
    ]


def test_without_a_score_today_there_is_none() -> None:
    assert np.isnan(smooth(np.array([NAN]), np.array([40.0]), np.array([0.6]))).all()
