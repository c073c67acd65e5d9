"""Which event counts for a row, and which rows may be asked at all."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DataError
from salus.model.model import Model
from salus.model.read import read_text
from salus.outcomes.events import OutcomeEvents, load_events
from salus.periods.day import NEVER, day_number
from salus.sources.folder import Folder

MODEL = """
version: 1
name: shop
entity: {name: customer, table: customers, key: id%s}
sources: {visits: {table: visits, key: id, time: at}}
dimensions: {use: {measures: {often: {count: visits, within: 40d, bad: 0, good: 10}}}}
outcomes:
  churned: {table: churn, key: id, time: ended, decided: notice}
  silent: {quiet: visits, for: 30d}
"""
DAY = dt.timedelta(days=1)


def folder(path: object, churn: list[tuple[str, str | None, str | None]]) -> Folder:
    """Two customers; one visits on the first of January and of April, the other every week."""
    place = path / "data"  # type: ignore[operator]
    place.mkdir()
    pq.write_table(
        pa.table({"id": ["a", "b"], "left": pa.array([None, None], pa.date32())}),
        place / "customers.parquet",
    )
    days = [("a", dt.date(2025, 1, 1)), ("a", dt.date(2025, 4, 1))]
    days += [("b", dt.date(2025, 1, 1) + week * 7 * DAY) for week in range(20)]
    pq.write_table(
        pa.table({"id": [one for one, _ in days], "at": [day for _, day in days]}),
        place / "visits.parquet",
    )
    dates = [
        [None if text is None else dt.date.fromisoformat(text) for text in column]
        for column in zip(*((notice, ended) for _, notice, ended in churn), strict=True)
    ] or [[], []]
    pq.write_table(
        pa.table(
            {
                "id": [one for one, _, _ in churn],
                "notice": pa.array(dates[0], pa.date32()),
                "ended": pa.array(dates[1], pa.date32()),
            }
        ),
        place / "churn.parquet",
    )
    return Folder(place, place.parent / "cache", place.parent / "rejected", {}, None, "UTC")


def model(ends: str = "") -> Model:
    return read_text(MODEL % ends)


def found(
    one: Model, connection: Folder, outcome: str, end: str = "2026-01-01"
) -> list[tuple[int, dt.date, int]]:
    target = next(each for each in one.outcomes if each.name == outcome)
    told = load_events(one, connection, target, ["a", "b"], day_number(dt.date.fromisoformat(end)))
    return [
        (int(entity), dt.date(1970, 1, 1) + int(day) * DAY, int(over))
        for entity, day, over in zip(told.entity, told.day, told.over, strict=True)
    ]


def test_an_outcome_is_dated_when_it_was_decided(tmp_path: object) -> None:
    connection = folder(
        tmp_path, [("a", "2025-03-01", "2025-05-31"), ("b", None, "2025-06-01"), ("a", None, None)]
    )
    assert found(model(), connection, "churned") == [
        (0, dt.date(2025, 3, 1), day_number(dt.date(2025, 5, 31))),
        (1, dt.date(2025, 6, 1), day_number(dt.date(2025, 6, 1))),
    ]


def test_notice_alone_is_a_decision(tmp_path: object) -> None:
    assert found(model(), folder(tmp_path, [("a", "2025-03-01", None)]), "churned") == [
        (0, dt.date(2025, 3, 1), NEVER)
    ]


def test_what_is_decided_after_the_end_of_the_facts_is_not_known(tmp_path: object) -> None:
    assert (
        found(
            model(), folder(tmp_path, [("a", "2025-03-01", "2025-05-31")]), "churned", "2025-03-01"
        )
        == []
    )


def test_silence_is_dated_on_the_day_that_completes_it(tmp_path: object) -> None:
    assert found(model(), folder(tmp_path, []), "silent", "2025-04-20") == [
        (0, dt.date(2025, 1, 31), day_number(dt.date(2025, 4, 1)))
    ]


def test_who_returns_is_asked_again_and_may_fall_silent_again(tmp_path: object) -> None:
    connection, one = folder(tmp_path, []), model()
    assert found(one, connection, "silent", "2025-05-20") == [
        (0, dt.date(2025, 1, 31), day_number(dt.date(2025, 4, 1))),
        (0, dt.date(2025, 5, 1), NEVER),
    ]
    told = load_events(
        one, connection, one.outcomes[1], ["a", "b"], day_number(dt.date(2025, 5, 20))
    )
    days = [
        dt.date(2025, 1, 31),
        dt.date(2025, 2, 1),
        dt.date(2025, 4, 1),
        dt.date(2025, 4, 2),
        dt.date(2025, 5, 2),
    ]
    when, asked = told.next(
        np.zeros(5, np.int64), np.array([day_number(day) for day in days], np.int32)
    )
    assert asked.tolist() == [True, False, False, True, False]
    assert when[3] == day_number(dt.date(2025, 5, 1))


def test_keys_of_another_kind_are_refused(tmp_path: object) -> None:
    with pytest.raises(DataError, match="no row of outcome `churned` has the key of a customer"):
        found(model(), folder(tmp_path, [("x", None, "2025-06-01")]), "churned")


@pytest.mark.parametrize(
    ("once", "expected"),
    [
        (False, [True, True, False, False, True, True]),
        (True, [True, True, False, False, False, False]),
    ],
)
def test_between_decision_and_end_nobody_is_asked(once: bool, expected: list[bool]) -> None:
    """Decided on day 10, over on day 20, and again on day 40: rows before, on, after the decision,
    at the end, later.
    """
    several = OutcomeEvents(
        np.array([3, 3]), np.array([10, 40], np.int32), np.array([20, 45], np.int32), once
    )
    day = np.array([5, 10, 11, 20, 21, 40], np.int32)
    when, asked = several.next(np.full(6, 3), day)
    assert asked.tolist() == expected
    assert when.tolist() == [10, 10, 40, 40, 40, 40]


def test_other_entities_have_none() -> None:
    several = OutcomeEvents(np.array([3]), np.array([10], np.int32), np.array([20], np.int32))
    when, asked = several.next(np.array([2, 4]), np.array([5, 15], np.int32))
    assert when.tolist() == [NEVER, NEVER] and asked.all()
