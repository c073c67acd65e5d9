"""Cohorts and DSO, counted by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from salus.finding import Finding
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.receivables import Receivables, measure_dso
from salus.insight.metrics.retention_cohorts import build_cohorts, combine_cohorts
from salus.insight.metrics.surveys import wilson
from salus.periods.day import NEVER, day_number


def day(text: str) -> int:
    return day_number(dt.date.fromisoformat(text))


def portfolio(*lives: tuple[str, str | None]) -> PortfolioHistory:
    return PortfolioHistory(
        np.array([day(start) for start, _ in lives], dtype=np.int32),
        np.array([day(end) if end else NEVER for _, end in lives], dtype=np.int32),
    )


LIVES = portfolio(
    ("2025-01-05", None),
    ("2025-01-31", "2025-04-01"),
    ("2025-01-10", "2025-02-01"),
    ("2025-02-20", None),
    ("2025-05-01", "2025-05-01"),
    ("2025-12-01", None),
)


def test_a_cohort_by_hand() -> None:
    """Of three of January two are there a month later; three months later, too, one of them on the
    60th day after the start.
    """
    cohorts = build_cohorts(LIVES, day("2025-06-15"), "month")
    assert [(cohort.name, cohort.number) for cohort in cohorts] == [("2025-01", 3), ("2025-02", 1)]
    assert {age: round(share.value * 3) for age, share in cohorts[0].share.items()} == {1: 2, 3: 1}
    assert cohorts[0].share[1] == wilson(2, 3)


def test_only_ages_that_the_whole_cohort_has_reached() -> None:
    cohorts = build_cohorts(LIVES, day("2025-03-03"), "month")
    assert list(cohorts[0].share) == [1]  # the last of January has had its 30 days
    assert list(cohorts[1].share) == []


def test_quarters_and_years() -> None:
    assert [
        (cohort.name, cohort.number)
        for cohort in build_cohorts(LIVES, day("2026-06-15"), "quarter")
    ] == [
        ("2025-Q1", 4),
        ("2025-Q4", 1),
    ]
    assert [
        (cohort.name, cohort.number) for cohort in build_cohorts(LIVES, day("2026-06-15"), "year")
    ] == [("2025", 5)]


def test_cohorts_before_the_first_known_loss_are_marked() -> None:
    lives = portfolio(
        ("2020-03-01", None),
        ("2024-02-01", "2024-08-01"),
        ("2024-09-01", None),
        ("2024-10-01", None),
    )
    assert [cohort.early for cohort in build_cohorts(lives, day("2025-06-01"), "month")] == [
        True,
        True,
        False,
        False,
    ]
    whole = combine_cohorts(build_cohorts(lives, day("2025-06-01"), "month"))
    assert whole is not None
    assert (whole.number, whole.share[6]) == (2, wilson(2, 2))


def test_nobody_is_no_cohort() -> None:
    assert build_cohorts(portfolio(("2025-05-01", None)), day("2025-05-01"), "month") == ()


def test_dso_by_hand() -> None:
    """300 owed of 1200 invoiced in 120 days are 30 days; 100 of it is overdue, so 20 days were
    possible.
    """
    owed, overdue = np.array([200.0, 100.0, 0.0]), np.array([100.0, 0.0, 0.0])
    dso = measure_dso(Receivables(owed, overdue, np.array([600.0, 400.0, 200.0]), 7), 120)
    assert dso.estimate is not None
    assert (
        dso.estimate.value,
        dso.details["best_possible"],
        dso.details["delinquent"],
    ) == pytest.approx((30, 20, 10))
    assert 0 <= dso.estimate.low < 30 < dso.estimate.high
    nothing = Receivables(np.array([5.0]), None, np.array([0.0]), 0)
    assert measure_dso(nothing, 30).reason == Finding("metric.nothing_invoiced")
