"""Points, dimensions, score, guard, caps and bands, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.errors import ModelError
from salus.kernel.cells import SmoothingState
from salus.kernel.values import NO_FACTS, UNKNOWN_WORD
from salus.scoring.bands import find_bands, reaches
from salus.scoring.score import score, score_uncapped
from salus.scoring.weights import dimension_weights
from tests.scoring.cells import last_value, make_cells, numbers, read_model


def test_the_score_is_the_weighted_mean_of_the_dimensions() -> None:
    scored = score(read_model(), make_cells([10], [10], ["bad"]))
    # usage: (100 + 50) / 2 = 75, voice: 0; weights 3 and 1
    assert scored.main.dimensions["usage"].tolist() == [75]
    assert scored.main.dimensions["voice"].tolist() == [0]
    assert scored.score.tolist() == [56.25]
    assert scored.band_name(int(scored.band[0])) == "watch"
    assert scored.main.coverage.tolist() == [1]


def test_contributions_sum_to_the_score() -> None:
    scored = score(read_model(), make_cells([3, 7, None], [1, None, 5], ["good", "bad", "good"]))
    total = sum(scored.main.contributions.values())
    assert np.allclose(total, scored.main.score)
    assert np.allclose(sum(scored.main.weights.values()), 1)


def test_a_missing_measure_takes_no_part() -> None:
    scored = score(read_model(), make_cells([None, None], [10, None], ["good", None]))
    # the first: usage is 50 by users alone; (3 * 50 + 100) / 4
    assert scored.score[0] == 62.5
    assert scored.main.weights["logins"].tolist() == [0, 0]
    assert scored.reason["logins"].tolist() == [NO_FACTS, NO_FACTS]
    assert np.isnan(scored.score[1])
    assert scored.band_name(int(scored.band[1])) == "unknown"


def test_too_little_coverage_gives_no_band() -> None:
    scored = score(read_model("min_coverage: 0.6\n"), make_cells([10], [None], [None]))
    assert scored.score.tolist() == [100]
    assert scored.main.coverage.tolist() == [0.375]
    assert scored.band.tolist() == [-1]


def test_a_word_without_points_is_missing_for_that_reason() -> None:
    scored = score(read_model(), make_cells([10], [20], ["odd"]))
    assert scored.reason["mood"].tolist() == [UNKNOWN_WORD]
    assert scored.score.tolist() == [100]


@pytest.mark.parametrize(("choice", "expected"), [("bad", 75), ("neutral", 87.5), ("good", 100)])
def test_a_missing_measure_can_count_as_an_assumed_value(choice: str, expected: float) -> None:
    model = read_model(
        replace={
            "points: {good: 100, bad: 0}": f"points: {{good: 100, bad: 0}}, if_missing: {choice}"
        }
    )
    scored = score(model, make_cells([10], [20], [None]))
    assert scored.score.tolist() == [expected]
    assert scored.main.coverage.tolist() == [0.75]


def test_a_held_value_stands_in_for_a_missing_one() -> None:
    model = read_model(replace={"good: 20}": "good: 20, if_missing: hold 9d}"})
    cells = replace(make_cells([10], [None], ["good"]), held={"users": last_value([10])})
    assert score(model, cells).main.dimensions["usage"].tolist() == [75]


def test_a_segment_leaves_out_a_dimension() -> None:
    scored = score(read_model(), make_cells([10, 10], [10, 10], ["bad", "bad"], segment=[0, -1]))
    assert scored.score.tolist() == [75, 56.25]
    assert np.isnan(scored.main.dimensions["voice"][0])
    assert scored.main.shares["voice"].tolist() == [0, 0.25]


def test_a_segment_has_its_own_weights_and_curves() -> None:
    own = "without: [voice], weights: {usage: 1}, measures: {logins: {bad: 0, good: 5}}"
    model = read_model(replace={"without: [voice]": own})
    assert dimension_weights(model, None, 0) == {"usage": 1}
    assert dimension_weights(model, None, -1) == {"usage": 3, "voice": 1}
    assert dimension_weights(model, model.scores[0], 0) == {"usage": 1}
    scored = score(model, make_cells([5, 5], [20, 20], ["bad", "bad"], segment=[0, -1]))
    assert scored.points["logins"].tolist() == [100, 50]


def test_a_further_score_has_its_own_weights() -> None:
    scored = score(read_model(), make_cells([10], [10], ["bad"]))
    assert scored.further["activity"].guarded.tolist() == [75]
    assert scored.further_band["activity"].tolist() == [0]


def test_the_lowest_cap_limits_the_score() -> None:
    more = {"at_most: 40}": 'at_most: 40}\n  - {name: slower, when: "waiting > 60", at_most: 20}'}
    model = read_model(replace=more)
    cells = make_cells([10] * 3, [20] * 3, ["good"] * 3, waiting=[0, 40, 90])
    cells = replace(cells, capped={**cells.capped, "slower": np.array([False, False, True])})
    scored = score(model, cells)
    assert scored.score.tolist() == [100, 40, 20]
    assert scored.cap.tolist() == [-1, 0, 1]
    assert scored.cap_effect.tolist() == [0, -60, -80]
    assert scored.band.tolist() == [0, 2, 2]


def test_a_cap_above_the_score_has_no_effect() -> None:
    scored = score(read_model(), make_cells([0], [0], ["bad"], waiting=[40]))
    assert (scored.cap.tolist(), scored.cap_effect.tolist()) == ([-1], [0])


def test_the_guard_uses_a_last_value_only_if_it_lowers_the_score() -> None:
    model = read_model("missing_guard: 7d\n")
    cells = replace(
        make_cells([10, 10], [20, 20], [None, None]),
        last={"users": last_value([0, 0]), "logins": last_value([None, None])},
    )
    values = {**cells.values, "users": numbers([None, None]), "mood": cells.values["mood"]}
    low = score(model, replace(cells, values=values))
    assert low.main.score.tolist() == [100, 100]
    assert low.main.held["users"].tolist() == [-50, -50]
    assert low.score.tolist() == [50, 50]
    high = replace(cells, values=values, last={"users": last_value([20, 20])})
    assert score(model, high).main.held["users"].tolist() == [0, 0]


def test_the_uncapped_score_equals_the_guarded_one() -> None:
    model = read_model("missing_guard: 7d\n")
    cells = replace(
        make_cells([4, 10, None], [None, 20, None], ["good", "bad", None], waiting=[90, 0, 0]),
        last={"users": last_value([0, 5, 1])},
    )
    assert np.allclose(
        score_uncapped(model, cells), score(model, cells).main.guarded, equal_nan=True
    )


def test_smoothing_adds_the_days_before() -> None:
    model = read_model("smooth: {half_life: 1w}\n")
    past = SmoothingState(np.array([40.0]), np.array([1.0]), np.array([-1], dtype=np.int8))
    scored = score(model, replace(make_cells([10], [20], ["good"]), past=past))
    assert scored.score.tolist() == [70]  # (100 + 40) / 2
    assert scored.smoothing.tolist() == [-30]


def test_a_dead_zone_keeps_the_band_of_the_day_before() -> None:
    model = read_model("dead_zone: 5\n")
    past = SmoothingState(np.zeros(3), np.zeros(3), np.array([1, 0, 0], dtype=np.int8))
    # 77.5 is inside the zone around 75; the third is capped, which acts at once
    cells = make_cells([10] * 3, [11] * 3, ["good"] * 3, waiting=[0, 0, 40])
    cells = replace(cells, past=past)
    assert score(model, cells).main.score[0] == pytest.approx(83.125)
    cells = replace(cells, values={**cells.values, "users": numbers([8, 8, 8])})
    scored = score(model, cells)
    assert scored.main.score.tolist() == [77.5] * 3
    assert scored.band.tolist() == [1, 0, 2]


def test_percentiles_without_numbers_are_refused() -> None:
    percentiles = {"bad: 0, good: 10}": "bad: p10, good: p90}"}
    model = read_model("reference: 2026-01-31\n", percentiles)
    with pytest.raises(ModelError, match="percentiles that have no numbers yet"):
        score(model, make_cells([1], [1], ["good"]))


def test_limits_are_compared_to_nine_decimals() -> None:
    assert reaches(np.array([75 - 1e-12, 75 - 1e-6]), 75).tolist() == [True, False]
    bands = (("top", 75.0), ("low", 0.0))
    assert find_bands(np.array([75 - 1e-12, 10, np.nan]), np.ones(3), bands, 0.5).tolist() == [
        0,
        1,
        -1,
    ]
