"""Amounts in accounting notation are numbers if the whole column is numbers; elsewhere they are
rejected.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import DataError
from salus.sources.files import FileSettings, Use

from .reading import column

CREDITS = [
    ("(50.00)", -50.0),
    ("50.00-", -50.0),
    ("50.00 -", -50.0),
    ("'-75.63", -75.63),
    ("'75.63", 75.63),
    ("-50.00 €", -50.0),
    ("€ -50.00", -50.0),
    ("-€50.00", -50.0),
    ("€50.00-", -50.0),
    ("(€50.00)", -50.0),
    ("€(50.00)", -50.0),
    ("EUR 50.00", 50.0),
    ("(1,234.50) EUR", -1234.5),
    ("–50.00", -50.0),
    ("50.00 kr.", 50.0),
    ("US$50.00", 50.0),
]


@pytest.mark.parametrize(("written", "value"), CREDITS)
def test_credits_are_numbers_beside_plain_ones(tmp_path: Path, written: str, value: float) -> None:
    result = column(tmp_path, "100.25", written, "3.00", use="number")
    assert result["v"] == [100.25, value, 3.0]
    assert not result.rejected and result.reading.left_out is None


@pytest.mark.parametrize(
    ("written", "value"), [("1.234,50-", -1234.5), ("(50,25)", -50.25), ("-0,5 €", -0.5)]
)
def test_the_style_of_the_country_holds_for_credits(
    tmp_path: Path, written: str, value: float
) -> None:
    assert column(tmp_path, "7,25", written, "1.000,00", use="number")["v"] == [7.25, value, 1000.0]


def test_a_credit_can_be_the_one_that_decides_and_the_one_that_leaves_it_open(
    tmp_path: Path,
) -> None:
    assert column(tmp_path, "1.200", "(3,5)", use="number")["v"] == [1200.0, -3.5]
    with pytest.raises(DataError, match=r"`1\.200` is 1200 in one country and 1\.200 in another"):
        column(tmp_path, "5", "(1.200)", use="number")
    german = FileSettings(locale="de")
    assert column(tmp_path, "5", "(1.200)", use="number", settings=german)["v"] == [5, -1200]


@pytest.mark.parametrize(
    "odd", ["50,-", "-(50)", "(50", "50)", "(-50)", "€ 50 $", "--50", "50 Stk", "(5 0 0.)"]
)
def test_other_notations_are_rejected(tmp_path: Path, odd: str) -> None:
    assert column(tmp_path, *["1.5"] * 9, odd, use="number").lines == [11]


def test_beside_anything_else_credits_are_rejected_and_named(tmp_path: Path) -> None:
    """One value isn't a number, so nothing shows that (50.00) is one."""
    result = column(tmp_path, *["1.5"] * 50, "(50.00)", "about 3", use="number")
    assert result.lines == [52, 53] and result.reading.amounts == 1
    assert "2 of 52 rows are left out, such as line 52: v: '(50.00)'" in str(
        result.reading.left_out
    )


def test_few_rejected_rows_are_named_when_credits_are_among_them(tmp_path: Path) -> None:
    plain = column(tmp_path, *["1.5"] * 50, "about 3", use="number")
    assert plain.reading.rejected == 1 and plain.reading.left_out is None
    credit = column(tmp_path, *["1.5"] * 50, "50.00 H", use="number")
    assert "1 of 51 rows is left out" in str(credit.reading.left_out)


def test_two_currencies_are_a_problem_never_a_sum(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"`50 €` and `30 \$` are amounts in two currencies"):
        column(tmp_path, "50 €", "30 $", "7", use="number")
    assert column(tmp_path, "50 €", "30 EUR", "7", use="number")["v"] == [50, 30, 7]
    assert column(tmp_path, "50 €", "30 $", "7")["v"] == [
        "50 €",
        "30 $",
        "7",
    ]  # nobody adds them up


@pytest.mark.parametrize(
    "words", [["1", "2-", "3+"], ["'0815", "4711"], ["(1) first", "2"], ["(030) 123", "12"]]
)
def test_grades_and_codes_stay_text_if_they_are_not_summed(
    tmp_path: Path, words: list[str]
) -> None:
    assert column(tmp_path, *words)["v"] == words


@pytest.mark.parametrize(
    "garbage", ["23456789012345678901234", "99999999999999", "-1e15", "9300000000000"]
)
def test_one_number_of_garbage_costs_its_own_row(tmp_path: Path, garbage: str) -> None:
    result = column(tmp_path, *["5"] * 50, garbage, "7", use="amount")
    assert result.lines == [52] and result["v"] == [5] * 50 + [7]
    assert "is too large to be counted exactly" in result.reasons[
        0
    ] and "1 of 52 rows is left out" in str(result.reading.left_out)


def test_numbers_that_are_only_computed_with_may_be_larger(tmp_path: Path) -> None:
    """They may be divided before they are summed."""
    assert column(tmp_path, "9300000000000", "5", use="number")["v"] == [9300000000000, 5]
    assert column(tmp_path, "4111111111111111", "5")["v"] == [4111111111111111, 5]


@pytest.mark.parametrize("use", ["number", "amount"])
def test_a_number_beyond_every_double_is_too_large(tmp_path: Path, use: Use) -> None:
    """1e400 isn't infinity: it is rejected, not read as a missing value."""
    result = column(tmp_path, *["1.5"] * 9, "1e400", "inf", use=use)
    assert (
        result.lines == [11]
        and "too large" in result.reasons[0]
        and result["v"][-1] == float("inf")
    )
