"""Dates with the name of the month are dates, in any of the three languages."""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path

import pytest

from .reading import column

GERMAN = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
DANISH = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


@pytest.mark.parametrize(
    "shape",
    ["{d:02}-{short}-{y}", "{d} {long} {y}", "{long} {d}, {y}", "{short} {d}, {y}", "{d}. {german} {y}",
     "{d}. {danish} {y}", "{d:02}/{short}/{y}", "{y}-{short}-{d:02}", "{d:02}-{upper}-{y}", "{day}, {d} {short} {y}"],
)  # fmt: skip
def test_every_day_of_a_leap_year_is_itself(tmp_path: Path, shape: str) -> None:
    days = [dt.date(2024, 1, 1) + dt.timedelta(number) for number in range(366)]
    texts = [
        shape.format(
            d=day.day,
            y=day.year,
            short=calendar.month_abbr[day.month],
            upper=calendar.month_abbr[day.month].upper(),
            long=calendar.month_name[day.month],
            german=GERMAN[day.month - 1],
            danish=DANISH[day.month - 1],
            day=calendar.day_abbr[day.weekday()],
        )
        for day in days
    ]
    read = column(tmp_path, *texts)
    assert read.type("v") == "date32[day]" and read["v"] == days


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31-Oct-2026 02:11", dt.datetime(2026, 10, 31, 2, 11)),
        ("Oct 31, 2026, 2:11 PM", dt.datetime(2026, 10, 31, 14, 11)),
        ("Oct 31, 2026, 2:11:07\u202fPM", dt.datetime(2026, 10, 31, 14, 11, 7)),
        ("31. Okt. 2026 14:11", dt.datetime(2026, 10, 31, 14, 11)),
        ("Sat, 31 Oct 2026 14:11:00 +0200", dt.datetime(2026, 10, 31, 12, 11, tzinfo=dt.UTC)),
    ],
)
def test_the_time_of_day_stays(tmp_path: Path, text: str, wanted: dt.datetime) -> None:
    assert column(tmp_path, text)["v"] == [wanted]


@pytest.mark.parametrize(
    "text", ["31-Foo-2026", "30-Feb-2026", "04-Mar-25", "mar 2026", "May 2026"]
)
def test_other_words_stay_texts(tmp_path: Path, text: str) -> None:
    assert column(tmp_path, text)["v"] == [text]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sat Oct 31 2026 14:02:11 GMT+0000 (Coordinated Universal Time)", dt.datetime(2026, 10, 31, 14, 2, 11)),
        ("Sat Oct 31 2026 14:02:11 GMT+0100 (Mitteleuropäische Zeit)", dt.datetime(2026, 10, 31, 13, 2, 11)),
        ("2026-07-01 14:02 CEST", dt.datetime(2026, 7, 1, 12, 2)),
        ("2026-07-01 14:02 MESZ", dt.datetime(2026, 7, 1, 12, 2)),
        ("2026-12-01 14:02:11 CET", dt.datetime(2026, 12, 1, 13, 2, 11)),
        ("2026-12-01 14:02:11 UTC+01:00", dt.datetime(2026, 12, 1, 13, 2, 11)),
    ],
)  # fmt: skip
def test_named_offsets(tmp_path: Path, text: str, wanted: dt.datetime) -> None:
    assert column(tmp_path, text)["v"] == [wanted.replace(tzinfo=dt.UTC)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31-10-2026 14.02", dt.datetime(2026, 10, 31, 14, 2)),
        ("31.10.2026 09.05.30", dt.datetime(2026, 10, 31, 9, 5, 30)),
    ],
)
def test_a_clock_with_points(tmp_path: Path, text: str, wanted: dt.datetime) -> None:
    assert column(tmp_path, text)["v"] == [wanted]


@pytest.mark.parametrize(
    "text", ["2026-07-01 14:02 EST", "2026-07-01 25.02", "31-10-2026 14.2", "31.10.2026 9.5"]
)
def test_other_clocks_stay_texts(tmp_path: Path, text: str) -> None:
    assert column(tmp_path, text)["v"] == [text]
