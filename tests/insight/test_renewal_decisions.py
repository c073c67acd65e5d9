"""Which terms are asked for on which date, and how they were decided."""

from __future__ import annotations

import numpy as np
import pytest

from salus.finding import Finding
from salus.insight.forecast.renewal_decisions import (
    EntitySnapshots,
    find_decisions,
    forecast_days,
    select_settled,
    too_few,
)
from salus.outcomes.events import OutcomeEvents
from salus.periods.day import NEVER

TODAY, HORIZON = 1000, 90


def standing(*rows: tuple[int, int, float]) -> EntitySnapshots:
    """Rows of entity, day and last day for a notice; the term ends 30 days later."""
    entity, day, decide_by = (np.array(column) for column in zip(*rows, strict=True))
    return EntitySnapshots(
        entity.astype(np.int64),
        day.astype(np.int32),
        np.full(len(rows), 60.0),
        decide_by.astype(float),
        decide_by + 30.0,
        np.full(len(rows), 10.0),
    )


def events(*rows: tuple[int, int, int]) -> OutcomeEvents:
    """Rows of entity, day of notice and last day."""
    entity, day, over = (
        (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0),) * 3
    )
    return OutcomeEvents(entity.astype(np.int64), day.astype(np.int32), over.astype(np.int32), True)


def test_a_date_asks_for_the_terms_of_its_horizon() -> None:
    rows = standing(
        (0, TODAY, TODAY),
        (1, TODAY, TODAY + 89),
        (2, TODAY, TODAY + 90),
        (3, TODAY, TODAY - 1),
        (4, TODAY, np.nan),
    )
    decisions = find_decisions(rows, events(), TODAY, HORIZON, late=False)
    assert decisions.rows.entity.tolist() == [0, 1]


def test_dates_between_the_horizons_ask_for_nothing() -> None:
    rows = standing(
        (0, TODAY - 30, TODAY), (0, TODAY - 90, TODAY - 50), (0, TODAY - 180, TODAY - 100)
    )
    assert find_decisions(rows, events(), TODAY, HORIZON, late=False).period.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("notice", "lost", "included"),
    [
        (915, True, True),
        (940, True, True),
        (941, False, True),
        (910, True, True),
        (909, True, False),
    ],
)
def test_a_notice_up_to_the_last_day_loses_and_one_before_the_date_is_none_of_its(
    notice: int, lost: bool, included: bool
) -> None:
    decisions = find_decisions(
        standing((0, 910, 940)), events((0, notice, 970)), TODAY, HORIZON, late=False
    )
    assert len(decisions) == included
    assert decisions.lost.tolist() == [lost] * included


def test_without_a_day_of_decision_the_term_must_be_over() -> None:
    rows = standing((0, 910, 940), (1, 910, 965), (2, 910, 999))
    losses = events((0, 971, 971), (1, 998, 998))  # the days after 970 and before the end of 995
    decisions = find_decisions(rows, losses, TODAY, HORIZON, late=True)
    assert decisions.known_day.tolist() == [971, 996, 1030]
    assert decisions.lost.tolist() == [True, False, False]
    assert select_settled(decisions, TODAY).rows.entity.tolist() == [0, 1]


def test_without_an_end_of_the_term_it_is_never_known() -> None:
    rows = standing((0, 910, 940))
    rows = EntitySnapshots(
        rows.entity, rows.day, rows.score, rows.decide_by, np.array([np.nan]), rows.value
    )
    decisions = find_decisions(rows, events(), TODAY, HORIZON, late=True)
    assert decisions.known_day.tolist() == [NEVER]
    assert len(select_settled(decisions, TODAY)) == 0


def test_today_is_no_past_and_a_row_without_a_score_teaches_nothing() -> None:
    rows = standing((0, TODAY, TODAY + 1), (0, 910, 940), (1, 910, 941))
    rows = EntitySnapshots(
        rows.entity, rows.day, np.array([60, 60, np.nan]), rows.decide_by, rows.term_end, rows.value
    )
    assert select_settled(
        find_decisions(rows, events(), TODAY, HORIZON, late=False), TODAY
    ).rows.day.tolist() == [910]


def test_asked_days_never_pass_the_first() -> None:
    assert forecast_days(TODAY, 90, 820).tolist() == [1000, 910, 820]
    assert forecast_days(TODAY, 90, 2000).tolist() == [1000]


def test_too_few_of_either_kind_or_of_periods() -> None:
    rows = [
        (entity, TODAY - 90 * period, TODAY - 90 * period + 5)
        for period in range(1, 6)
        for entity in range(12)
    ]
    lost = [
        (entity, TODAY - 90 * period, TODAY)
        for entity, period in ((key, 1 + key % 5) for key in range(12))
    ]
    every = select_settled(
        find_decisions(
            standing(*rows),
            OutcomeEvents(*(np.array(column) for column in zip(*sorted(lost), strict=True))),
            TODAY,
            HORIZON,
            late=False,
        ),
        TODAY,
    )
    assert too_few(every) is None
    few = too_few(every.at(np.flatnonzero(~every.lost)))
    assert few is not None and few.code == "renewals.few_decisions"
    more = [
        (entity, *row[1:])
        for entity, row in zip(
            range(100, 130), [key for key in rows if key[1] >= TODAY - 270], strict=False
        )
    ]
    short = select_settled(
        find_decisions(
            standing(*more),
            events(*((key, TODAY - 89, TODAY) for key in range(100, 110))),
            TODAY,
            HORIZON,
            late=False,
        ),
        TODAY,
    )
    assert too_few(short) == Finding("renewals.few_periods", periods=3, least=4)
