"""The dead zone: which band a score has after the days before it."""

from __future__ import annotations

import numpy as np

from salus.scoring.dead_zone import NEVER, DeadZone, bands_before, bands_from_first_score

NAN = np.nan


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


def test_after_a_gap_the_band_before_is_not_known() -> None:
    scores, days = np.array([[80.0, 74.0, 74.0, 74.0]]), np.array([10, 11, 20, 21], dtype=np.int32)
    bands, since = bands_before(DeadZone((75.0, 50.0), 3.0), scores, days)
    assert bands.tolist() == [[-1, 0, -1, 1]]
    assert since.tolist() == [[NEVER, 10, NEVER, NEVER]]


def test_the_first_score_of_the_days_before_has_its_plain_band() -> None:
    scores = np.array([[80.0, NAN, 76.0, 74.0, 73.0]])
    zone, row = DeadZone((75.0, 50.0), 3.0), np.array([0])
    found = [bands_from_first_score(zone, scores, row, np.array([4]), back) for back in (4, 3, 1)]
    assert [bands.tolist() for bands, _ in found] == [[0], [0], [1]]
    assert [first.tolist() for _, first in found] == [[4], [2], [1]]
