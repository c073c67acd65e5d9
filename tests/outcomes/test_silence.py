"""Every silence, and the return from it, against a walk day by day."""

from __future__ import annotations

import random

import numpy as np
import pytest

from salus.outcomes.inactivity import Silences, all_silences
from salus.periods.day import NEVER


def walked(facts: list[tuple[int, int, int]], wait: int, end: int) -> list[tuple[int, int, int]]:
    """Every evening: of the facts known by then, are there none in the last `wait` days, and one
    before?
    """
    found: list[tuple[int, int, int]] = []
    for entity in sorted({one for one, _, _ in facts}):
        since: int | None = None
        for day in range(end):
            begun = [begun for one, begun, known in facts if one == entity and known <= day]
            silent = bool(begun) and max(begun) <= day - wait
            if silent and since is None:
                since = day
            if not silent and since is not None:
                found.append((entity, since, day))
                since = None
        if since is not None:
            found.append((entity, since, NEVER))
    return found


def quiet(facts: list[tuple[int, int, int]], wait: int, end: int) -> Silences:
    """As the query hands them over: of the facts known on one day the newest begun."""
    newest: dict[tuple[int, int], int] = {}
    for one, begun, known in facts:
        newest[one, known] = max(begun, newest.get((one, known), begun))
    rows = sorted(newest, key=lambda _: random.random())
    entity, known = (np.array([row[place] for row in rows]) for place in (0, 1))
    return all_silences(
        entity.astype(np.int64),
        np.array([newest[row] for row in rows], np.int32),
        known.astype(np.int32),
        wait,
        end,
    )


def as_rows(found: Silences) -> list[tuple[int, int, int]]:
    return list(zip(found.entity.tolist(), found.day.tolist(), found.back.tolist(), strict=True))


@pytest.mark.parametrize("late", [0, 12, 40])
@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_a_walk_finds(seed: int, late: int) -> None:
    draw = random.Random(seed)
    facts = [
        (draw.randrange(6), begun, begun + draw.randint(0, late))
        for begun in (draw.randrange(80) for _ in range(40))
    ]
    wait, end = draw.randint(1, 20), draw.randint(60, 100)
    assert as_rows(quiet(facts, wait, end)) == walked(facts, wait, end)


def test_who_returns_and_falls_silent_again_has_two() -> None:
    assert as_rows(quiet([(0, 1, 1), (0, 30, 30)], 7, 100)) == [(0, 8, 30), (0, 37, NEVER)]


def test_a_fact_of_long_ago_that_is_recorded_late_ends_no_silence() -> None:
    assert as_rows(quiet([(0, 10, 10), (0, 2, 40), (0, 60, 60)], 7, 64)) == [(0, 17, 60)]


def test_nothing_at_all_is_no_silence() -> None:
    nothing = np.zeros(0, np.int32)
    assert as_rows(all_silences(nothing.astype(np.int64), nothing, nothing, 7, 100)) == []
