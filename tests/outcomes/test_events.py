"""Which event counts for a row, and on which days an entity is at risk."""

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
        pa.table({"id": [key for key, _ in days], "at": [day for _, day in days]}),
        place / "visits.parquet",
    )
    dates = [
        [None if text is None else dt.date.fromisoformat(text) for text in column]
        for column in zip(*((notice, ended) for _, notice, ended in churn), strict=True)
    ] or [[], []]
    pq.write_table(
        pa.table(
            {
                "id": [key for key, _, _ in churn],
                "notice": pa.array(dates[0], pa.date32()),
                "ended": pa.array(dates[1], pa.date32()),
            }
        ),
        place / "churn.parquet",
    )
    return Folder(place, place.parent / "cache", place.parent / "rejected", {}, None, "UTC")


def read_model(ends: str = "") -> Model:
    return read_text(MODEL % ends)


def rows_of(
    model: Model, connection: Folder, outcome: str, end: str = "2026-01-01"
) -> list[tuple[int, dt.date, int]]:
    """Entity, day and effective day of each event."""
    target = next(each for each in model.outcomes if each.name == outcome)
    last = day_number(dt.date.fromisoformat(end))
    events = load_events(model, connection, target, ["a", "b"], last)
    return [
        (int(entity), dt.date(1970, 1, 1) + int(day) * DAY, int(effective))
        for entity, day, effective in zip(
            events.entity, events.day, events.effective_day, strict=True
        )
    ]


def test_an_outcome_is_dated_when_it_was_decided(tmp_path: object) -> None:
    connection = folder(
        tmp_path, [("a", "2025-03-01", "2025-05-31"), ("b", None, "2025-06-01"), ("a", None, None)]
    )
    assert rows_of(read_model(), connection, "churned") == [
        (0, dt.date(2025, 3, 1), day_number(dt.date(2025, 5, 31))),
        (1, dt.date(2025, 6, 1), day_number(dt.date(2025, 6, 1))),
    ]


def test_a_notice_without_an_end_counts(tmp_path: object) -> None:
    assert rows_of(read_model(), folder(tmp_path, [("a", "2025-03-01", None)]), "churned") == [
        (0, dt.date(2025, 3, 1), NEVER)
    ]


def test_an_event_decided_after_the_end_is_not_known_yet(tmp_path: object) -> None:
    assert (
        rows_of(
            read_model(),
            folder(tmp_path, [("a", "2025-03-01", "2025-05-31")]),
            "churned",
            "2025-03-01",
        )
        == []
    )


def test_a_silence_is_dated_on_the_day_that_completes_it(tmp_path: object) -> None:
    assert rows_of(read_model(), folder(tmp_path, []), "silent", "2025-04-20") == [
        (0, dt.date(2025, 1, 31), day_number(dt.date(2025, 4, 1)))
    ]


def test_an_entity_that_returns_is_at_risk_again(tmp_path: object) -> None:
    connection, model = folder(tmp_path, []), read_model()
    assert rows_of(model, connection, "silent", "2025-05-20") == [
        (0, dt.date(2025, 1, 31), day_number(dt.date(2025, 4, 1))),
        (0, dt.date(2025, 5, 1), NEVER),
    ]
    events = load_events(
        model, connection, model.outcomes[1], ["a", "b"], day_number(dt.date(2025, 5, 20))
    )
    days = [
        dt.date(2025, 1, 31),
        dt.date(2025, 2, 1),
        dt.date(2025, 4, 1),
        dt.date(2025, 4, 2),
        dt.date(2025, 5, 2),
    ]
    when, at_risk = events.next(
        np.zeros(5, np.int64), np.array([day_number(day) for day in days], np.int32)
    )
    assert at_risk.tolist() == [True, False, False, True, False]
    assert when[3] == day_number(dt.date(2025, 5, 1))


def test_keys_that_match_no_entity_are_refused(tmp_path: object) -> None:
    with pytest.raises(
        DataError, match="no row of outcome `churned` matches the key of any customer"
    ):
        rows_of(read_model(), folder(tmp_path, [("x", None, "2025-06-01")]), "churned")


@pytest.mark.parametrize(
    ("once", "expected"),
    [
        (False, [True, True, False, False, True, True]),
        (True, [True, True, False, False, False, False]),
    ],
)
def test_an_entity_is_not_at_risk_between_decision_and_effect(
    once: bool, expected: list[bool]
) -> None:
    """An event decided on day 10, in effect on day 20, and another on day 40. The rows are before,
    on and after the decision, on the day of the effect, and later.
    """
    events = OutcomeEvents(
        np.array([3, 3]), np.array([10, 40], np.int32), np.array([20, 45], np.int32), once
    )
    day = np.array([5, 10, 11, 20, 21, 40], np.int32)
    when, at_risk = events.next(np.full(6, 3), day)
    assert at_risk.tolist() == expected
    assert when.tolist() == [10, 10, 40, 40, 40, 40]


def test_entities_without_an_event_are_at_risk() -> None:
    events = OutcomeEvents(np.array([3]), np.array([10], np.int32), np.array([20], np.int32))
    when, at_risk = events.next(np.array([2, 4]), np.array([5, 15], np.int32))
    assert when.tolist() == [NEVER, NEVER] and at_risk.all()
