"""The rows of a panel, and their outcomes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from salus.insight.validation.panel import OutcomeWindow, build_rows, join_panels
from salus.outcomes.events import OutcomeEvents


def scored(entity: list[int], day: list[int]) -> Any:
    """What build_rows reads of scored cells."""
    size = len(entity)
    cells = SimpleNamespace(
        entity=np.array(entity), day=np.array(day, np.int32), segment=np.zeros(size, np.int16)
    )
    return SimpleNamespace(
        cells=cells,
        score=np.arange(size, dtype=float),
        band=np.zeros(size, np.int8),
        model=SimpleNamespace(measures=()),
        points={},
        reason={},
    )


def test_labels_and_horizons_that_are_not_over() -> None:
    """Facts end after day 48, the horizon is 3 days: rows from day 47 on are left out, also of who
    left by then.
    """
    events = OutcomeEvents(
        np.array([0, 1]), np.array([45, 48], np.int32), np.array([45, 48], np.int32), once=True
    )
    rows = build_rows(
        scored([0] * 4 + [1] * 5 + [2] * 2, [42, 43, 45, 46, 44, 45, 46, 47, 48, 46, 47]),
        None,
        OutcomeWindow(events, 3, 49),
        0,
    )
    assert list(
        zip(rows.entity.tolist(), rows.day.tolist(), rows.had_outcome.tolist(), strict=True)
    ) == [
        (0, 42, False),
        (0, 43, True),
        (0, 45, True),
        (1, 44, False),
        (1, 45, False),
        (1, 46, True),
        (2, 46, False),
    ]
    assert rows.events == 2


def test_parts_joined_are_the_whole() -> None:
    events = OutcomeEvents(
        np.array([0, 1]), np.array([45, 48], np.int32), np.array([45, 48], np.int32)
    )
    whole = build_rows(scored([0, 1], [10, 10]), None, OutcomeWindow(events, 3, 49), 0)
    parts = join_panels(
        [
            build_rows(scored([0], [10]), None, OutcomeWindow(events, 3, 49), 0),
            build_rows(scored([0], [10]), None, OutcomeWindow(events, 3, 49), 1),
        ]
    )
    assert (
        parts.entity.tolist() == whole.entity.tolist()
        and parts.when.tolist() == whole.when.tolist()
    )


@pytest.mark.parametrize("horizon", [1, 7, 30])
def test_labels_are_what_counting_days_says(horizon: int) -> None:
    draw = np.random.default_rng(horizon)
    entity, days = np.repeat(np.arange(20), 30), np.tile(np.arange(30), 20)
    had_outcome = {key: int(draw.integers(0, 60)) for key in range(0, 20, 2)}
    events = OutcomeEvents(
        np.array(sorted(had_outcome)),
        *([np.array([had_outcome[key] for key in sorted(had_outcome)], np.int32)] * 2),
        once=True,
    )
    rows = build_rows(
        scored(entity.tolist(), days.tolist()), None, OutcomeWindow(events, horizon, 45), 0
    )
    expected = [
        (key, day, any(had_outcome.get(key, -1) == day + back for back in range(horizon)))
        for key, day in zip(entity.tolist(), days.tolist(), strict=True)
        if day + horizon <= 45 and not had_outcome.get(key, 99) < day
    ]
    assert (
        list(zip(rows.entity.tolist(), rows.day.tolist(), rows.had_outcome.tolist(), strict=True))
        == expected
    )
