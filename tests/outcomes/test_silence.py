"""The first silence against a walk day by day."""

from __future__ import annotations

import random

import numpy as np
import pytest

from salus.outcomes.silence import first_silences


def walked(facts: list[tuple[int, int, int]], wait: int, end: int) -> dict[int, int]:
    """Every evening: of the facts known by then, are there none in the last `wait` days, and one before?"""
    found: dict[int, int] = {}
    for entity in {one for one, _, _ in facts}:
        for day in range(end):
            begun = [begun for one, begun, known in facts if one == entity and known <= day]
            if begun and max(begun) <= day - wait:
                found[entity] = day
                break
    return found


@pytest.mark.parametrize("late", [0, 12])
@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_a_walk_finds(seed: int, late: int) -> None:
    draw = random.Random(seed)
    facts = [(draw.randrange(6), begun, begun + draw.randint(0, late)) for begun in (draw.randrange(80) for _ in range(40))]
    entity, begun, known = (np.array(column) for column in zip(*facts, strict=True))
    wait, end = draw.randint(1, 20), draw.randint(60, 100)
    who, day = first_silences(entity.astype(np.int64), begun, known, wait, end)
    assert dict(zip(who.tolist(), day.tolist(), strict=True)) == walked(facts, wait, end)


def test_what_comes_back_later_was_silent_all_the_same() -> None:
    """A walk that knew the last fact of all would not have dated it on day 8."""
    who, day = first_silences(np.array([0, 0]), np.array([1, 90]), np.array([1, 90]), 7, 100)
    assert (who.tolist(), day.tolist()) == ([0], [8])


def test_nothing_at_all_is_no_silence() -> None:
    who, _ = first_silences(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32), 7, 100)
    assert len(who) == 0
