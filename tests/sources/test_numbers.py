"""Columns of numbers: how their style is decided, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import DataError
from salus.sources.files import FileSettings

from .reading import column

DE, EN, CH, DA = (FileSettings(locale=name) for name in ("de", "en", "ch", "da"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values", [("1.200",), ("1.200", "2.500"), ("1,200", "3"), ("3", "1.250", "80", "12.500")]
)
def test_a_thousand_or_one_and_a_bit_is_an_error_until_the_locale_is_given(
    tmp_path: Path, values: tuple[str]
) -> None:
    with pytest.raises(DataError, match="no other value shows which is meant") as caught:
        column(tmp_path, *values)
    assert 'set locale = "de", "da", "ch" or "en" in salus.toml under [files."t.csv"]' in str(
        caught.value
    )


@pytest.mark.parametrize(("settings", "wanted"), [(DE, 1200), (DA, 1200), (EN, 1.2), (CH, 1.2)])
def test_the_locale_decides(tmp_path: Path, settings: FileSettings, wanted: float) -> None:
    assert column(tmp_path, "1.200", settings=settings)["v"] == [wanted]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["1.200", "1.234,56"], [1200, 1234.56]),
        (["1.200", "12,5"], [1200, 12.5]),
        (["1,200", "12.5"], [1200, 12.5]),
        (["1.200", "2.5"], [1.2, 2.5]),
        (["0.125", "0.250"], [0.125, 0.25]),
        (["1.234.567"], [1234567]),
        (["1'234.50", "1’234"], [1234.5, 1234]),
        (["1 234,5", "1\u00a0234"], [1234.5, 1234]),
        (["1e5", "2"], [1e5, 2]),
        (["+3", "-12.50", "−1.5"], [3, -12.5, -1.5]),
        ([".5", "5."], [0.5, 5]),
    ],
)
def test_one_value_decides_for_the_whole_column(
    tmp_path: Path, values: list[str], wanted: list[float]
) -> None:
    assert column(tmp_path, *values)["v"] == wanted


def test_the_deciding_value_may_come_late(tmp_path: Path) -> None:
    """The last of 90,001 rows decides, in another chunk than the first."""
    result = column(tmp_path, *["1.200"] * 90_000, "3,5")
    assert result["v"][0] == 1200
    assert result["v"][-1] == 3.5


def test_a_point_groups_thousands_in_german(tmp_path: Path) -> None:
    result = column(tmp_path, *["12,50"] * 20, "12.50", settings=DE, use="number")
    assert result["v"] == [12.5] * 20
    assert result.reasons == ["v: '12.50' isn't a valid number"]


def test_swiss_refuses_commas(tmp_path: Path) -> None:
    assert column(tmp_path, *["1'200.50"] * 20, "1,5", settings=CH).lines == [22]


@pytest.mark.parametrize(
    "value", ["", "#N/A", "#NV", "N/A", "null", "NULL", "-", "k.A.", " ", "\\N"]
)
def test_words_for_missing(tmp_path: Path, value: str) -> None:
    result = column(tmp_path, "1.5", value)
    assert result["v"] == [1.5, None]


def test_in_text_only_nothing_is_missing(tmp_path: Path) -> None:
    assert column(tmp_path, "NA", "-", "#N/A", "  ", "x y", use="text")["v"] == [
        "NA",
        "-",
        None,
        None,
        "x y",
    ]


@pytest.mark.parametrize("value", ["007", "01234"])
def test_leading_zeros_stay(tmp_path: Path, value: str) -> None:
    assert column(tmp_path, value, "99999")["v"] == [value, "99999"]


def test_ids_stay_as_they_stand(tmp_path: Path) -> None:
    values = ["7E2", "0007", "1.200", "12 ", " 12", "12", "2024-01-01", "TRUE", "=1+1"]
    assert column(tmp_path, *values, use="text")["v"] == values


def test_codes_beside_digits_make_a_text(tmp_path: Path) -> None:
    """A column of article numbers stays text, even if few of them have letters."""
    values = [str(number) for number in range(10_000, 10_200)] + ["85123A", "C536379"]
    result = column(tmp_path, *values)
    assert (result["v"], result.reading.rejected) == (values, 0)


def test_the_same_column_is_a_number_where_the_model_adds_it_up(tmp_path: Path) -> None:
    result = column(tmp_path, *map(str, range(100)), "x12", use="number")
    assert (result.type("v"), result.lines) == ("int64", [102])


def test_long_digits_are_no_numbers(tmp_path: Path) -> None:
    values = ["12345678901234567890", "12345678901234567891"]
    assert column(tmp_path, *values)["v"] == values


def test_many_misfits_make_a_text(tmp_path: Path) -> None:
    result = column(tmp_path, *["1"] * 8, "a", "b")
    assert (result.type("v"), result.reading.rejected) == ("string", 0)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["ja", "Nein"], [True, False]),
        (["wahr", "falsch"], [True, False]),
        (["TRUE", "false", ""], [True, False, None]),
        (["nej", "ja"], [False, True]),
        (["x", "", "X"], [True, None, True]),
        (["Yes", "no"], [True, False]),
    ],
)
def test_truth_values(tmp_path: Path, values: list[str], wanted: list[bool | None]) -> None:
    assert column(tmp_path, *values)["v"] == wanted


@pytest.mark.parametrize(
    "values", [["f", "f"], ["yes", "maybe"], ["x", "y"], ["No", "Yes", "No phone service"]]
)
def test_words_that_are_no_truth_values(tmp_path: Path, values: list[str]) -> None:
    assert column(tmp_path, *values)["v"] == values


def test_words_compared_with_text_stay_words(tmp_path: Path) -> None:
    assert column(tmp_path, "Yes", "No", use="text")["v"] == ["Yes", "No"]


def test_all_undecided_columns_are_named_at_once(tmp_path: Path) -> None:
    from .reading import read_text

    with pytest.raises(DataError) as caught:
        read_text(tmp_path, "a;b;c\n1.200;03/04/2025;x\n")
    assert [problem.file for problem in caught.value.problems] == ["data/t.csv", "data/t.csv"]
