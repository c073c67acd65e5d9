"""The ways in which people and systems write that there is no end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from .reading import column

SPELLINGS = [
    "unbefristet",
    "Open-ended",
    "00.00.0000",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "00/00/0000",
    "00000000",
    "0",
    "99991231",
    "2958465",
    "2958465.99998",
    "2957003",
    "1900-01-00",
    "0.1.1900",
    "1/0/1900",
    "bis auf weiteres",
    "løbende",
    "",
    "infinity",
    "∞",
    "evergreen",
    "99.99.9999",
    "9999-99-99",
    "17530101",
    "18991230",
    "19000101",
    "90000101",
    "31.12.99",
    "12/31/99",
    "253402214400",
    "253402300799",
    "253402300799000",
    "-62135596800",
]


@pytest.mark.parametrize("written", SPELLINGS)
def test_no_end_is_open(tmp_path: Path, written: str) -> None:
    result = column(tmp_path, "2025-06-30", written, "20251231", use="end")
    assert (
        result["v"] == [dt.date(2025, 6, 30), None, dt.date(2025, 12, 31)] and not result.rejected
    )


@pytest.mark.parametrize("written", ["unbefristet", "00.00.0000", "99991231"])
def test_only_ends_are_open(tmp_path: Path, written: str) -> None:
    assert column(tmp_path, "2025-06-30", written, "2025-12-31", use="time").lines == [3]


@pytest.mark.parametrize("written", ["01022025", "12312025", "19991331", "253399"])
def test_a_day_in_another_order_does_not_mean_no_end(tmp_path: Path, written: str) -> None:
    assert column(tmp_path, "20250630", written, "20251231", use="end").lines == [3]


def test_no_end_in_seconds_isnt_a_day_in_milliseconds(tmp_path: Path) -> None:
    """253402300799 is the last second of 9999. Read as milliseconds it would be a day in January
    1978, and the customer would have left.
    """
    result = column(tmp_path, "1735689600", "253402300799", "1751241600", use="end")
    assert [value and value.year for value in result["v"]] == [2025, None, 2025]


def test_most_may_be_open(tmp_path: Path) -> None:
    result = column(tmp_path, *["00.00.0000"] * 9, "30.06.2025", use="end")
    assert result["v"] == [None] * 9 + [dt.date(2025, 6, 30)]


def test_the_end_of_the_calendar_survives_any_zone(tmp_path: Path) -> None:
    result = column(
        tmp_path,
        "9999-12-31T23:59:59-08:00",
        "0001-01-01T00:00:00+02:00",
        "2025-06-30T00:00:00Z",
        use="end",
    )
    assert [value.year for value in result["v"]] == [9999, 1, 2025]
