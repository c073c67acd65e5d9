"""Every silence and its end, compared with a search day by day."""

from __future__ import annotations

import random

import numpy as np
import pytest

from salus.outcomes.inactivity import Silences, all_silences
from salus.periods.day import NEVER


def search_daily(
    facts: list[tuple[int, int, int]], wait: int, end: int
) -> list[tuple[int, int, int]]:
    """Asks on each day: did every fact known by then begin at least `wait` days ago?"""
    silences: list[tuple[int, int, int]] = []
    for entity in sorted({owner for owner, _, _ in facts}):
        since: int | None = None
        for day in range(end):
            begun = [begun for owner, begun, known in facts if owner == entity and known <= day]
            silent = bool(begun) and max(begun) <= day - wait
            if silent and since is None:
                since = day
            if not silent and since is not None:
                silences.append((entity, since, day))
                since = None
        if since is not None:
            silences.append((entity, since, NEVER))
    return silences


def find(facts: list[tuple[int, int, int]], wait: int, end: int) -> Silences:
    """Passes the facts as the query does: for each day known, the latest day begun."""
    newest: dict[tuple[int, int], int] = {}
    for owner, begun, known in facts:
        newest[owner, known] = max(begun, newest.get((owner, known), begun))
    rows = sorted(newest, key=lambda _: random.random())
    entity, known = (np.array([row[place] for row in rows]) for place in (0, 1))
    return all_silences(
        entity.astype(np.int64),
        np.array([newest[row] for row in rows], np.int32),
        known.astype(np.int32),
        wait,
        end,
    )


def as_rows(silences: Silences) -> list[tuple[int, int, int]]:
    return list(
        zip(silences.entity.tolist(), silences.day.tolist(), silences.back.tolist(), strict=True)
    )


@pytest.mark.parametrize("late", [0, 12, 40])
@pytest.mark.parametrize("seed", range(40))
def test_silences_equal_those_of_a_daily_search(seed: int, late: int) -> None:
    draw = random.Random(seed)
    facts = [
        (draw.randrange(6), begun, begun + draw.randint(0, late))
        for begun in (draw.randrange(80) for _ in range(40))
    ]
    wait, end = draw.randint(1, 20), draw.randint(60, 100)
    assert as_rows(find(facts, wait, end)) == search_daily(facts, wait, end)


def test_an_entity_can_fall_silent_twice() -> None:
    assert as_rows(find([(0, 1, 1), (0, 30, 30)], 7, 100)) == [(0, 8, 30), (0, 37, NEVER)]


def test_an_old_fact_that_is_recorded_late_does_not_end_a_silence() -> None:
    assert as_rows(find([(0, 10, 10), (0, 2, 40), (0, 60, 60)], 7, 64)) == [(0, 17, 60)]


def test_without_facts_there_is_no_silence() -> None:
    nothing = np.zeros(0, np.int32)
    assert as_rows(all_silences(nothing.astype(np.int64), nothing, nothing, 7, 100)) == []
