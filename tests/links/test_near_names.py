"""Unknown names that look like known ones, against every pair compared one by one."""

from __future__ import annotations

import time
from random import Random

import pytest

from salus.model.key_functions.near_names import MOST_KNOWN, find_near_names


@pytest.mark.parametrize(
    ("unknown", "known"),
    [
        ("ashthorpe pack", "ashthorpe packaging"),  # Ashthorpe Pack.
        ("int nordwind", "international nordwind"),
        ("nord wind", "nordwind"),
        ("nordwimd", "nordwind"),
        ("nordwnid", "nordwind"),
        ("boehhorst-anlagenbau.example", "boehorst-anlagenbau.example"),
        ("nordwind.com", "nordwind.de"),
        ("shop.nordwind.de", "nordwind.com"),
        ("nordwind hamburg", "nordwind"),
        ("nordwind", "nordwind hamburg"),
    ],
)
def test_near(unknown: str, known: str) -> None:
    assert find_near_names([unknown], [known, "suedsee", "ostmeer.de"]) == {unknown: (known,)}


@pytest.mark.parametrize(
    ("unknown", "known"),
    [
        ("customer 17", "customer 18"),
        ("00000017", "00000018"),
        ("devicefeabc12345678", "devicefeabc12345679"),
        ("nord", "nordwind"),
        ("meyer holz", "meyer stahl"),
        ("mail.example.com", "mail.nordwind.com"),
        ("nordwind", "nordwind"),
        ("a b c d e", "a b c d f g"),
        ("", "nordwind"),
    ],
)
def test_not_near(unknown: str, known: str) -> None:
    assert find_near_names([unknown], [known]) == {}


def test_the_strictest_rule_decides() -> None:
    known = ["nordwind", "nordwind hamburg", "nordwint"]
    assert find_near_names(["nord wind"], known) == {"nord wind": ("nordwind",)}
    assert find_near_names(["nordwin"], known) == {"nordwin": ("nordwind", "nordwint")}


def distance(one: str, other: str) -> int:
    """Signs to insert, delete or replace."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


@pytest.mark.parametrize("seed", range(5))
def test_every_slip_is_found_and_nothing_far(seed: int) -> None:
    random = Random(seed)

    def word(low: int, high: int) -> str:
        return "".join(random.choice("abc") for _ in range(random.randint(low, high)))

    known = sorted({word(5, 7) for _ in range(60)})
    unknown = sorted({word(5, 7) for _ in range(60)} - set(known))
    near = find_near_names(unknown, known)
    for name in unknown:
        close = {other for other in known if distance(name, other) == 1}
        found = set(near.get(name, ()))
        assert close <= found, name
        assert all(distance(name, other) <= 2 for other in found), name


def test_many_names_take_little_time() -> None:
    random = Random(1)

    def name() -> str:
        return " ".join(
            "".join(random.choice("abcdefghijklmnopr") for _ in range(random.randint(4, 9)))
            for _ in range(2)
        )

    known = [name() for _ in range(2 * MOST_KNOWN)]
    same_beginning = [f"nordwind {each}" for each in known]
    for every in (known, same_beginning):
        begun = time.process_time()
        find_near_names((each[:-2] for each in every), every)
        assert time.process_time() - begun < 5
