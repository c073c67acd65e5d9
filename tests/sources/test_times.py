"""Columns of dates and times: order of day and month, time zones, and times that don't exist."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.errors import DataError
from salus.sources.files import FileSettings

from .reading import Read, column, read_text


def day(month: int, number: int, year: int = 2025) -> dt.date:
    return dt.date(year, month, number)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "values", [("03/04/2025",), ("3-4-2025", "05/05/2025"), ("03/04/2025 10:00",)]
)
def test_a_day_or_a_month_is_an_error_until_the_order_is_given(
    tmp_path: Path, values: tuple[str]
) -> None:
    with pytest.raises(DataError, match="no other value shows which is meant") as caught:
        column(tmp_path, *values, use="time")
    assert 'set dates = "dmy" or "mdy" in salus.toml under [files."t.csv"]' in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (FileSettings(dates="dmy"), day(4, 3)),
        (FileSettings(dates="mdy"), day(3, 4)),
        (FileSettings(locale="de"), day(4, 3)),
        (FileSettings(locale="en"), day(3, 4)),
    ],
)
def test_the_settings_decide(tmp_path: Path, settings: FileSettings, wanted: dt.date) -> None:
    assert column(tmp_path, "03/04/2025", settings=settings)["v"] == [wanted]


@pytest.mark.parametrize(("late", "wanted"), [("13/04/2025", day(4, 3)), ("03/14/2025", day(3, 4))])
def test_a_number_above_12_decides(tmp_path: Path, late: str, wanted: dt.date) -> None:
    assert column(tmp_path, "03/04/2025", late)["v"][0] == wanted


def test_equal_numbers_leave_nothing_to_decide(tmp_path: Path) -> None:
    assert column(tmp_path, "05/05/2025")["v"] == [day(5, 5)]


def test_values_that_disagree_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has the day first and"):
        column(tmp_path, "13/04/2025", "04/13/2025")


def test_years_of_two_digits_may_be_days(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="any of the numbers may be the year"):
        column(tmp_path, "24-12-11", "24-12-30")
    given = FileSettings(dates="ymd")
    assert column(tmp_path, "24-12-11", settings=given)["v"] == [day(12, 11, 2024)]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("31.12.2026", day(12, 31, 2026)),
        ("1.2.2026", day(2, 1, 2026)),
        ("24.12.69", day(12, 24, 2069)),
        ("24.12.70", day(12, 24, 1970)),
        ("2024-02-29", day(2, 29, 2024)),
        ("2024/2/9", day(2, 9, 2024)),
        ("9999-12-31", day(12, 31, 9999)),
    ],
)
def test_days(tmp_path: Path, value: str, wanted: dt.date) -> None:
    result = column(tmp_path, value)
    assert (result.type("v"), result["v"]) == ("date32[day]", [wanted])


@pytest.mark.parametrize(
    "value", ["2024-02-30", "2024-13-01", "2023-02-29", "0000-00-00", "31.04.2024", "yesterday"]
)
def test_days_that_are_none(tmp_path: Path, value: str) -> None:
    result = column(tmp_path, *["2024-01-01"] * 20, value)
    assert result.reasons == [f"v: '{value}' isn't a valid date"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-07-01 12:30", (12, 30)),
        ("2024-07-01T12:30:15.250", (12, 30, 15, 250_000)),
        ("7/13/2024 4:10 PM", (16, 10)),
        ("7/13/2024 12:00:00 AM", (0, 0)),
        ("7/13/2024 12:05 pm", (12, 5)),
        ("1.7.2024 7:05", (7, 5)),
    ],
)
def test_times_without_offset_are_moments(
    tmp_path: Path, value: str, wanted: tuple[int, ...]
) -> None:
    result = column(tmp_path, value)
    assert result.type("v") == "timestamp[us]"
    assert result["v"][0].time() == dt.time(*wanted)
    assert result.reading.notes == ("v: 1 value has no time zone, read as Europe/Berlin",)


@pytest.mark.parametrize(
    "value", ["2024-07-01 25:00", "2024-07-01 12:60", "2024-07-01 13:00 PM", "2024-07-01 24:01"]
)
def test_times_that_are_none(tmp_path: Path, value: str) -> None:
    assert column(tmp_path, *["2024-07-01 12:00"] * 20, value).lines == [22]


def test_midnight_at_24(tmp_path: Path) -> None:
    assert column(tmp_path, "2024-07-01T24:00:00Z")["v"] == [utc(2024, 7, 2)]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-07-01T12:00:00Z", utc(2024, 7, 1, 12)),
        ("2024-07-01 12:00:00+0530", utc(2024, 7, 1, 6, 30)),
        ("2024-07-01 12:00:00-12", utc(2024, 7, 2)),
        ("2024-07-01 12:00 UTC", utc(2024, 7, 1, 12)),
        ("2024-07-01T12:00:00.123456789Z", utc(2024, 7, 1, 12, 0, 0, 123_456)),
    ],
)
def test_times_with_offset_are_instants(tmp_path: Path, value: str, wanted: dt.datetime) -> None:
    result = column(tmp_path, value)
    assert (result.type("v"), result["v"]) == ("timestamp[us, tz=UTC]", [wanted])


def test_times_with_and_without_offset(tmp_path: Path) -> None:
    result = column(tmp_path, "2024-07-01T12:00:00Z", "2024-07-01T12:00:00", "2024-01-01")
    assert result["v"] == [utc(2024, 7, 1, 12), utc(2024, 7, 1, 10), utc(2023, 12, 31, 23)]
    assert result.reading.notes == ("v: 2 values have no time zone, read as Europe/Berlin",)


def test_the_settings_name_a_zone(tmp_path: Path) -> None:
    result = column(
        tmp_path, "2024-07-01 12:00", settings=FileSettings(timezone="America/New_York")
    )
    assert result["v"] == [utc(2024, 7, 1, 16)]


def test_dates_never_shift(tmp_path: Path) -> None:
    result = column(tmp_path, "2024-07-01", settings=FileSettings(timezone="America/New_York"))
    assert result["v"] == [day(7, 1, 2024)]


def test_utc_in_the_header(tmp_path: Path) -> None:
    caught = FileSettings(timezone="Asia/Kolkata")
    result = read_text(tmp_path, "id,Created (UTC)\na,2024-07-01 12:00\n", settings=caught)
    assert result["Created (UTC)"] == [utc(2024, 7, 1, 12)]


def test_the_hour_that_never_was_is_rejected(tmp_path: Path) -> None:
    result = column(
        tmp_path, "2024-03-31 01:59", "2024-03-31 02:30", "2024-03-31 03:00", use="time"
    )
    assert result.reasons == [
        "v: '2024-03-31 02:30' doesn't exist in Europe/Berlin: the clocks went forward"
    ]
    assert result.reading.kept == 2


def test_the_hour_that_was_twice_is_the_first(tmp_path: Path) -> None:
    result = column(tmp_path, "2024-10-27 02:30", "2024-10-27 12:00Z", use="time")
    assert result["v"][0] == utc(2024, 10, 27, 0, 30)
    assert (
        "v: times that occurred twice as the clocks went back: 1; the earlier one is used"
        in result.reading.notes
    )


def test_leap_seconds_are_rejected(tmp_path: Path) -> None:
    result = column(tmp_path, *["2016-12-31T23:59:59Z"] * 20, "2016-12-31T23:59:60Z")
    assert result.reasons == ["v: '2016-12-31T23:59:60Z' is a leap second, which can't be read"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("45351", day(2, 29, 2024)),
        ("20240229", day(2, 29, 2024)),
        ("45351.5", dt.datetime(2024, 2, 29, 12)),
        ("1709208000", utc(2024, 2, 29, 12)),
        ("1709208000000", utc(2024, 2, 29, 12)),
        ("1709208000.5", utc(2024, 2, 29, 12, 0, 0, 500_000)),
    ],
)
def test_numbers_are_times_only_where_the_model_says_so(
    tmp_path: Path, value: str, wanted: object
) -> None:
    assert column(tmp_path, value, use="time")["v"] == [wanted]
    assert column(tmp_path, value)["v"] == [float(value)]


def test_a_time_without_any_value_is_still_a_time(tmp_path: Path) -> None:
    assert column(tmp_path, "", "", use="time").type("v") == "date32[day]"


def test_a_zone_column_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file has no column `zone`"):
        column(tmp_path, "2024-01-01 10:00", settings=FileSettings(timezone_column="zone"))


def test_the_zone_of_each_row(tmp_path: Path) -> None:
    text = "t,zone\n2024-07-01 12:00,Asia/Kolkata\n2024-07-01 12:00,\n2024-07-01T12:00Z,nowhere\n"
    result: Read = read_text(tmp_path, text, {"t": "time"}, FileSettings(timezone_column="zone"))
    assert result["t"] == [utc(2024, 7, 1, 6, 30), utc(2024, 7, 1, 10), utc(2024, 7, 1, 12)]
    assert result.table.column_names == ["t"]


@pytest.mark.parametrize(
    ("header", "hour"),
    [
        ("at", 11),
        ("Due Date (UTC)", 12),
        ("Start (Europe/Berlin)", 11),
        ("Start [America/New York]", 17),
        ("sent (GMT+02:00)", 10),
        ("Start (EST)", 11),
    ],
)
def test_a_zone_in_the_header_is_the_columns(tmp_path: Path, header: str, hour: int) -> None:
    """Noon of a winter day; the time zone of the model is Berlin."""
    result = read_text(
        tmp_path, f"id;{header}\na;2024-01-15 12:00:00\nb;2024-01-15T12:00:00Z\n", {header: "time"}
    )
    assert [value.hour for value in result[header]] == [hour, 12]
    alone = read_text(tmp_path, f"id;{header}\na;2024-01-15 12:00:00\n", {header: "time"})
    assert alone.type(header) == (
        "timestamp[us]" if header in ("at", "Start (EST)") else "timestamp[us, tz=UTC]"
    )
