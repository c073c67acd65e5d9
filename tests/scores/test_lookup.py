"""An entity by its key or its label."""

from __future__ import annotations

import datetime as dt

import pytest

from salus.errors import UsageError
from salus.scores.entity_lookup import MAX_NAMES, find_row, match_row

IDS = ["A-1", "A-2", "17"]
LABELS = ["Nordwind GmbH", None, "Søborg"]
DATE = dt.date(2025, 11, 20)


def test_a_key_comes_before_a_label() -> None:
    assert match_row("A-2", IDS, ["A-2", None, None]) == 1
    assert match_row("Søborg", IDS, LABELS) == 2
    assert match_row("B", IDS, LABELS) is None


def test_a_number_with_decimals_is_the_same_key() -> None:
    assert match_row("17.0", IDS, LABELS) == 2


def test_a_label_of_two_entities_is_refused() -> None:
    with pytest.raises(UsageError, match="is the label of 2: A-1, A-2"):
        match_row("Twin", IDS, ["Twin", "Twin", None])


def test_parts_of_names_are_listed() -> None:
    with pytest.raises(UsageError, match="`nord` is part of this name: A-1 Nordwind GmbH"):
        find_row("nord", IDS, LABELS, DATE)


def test_a_long_list_of_names_is_cut() -> None:
    ids = [f"A-{number}" for number in range(MAX_NAMES + 3)]
    with pytest.raises(UsageError, match=f"A-{MAX_NAMES - 1} and 3 more"):
        find_row("a-", ids, [None] * len(ids), DATE)


def test_a_name_in_another_case_is_suggested() -> None:
    with pytest.raises(UsageError, match="did you mean `Søborg`"):
        find_row("søborg", IDS, LABELS, DATE)


def test_without_a_similar_name_the_list_of_keys_is_named() -> None:
    with pytest.raises(UsageError, match="lists all keys"):
        find_row("", IDS, LABELS, DATE)
    with pytest.raises(UsageError, match=r"no `Zz` among the 3 scored on 2025-11-20"):
        find_row("Zz", IDS, LABELS, DATE)
