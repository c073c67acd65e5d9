"""Retention by cohort: how many of the entities that started together are still active later."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.surveys import wilson
from salus.insight.statistics.interval import Interval
from salus.periods.day import NEVER, date_of, day_number

CohortStep = Literal["month", "quarter", "year"]
MONTHS: dict[CohortStep, int] = {"month": 1, "quarter": 3, "year": 12}
AGES = (1, 3, 6, 12, 18, 24, 36)  # months after the start
A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class RetentionCohort:
    """The entities that started in the same month, quarter or year."""

    name: str  # 2026-03, 2026-Q1 or 2026
    number: int
    share: dict[int, Interval]  # still active, by age in months that all of them have reached
    early: bool  # they started before the first known loss

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        retained = [
            {
                "months": age,
                "value": share.value,
                "low": share.low,
                "high": share.high,
                "n": self.number,
            }
            for age, share in self.share.items()
        ]
        return {
            "cohort": self.name,
            "n": self.number,
            "retained": retained,
            "before_first_loss": self.early,
        }


def build_cohorts(
    portfolio: PortfolioHistory, stop: int, step: CohortStep
) -> tuple[RetentionCohort, ...]:
    """All cohorts that started before the day `stop`, oldest first, with Wilson's intervals.

    Entities that left before a table was begun are often not in it. Cohorts from before the first
    known loss then look better than they were, so they are marked as `early`.
    """
    start, end, away = portfolio.start, portfolio.end, portfolio.away
    usable = np.flatnonzero((start > -NEVER) & (start < stop) & (end > start))
    if not len(usable):
        return ()
    losses = end[usable][end[usable] < stop]
    if away is not None:
        losses = np.concatenate([losses, away.day[away.day < stop]])
    first_loss = int(losses.min()) if len(losses) else stop
    cohorts = []
    month = _first_of(date_of(int(start[usable].min())), step)
    while day_number(month) < stop:
        following = _later(month, MONTHS[step])
        low, high = day_number(month), day_number(following)
        members = usable[(start[usable] >= low) & (start[usable] < high)]
        if len(members):
            shares = _shares(portfolio, members, high - 1, stop)
            name = _name(month, step)
            cohorts.append(RetentionCohort(name, len(members), shares, high <= first_loss))
        month = following
    return tuple(cohorts)


def combine_cohorts(cohorts: tuple[RetentionCohort, ...]) -> RetentionCohort | None:
    """All cohorts that aren't early as one; each age from the cohorts that have reached it. None
    where fewer than two are left.
    """
    usable = [cohort for cohort in cohorts if not cohort.early and cohort.share]
    if len(usable) < 2:
        return None
    shares = {}
    for age in AGES:
        reached = [cohort for cohort in usable if age in cohort.share]
        if reached:
            number = sum(cohort.number for cohort in reached)
            stayed = sum(round(cohort.share[age].value * cohort.number) for cohort in reached)
            shares[age] = wilson(stayed, number)
    return RetentionCohort("all", sum(cohort.number for cohort in usable), shares, early=False)


def _shares(
    portfolio: PortfolioHistory, members: NDArray[np.intp], last: int, stop: int
) -> dict[int, Interval]:
    """The share of members active at each age, where the last of them has reached it."""
    shares = {}
    for age in AGES:
        days = round(age * A_MONTH)
        if last + days < stop:
            active = portfolio.active_on(np.minimum(portfolio.start, NEVER) + np.int32(days))
            shares[age] = wilson(int(np.count_nonzero(active[members])), len(members))
    return shares


def _first_of(day: dt.date, step: CohortStep) -> dt.date:
    months = MONTHS[step]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def _later(month: dt.date, months: int) -> dt.date:
    years, place = divmod(month.month - 1 + months, 12)
    return dt.date(month.year + years, place + 1, 1)


def _name(month: dt.date, step: CohortStep) -> str:
    if step == "quarter":
        return f"{month.year}-Q{(month.month - 1) // 3 + 1}"
    return f"{month.year}" if step == "year" else f"{month:%Y-%m}"
