"""Single rules and errors of the evaluation. Many more cases are compared with the oracle."""

from __future__ import annotations

import numpy as np
import pytest

from salus.errors import DataError
from salus.model.expressions.conditions import parse
from salus.model.expressions.evaluation import Values, evaluate, true_where

NO = np.array([False, False, False])
ENVIRONMENT = {
    "number": Values("number", np.array([1.0, 0.0, np.nan]), np.array([False, False, True])),
    "flag": Values("bool", np.array([True, False, False]), np.array([False, False, True])),
    "word": Values(
        "text", np.array(["a", "B", None], dtype=object), np.array([False, False, True])
    ),
    "day": Values("date", np.array([20484.0, 20484.25, np.nan]), np.array([False, False, True])),
    "nothing": Values("text", np.array([None, None, None], dtype=object), ~NO),
    "huge": Values("number", np.array([1e300, 1.0, np.nan]), np.array([False, False, True])),
    "broken": Values(
        "number",
        np.array([np.nan, 1.0, np.nan]),
        np.array([True, False, True]),
        odd=np.array([True, False, False]),
    ),
}


def value(text: str) -> Values:
    return evaluate(parse(text), ENVIRONMENT, 3)


def as_list(text: str) -> list[object]:
    result = value(text)
    return [
        None if null else item
        for item, null in zip(result.data.tolist(), result.null.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number is null", [False, False, True]),
        ("flag and number = 1", [True, False, None]),
        ("flag or true", [True, True, True]),
        ("not flag", [False, True, None]),
        ("number / number", [1.0, None, None]),
        ("100 * (number >= 1)", [100.0, 0.0, None]),
        ("word < 'a'", [False, True, None]),
        ("word in ('a', null)", [True, None, None]),
        ("day = '2026-01-31'", [True, False, None]),
        ("day - date '2026-01-30'", [1.0, 1.25, None]),
        ("day + 0.25 = '2026-01-31 06:00'", [True, False, None]),
        ("coalesce(number, 7)", [1.0, 0.0, 7.0]),
        ("least(number, 0.5)", [0.5, 0.0, 0.5]),
        ("greatest(word, 'Z')", ["a", "Z", "Z"]),
        ("nothing = 1", [None, None, None]),
        ("nothing + 1", [None, None, None]),
        ("number", [1.0, 0.0, None]),
        ("least(100, huge * huge)", [None, 1.0, 100.0]),
        ("greatest(0, huge * huge - huge * huge)", [None, 0.0, 0.0]),
        ("1 / (huge * huge)", [None, 1.0, None]),
        ("coalesce(huge * huge, 5)", [None, 1.0, 5.0]),
        ("huge * huge is null", [None, False, True]),
        ("huge * huge > 5 or true", [None, True, True]),
        ("(day + huge) is null", [None, False, True]),
        ("least(100, broken)", [None, 1.0, 100.0]),
        ("greatest(0, least(100, 2 * abs(-broken)))", [None, 2.0, 100.0]),
        ("coalesce(broken, 5)", [5.0, 1.0, 5.0]),
        ("least(100, coalesce(broken, 5))", [5.0, 1.0, 5.0]),
        ("broken > 0 or true", [True, True, True]),
    ],
)
def test_rule(text: str, expected: list[object]) -> None:
    assert as_list(text) == expected


def test_null_is_not_true() -> None:
    assert true_where(value("number >= 0")).tolist() == [True, True, False]
    assert true_where(value("number")).tolist() == [True, False, False]


def test_division_by_zero_is_marked_even_if_it_is_replaced() -> None:
    result = value("coalesce(1 / number, 5)")
    assert result.data.tolist() == [1.0, 5.0, 5.0]
    assert np.asarray(result.divided).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "word + 1",
        "-word",
        "abs(word) > 1",
        "word and flag",
        "day and flag",
        "number like 'x'",
        "word > 1",
        "day > 1",
        "day = 'soon'",
        "day + day",
        "1 - day",
        "day * 2",
        "word = day",
    ],
)
def test_wrong_kinds_are_errors(text: str) -> None:
    with pytest.raises(DataError) as error:
        value(text)
    assert error.value.problems[0].fix is not None


def test_like_of_many_wildcards_is_quick() -> None:
    words = Values("text", np.array(["a" * 200] * 3, dtype=object), NO)
    assert (
        evaluate(parse("w like '" + "%" * 60 + "b'"), {"w": words}, 3).data.tolist() == [False] * 3
    )
