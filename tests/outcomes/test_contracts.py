"""Customers by contract, and the ends of contracts, compared with sets of days."""

from __future__ import annotations

import random

import numpy as np
import pytest

from salus.facts.partials.partial import Partial
from salus.facts.spells import CONTRACTS, find_membership, find_spells
from salus.periods.day import NEVER
from tests.oracle.contracts import Contract, ends, is_customer

LAST = 130


def draw_contracts(draw: random.Random) -> list[Contract]:
    """Contracts that adjoin, overlap, pause, never begin, or end as known later."""
    contracts, begun = [], draw.randrange(60)
    for _ in range(draw.randint(0, 5)):
        ended = begun + draw.choice((-2, 0, 1, 2, 10, 25, 40))
        told = ended + draw.choice((-20, -1, 0, 1, 12))
        contracts.append(
            Contract(begun, draw.choice((ended, ended, ended, None)), draw.choice((None, told)))
        )
        begun = ended + draw.choice((-8, 0, 0, 1, 2, 5, 6, 7, 8, 20))
    return contracts


def as_partial(every: list[list[Contract]]) -> Partial:
    rows = sorted(
        (entity, each.begun, *(NEVER if day is None else day for day in each[1:]))
        for entity, contracts in enumerate(every)
        for each in contracts
    )
    arrays = [np.array([row[place] for row in rows], np.int32) for place in range(4)]
    return Partial(
        CONTRACTS, arrays[0], dict(zip(("begun", "ended", "known"), arrays[1:], strict=True))
    )


def members(every: list[list[Contract]], gap: int, at: int) -> set[int]:
    rows = as_partial(every)
    first, last = find_membership(rows, gap)
    return set(rows.entity[(first < at) & (at <= last)].tolist())


def spell_ends(every: list[list[Contract]], gap: int, at: int) -> set[tuple[int, int, int]]:
    spells = find_spells(as_partial(every), gap, at)
    over = spells.ended < NEVER
    columns = (spells.entity, spells.decided, spells.ended)
    return set(zip(*(column[over].tolist() for column in columns), strict=True))


@pytest.mark.parametrize("seed", range(60))
def test_members_and_ends_equal_those_of_sets_of_days(seed: int) -> None:
    draw = random.Random(seed)
    every = [draw_contracts(draw) for _ in range(12)]
    gap = draw.choice((1, 2, 6, 7, 30))
    for at in range(LAST):
        expected = {one for one, own in enumerate(every) if is_customer(own, gap, at)}
        assert members(every, gap, at) == expected, at
    for at in range(0, LAST, 7):
        expected_ends = {
            (one, *pair) for one, own in enumerate(every) for pair in ends(own, gap, at)
        }
        assert spell_ends(every, gap, at) == expected_ends, at


@pytest.mark.parametrize("seed", range(30))
def test_a_split_contract_changes_nothing(seed: int) -> None:
    draw = random.Random(seed)
    every = [[Contract(5, 90, draw.choice((None, 60, 95)))], [Contract(20, None)]]
    for step in (0, 1):  # the next one begins on the last day, or on the day after it
        cut = draw.randint(25, 80)
        split = [[Contract(own[0].begun, cut), own[0]._replace(begun=cut + step)] for own in every]
        for at in range(LAST):
            assert members(split, 30, at) == members(every, 30, at), (cut, at)
        assert spell_ends(split, 30, LAST) == spell_ends(every, 30, LAST)


def test_a_plan_move_on_the_same_day_is_no_end() -> None:
    every = [[Contract(1, 40), Contract(40, None)]]
    assert spell_ends(every, 1, LAST) == set()
    assert all(members(every, 1, at) == {0} for at in range(2, LAST))


@pytest.mark.parametrize("seed", range(30))
def test_the_past_never_sees_the_future(seed: int) -> None:
    """Contracts that begin later, and ends that come or become known later, change nothing."""
    draw = random.Random(seed)
    every = [draw_contracts(draw) for _ in range(10)]
    for at in range(0, LAST, 5):
        known = [
            [
                each
                if each.ended is None or (each.ended if each.decided is None else each.decided) < at
                else each._replace(ended=None, decided=None)
                for each in own
                if each.begun <= at
            ]
            for own in every
        ]
        assert members(known, 7, at) == members(every, 7, at)
        assert spell_ends(known, 7, at) == spell_ends(every, 7, at)


def test_who_comes_back_belongs_to_it_again_and_can_leave_again() -> None:
    every = [[Contract(1, 20), Contract(60, 80)]]
    assert [at for at in range(LAST) if members(every, 30, at)] == [*range(2, 21), *range(61, 81)]
    assert spell_ends(every, 30, LAST) == {(0, 20, 20), (0, 80, 80)}


def test_an_end_that_lies_ahead_is_a_notice() -> None:
    assert spell_ends([[Contract(1, 100)]], 30, 90) == set()
    assert spell_ends([[Contract(1, 100, 50)]], 30, 50) == set()
    assert spell_ends([[Contract(1, 100, 50)]], 30, 51) == {(0, 50, 100)}
    assert all(members([[Contract(1, 100, 50)]], 30, at) == {0} for at in range(2, 101))
