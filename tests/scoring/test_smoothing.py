"""The arrays behind smoothing and the dead zone."""

from __future__ import annotations

import numpy as np

from salus.scoring.dead_zone import NEVER, DeadZone, bands_before, bands_from_first_score
from salus.scoring.smoothing import smooth, sum_earlier

NAN = np.nan


def test_columns_side_by_side_and_apart_have_the_same_bits() -> None:
    draw = np.random.default_rng(3)
    daily = np.where(draw.random((7, 90)) < 0.2, NAN, 100 * draw.random((7, 90)))
    together = sum_earlier(daily, np.arange(40, 90), 10)
    for column in range(40, 90):
        alone = sum_earlier(daily, np.array([column]), 10)
        assert [one.tobytes() for one in alone] == [
            one[:, [column - 40]].tobytes() for one in together
        ]
    apart = sum_earlier(daily, np.array([41, 60, 89]), 10)
    assert [one.tobytes() for one in apart] == [one[:, [1, 20, 49]].tobytes() for one in together]


def test_without_a_score_today_there_is_none() -> None:
    assert np.isnan(smooth(np.array([NAN]), np.array([40.0]), np.array([0.6]))).all()


def test_a_clear_score_has_one_band_whatever_came_before() -> None:
    zone, scores = DeadZone((75.0, 50.0), 3.0), np.arange(0, 100.5, 0.5)
    clear = zone.clear(scores)
    for before in range(-1, 3):
        shown = zone.step(np.full(len(scores), before, dtype=np.int8), scores)
        assert (shown[clear] == zone.plain(scores)[clear]).all()
    assert (~clear).sum() == 2 * 11


def test_a_mean_a_hair_below_the_edge_reaches_it() -> None:
    assert DeadZone((75.0,), 3.0).step(np.array([1], np.int8), np.array([78 - 1e-12])).tolist() == [
        0
    ]


def test_what_lies_before_a_gap_is_forgotten() -> None:
    scores, days = np.array([[80.0, 74.0, 74.0, 74.0]]), np.array([10, 11, 20, 21], dtype=np.int32)
    bands, since = bands_before(DeadZone((75.0, 50.0), 3.0), scores, days)
    assert bands.tolist() == [[-1, 0, -1, 1]]
    assert since.tolist() == [[NEVER, 10, NEVER, NEVER]]


def test_from_the_first_score_of_the_days_before() -> None:
    scores = np.array([[80.0, NAN, 76.0, 74.0, 73.0]])
    zone, row = DeadZone((75.0, 50.0), 3.0), np.array([0])
    assert [
        bands_from_first_score(zone, scores, row, np.array([4]), back).tolist()
        for back in (4, 3, 1)
    ] == [[0], [0], [1]]
