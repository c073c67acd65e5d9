"""The dates of a replay."""

from __future__ import annotations

import datetime as dt

import pytest

from salus.errors import OptionError
from salus.periods.dates import MOST, dates
from salus.periods.day import date_of

FIRST = dt.date(2024, 1, 31)


def steps(last: str, every: str) -> list[str]:
    return [str(date_of(day)) for day in dates(FIRST, dt.date.fromisoformat(last), every)]


def test_the_last_date_counts_if_a_step_reaches_it() -> None:
    assert steps("2024-02-02", "day") == ["2024-01-31", "2024-02-01", "2024-02-02"]
    assert steps("2024-02-14", "week") == ["2024-01-31", "2024-02-07", "2024-02-14"]
    assert steps("2024-02-13", "week") == ["2024-01-31", "2024-02-07"]


def test_a_month_ends_on_its_own_last_day_and_never_drifts() -> None:
    assert steps("2025-03-01", "month")[:4] == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]
    assert steps("2025-03-01", "month")[-2:] == ["2025-01-31", "2025-02-28"]


def test_one_date_is_a_replay() -> None:
    assert steps("2024-01-31", "month") == ["2024-01-31"]


@pytest.mark.parametrize(
    ("last", "every", "words"),
    [
        (FIRST, "year", "'year' is not a valid step"),
        (FIRST - dt.timedelta(days=1), "day", "from 2024-01-31 to 2024-01-30 has no dates"),
        (FIRST + dt.timedelta(days=MOST + 1), "month", "longer than 40,000 days"),
    ],
)
def test_a_replay_without_an_answer_says_why(last: dt.date, every: str, words: str) -> None:
    with pytest.raises(OptionError, match=words) as error:
        dates(FIRST, last, every)
    assert error.value.problems[0].fix


def test_the_longest_replay_is_allowed() -> None:
    assert len(dates(FIRST, FIRST + dt.timedelta(days=MOST), "day")) == MOST + 1
