"""The explanation of one cell: its parts sum to the score."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from salus.kernel.values import MeasureValues
from salus.scoring.explanation import display_value, explain, to_json_value, to_number
from salus.scoring.score import score
from tests.scoring.cells import last_value, make_cells, read_model


def test_all_parts_sum_to_the_score() -> None:
    model = read_model("missing_guard: 7d\n")
    cells = make_cells([10, 10], [None, 20], ["good", "good"], waiting=[0, 90])
    scored = score(model, replace(cells, last={"users": last_value([0, None])}))
    for row in range(2):
        why = explain(scored, row)
        parts = sum(each.contribution for each in why.measures)
        parts += sum(each.effect for each in why.held) + sum(each.effect for each in why.caps)
        assert why.score == pytest.approx(parts, abs=1e-9)
    held, capped = explain(scored, 0), explain(scored, 1)
    assert [each.as_dict() for each in held.held] == [
        {"measure": "users", "last_seen": "2024-10-01", "effect": -37.5}
    ]
    assert [each.as_dict() for each in capped.caps] == [
        {"name": "slow", "at_most": 40, "effect": -60}
    ]


def test_each_measure_says_its_value_and_why_it_is_missing() -> None:
    scored = score(read_model(), make_cells([10], [None], ["good"], segment=[0]))
    why = explain(scored, 0)
    assert (why.segment, why.smoothing, why.band) == ("new", None, "healthy")
    assert [each.as_dict() for each in why.measures][:2] == [
        {
            "dimension": "usage",
            "name": "logins",
            "value": 10,
            "points": 100,
            "weight": 1,
            "contribution": 100,
            "missing": None,
        },
        {
            "dimension": "usage",
            "name": "users",
            "value": None,
            "points": None,
            "weight": 0,
            "contribution": 0,
            "missing": "no facts",
        },
    ]
    assert why.dimensions["voice"] == {"score": None, "weight": 0}
    assert [each.as_dict() for each in why.inputs] == [
        {"name": "waiting", "value": 0, "missing": None}
    ]


def test_values_of_each_kind() -> None:
    noon = 20_000.5
    data, reason = np.array([noon, np.nan]), np.zeros(2, dtype=np.uint8)
    assert display_value(MeasureValues(data, reason, "date"), 0) == dt.datetime(2024, 10, 4, 12)
    assert display_value(MeasureValues(data, reason, "date"), 1) is None
    assert display_value(MeasureValues(np.ones(1), reason, "bool"), 0) is True
    assert display_value(MeasureValues(np.ones(1), reason, "text", ("a", "b")), 0) == "b"
    assert display_value(MeasureValues(np.ones(1), reason), 0) == 1.0


def test_midnight_is_written_as_a_date() -> None:
    assert to_json_value(dt.datetime(2024, 10, 4)) == "2024-10-04"
    assert to_json_value(dt.datetime(2024, 10, 4, 12)) == "2024-10-04T12:00:00"
    assert to_json_value("good") == "good"


def test_nan_is_none() -> None:
    assert (to_number(np.nan), to_number(np.float64(2))) == (None, 2.0)
