"""The smallest realistic change that reaches the next better band."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.kernel.cells import Cells, SmoothingState
from salus.model.curve import Curve
from salus.model.model import Model
from salus.scoring.next_band import BandStep, find_crossings, steps_to_next_band
from salus.scoring.score import score
from tests.scoring.cells import make_cells, numbers, read_model

GOOD = 10  # entities with the best values, which make every value realistic


def steps(
    model: Model, logins: float | None, users: float | None, mood: str, waiting: float = 0
) -> tuple[BandStep, ...] | None:
    """The way of the first entity, beside many good ones."""
    cells = make_cells(
        [logins] + [10] * GOOD,
        [users] + [20] * GOOD,
        [mood] + ["good"] * GOOD,
        [waiting] + [0] * GOOD,
    )
    return steps_to_next_band(score(model, cells), 0)


def test_the_best_band_needs_nothing_and_no_band_has_no_way() -> None:
    assert steps(read_model(), 10, 20, "good") == ()
    cells = make_cells([None, 10], [None, 20], [None, "good"])
    assert steps_to_next_band(score(read_model(), cells), 0) is None


def test_one_measure_moves_only_as_far_as_needed() -> None:
    found = steps(read_model(), 4, 10, "good")
    # today 3/4 * (40 + 50) / 2 + 25 = 58.75; 75 needs 8.34 logins or 18.67 users
    assert found is not None
    assert [(step.measure, step.start) for step in found] == [("logins", 4)]
    assert found[0].to == 9
    assert found[0].as_dict() == {"measure": "logins", "from": 4, "to": 9, "gain": 18.75}


def test_several_measures_move_if_none_is_enough() -> None:
    found = steps(read_model(), 0, 0, "bad")
    assert found is not None
    # 50 needs 66.7 points of usage: one measure gives at most 50
    assert {step.measure for step in found} == {"logins", "users"}
    assert sum(step.gain for step in found) >= 50


def test_a_value_gets_no_better_than_that_of_the_best_tenth() -> None:
    cells = make_cells([0] * 5 + [4], [0] * 5 + [8], ["bad"] * 6)
    assert steps_to_next_band(score(read_model(), cells), 0) is None


def test_a_cap_is_lifted_first() -> None:
    found = steps(read_model(), 10, 20, "good", waiting=45)
    assert found == (BandStep("waiting", 45, 30, 60),)


@pytest.mark.parametrize(
    ("when", "measure", "to"),
    [
        ("waiting >= 30", "waiting", 29),
        ("not (waiting <= 30)", "waiting", 30),
        ("waiting > 30 and logins < 11", "logins", 11),
        ("waiting > 30 or waiting > 60", "waiting", 30),
        ("waiting = 45", "waiting", 46),
    ],
)
def test_a_condition_becomes_false_by_the_smallest_change(
    when: str, measure: str, to: float
) -> None:
    found = steps(with_cap(when), 10, 20, "good", waiting=45)
    assert [(step.measure, step.to) for step in found or ()] == [(measure, to)]


def test_a_cap_on_an_attribute_cannot_be_lifted() -> None:
    model = with_cap("size > 5", "size: {value: seats}, ")
    cells = make_cells([10], [20], ["good"])
    cells = replace(
        cells, values={**cells.values, "size": numbers([9])}, capped={"slow": np.array([True])}
    )
    assert steps_to_next_band(score(model, cells), 0) is None


def with_cap(when: str, inputs: str = "") -> Model:
    return read_model(replace={"waiting > 30": when, "inputs: {": "inputs: {" + inputs})


def test_a_condition_between_measures_cannot_be_lifted() -> None:
    assert steps(with_cap("waiting > logins"), 10, 20, "good", waiting=45) is None


def test_a_dead_zone_must_be_passed_too() -> None:
    def reach(model: Model, cells: Cells) -> float:
        found = steps_to_next_band(score(model, cells), 0)
        assert found is not None
        return found[0].to

    cells = make_cells([4] + [10] * GOOD, [10] + [20] * GOOD, ["good"] * (GOOD + 1))
    size = GOOD + 1
    past = SmoothingState(np.zeros(size), np.zeros(size), np.full(size, -1, dtype=np.int8))
    assert reach(read_model(), cells) == 9
    assert reach(read_model("dead_zone: 3\n"), replace(cells, past=past)) == 10


def test_words_and_missing_values_do_not_move() -> None:
    found = steps(read_model(), 4, None, "bad")
    # usage counts by logins alone: 3/4 * 40 = 30; 50 needs 6.67 logins
    assert [(step.measure, step.to) for step in found or ()] == [("logins", 7)]


def test_crossings_of_a_curve() -> None:
    curve = Curve(((0.0, 0.0), (10.0, 100.0), (20.0, 0.0)))
    assert find_crossings(curve, 50) == [5, 15, 10]
    assert find_crossings(curve, 100) == [10]
