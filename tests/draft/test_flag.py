"""Which column says who left, and which of its values: by meaning, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.draft.flag import Flag, find_flag, values_of_left
from salus.draft.profile import ColumnProfile, TableProfile


def table(**columns: tuple[str, ...]) -> TableProfile:
    return TableProfile(
        "t", 100, tuple(column(name, values) for name, values in sorted(columns.items()))
    )


def column(name: str, values: tuple[str, ...]) -> ColumnProfile:
    number = all(value.lstrip("-").isdigit() for value in values)
    return ColumnProfile(
        name=name,
        type="integer" if number else "text",
        rows=100,
        filled=100,
        distinct=len(values),
        minimum=min(map(int, values)) if number else None,
        maximum=max(map(int, values)) if number else None,
        frequent_values={} if number else dict.fromkeys(values, 10),
    )


@pytest.mark.parametrize(
    ("header", "values", "left"),
    [
        ("Churn", ("No", "Yes"), ("Yes",)),
        ("Kündigung", ("Ja", "Nein"), ("Ja",)),
        ("gekündigt", ("0", "1"), ("1",)),
        ("opsagt", ("ja", "nej"), ("ja",)),
        ("Attrition_Flag", ("Attrited Customer", "Existing Customer"), ("Attrited Customer",)),
        ("left", ("false", "true"), ("true",)),
        ("Exited", ("0", "1"), ("1",)),
        ("retained", ("No", "Yes"), ("No",)),
        ("Customer Status", ("Churned", "Joined", "Stayed"), ("Churned",)),
        ("Kundenstatus", ("aktiv", "gekündigt"), ("gekündigt",)),
        ("churned", ("1", "2"), ()),
        ("Churn", ("blue", "green"), ()),
    ],
)
def test_the_meaning_says_who_left(
    header: str, values: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert find_flag(table(**{header: values, "a": ("No", "Yes")}), None) == Flag(
        header, left, values
    )


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("status", ("closed", "open")),
        ("status", ("No", "Yes")),
        ("Churn Score", ("3", "90")),
        ("Churn Reason", ("moved", "price", "service")),
        ("IsActiveMember", ("0", "1")),
        ("days left", ("0", "1")),
    ],
)
def test_other_columns_are_no_flags(header: str, values: tuple[str, ...]) -> None:
    assert find_flag(table(**{header: values}), None) is None


def test_a_flag_that_is_understood_comes_first() -> None:
    both = table(**{"Churn": ("A", "B"), "Exited": ("0", "1")})
    assert find_flag(both, None) == Flag("Exited", ("1",), ("0", "1"))


def test_what_is_rare_decides_nothing(tmp_path: Path) -> None:
    assert values_of_left("left", ["No", "Yes"]) == ("Yes",)
    assert "which of its values '1', '2'" in Flag("Churn", (), ("1", "2")).question
