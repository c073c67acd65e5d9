"""Cohorts: of those that came in the same month, the share still there so many months later."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.metrics.surveys import wilson
from salus.insight.statistics.interval import Interval
from salus.periods.day import NEVER, date_of, day_number

CohortStep = Literal["month", "quarter", "year"]
MONTHS: dict[CohortStep, int] = {"month": 1, "quarter": 3, "year": 12}
AGES = (1, 3, 6, 12, 18, 24, 36)  # months after the start at which a cohort is looked at
A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class RetentionCohort:
    """`share` by age in months, only ages that all of it have reached; `early`: it came before the
    first loss known.
    """

    name: str  # 2026-03, 2026-Q1 or 2026
    number: int
    share: dict[int, Interval]
    early: bool

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        told = [
            {"months": age, "value": one.value, "low": one.low, "high": one.high, "n": self.number}
            for age, one in self.share.items()
        ]
        return {
            "cohort": self.name,
            "n": self.number,
            "retained": told,
            "before_first_loss": self.early,
        }


def build_cohorts(
    book: PortfolioHistory, stop: int, step: CohortStep
) -> tuple[RetentionCohort, ...]:
    """All cohorts that came before the day `stop`, oldest first. Shares by Wilson.

    Who had left before a table was begun is often not in it. Then cohorts from before the first
    loss known look better than they were: they are marked as `early`.
    """
    came = np.flatnonzero((book.start > -NEVER) & (book.start < stop) & (book.end > book.start))
    if not len(came):
        return ()
    losses = book.end[came][book.end[came] < stop]
    if book.away is not None:
        losses = np.concatenate([losses, book.away.day[book.away.day < stop]])
    first_loss = int(losses.min()) if len(losses) else stop
    found = []
    month = _first_of(date_of(int(book.start[came].min())), step)
    while day_number(month) < stop:
        following = _later(month, MONTHS[step])
        low, high = day_number(month), day_number(following)
        some = came[(book.start[came] >= low) & (book.start[came] < high)]
        if len(some):
            found.append(
                RetentionCohort(
                    _named(month, step),
                    len(some),
                    _shares(book, some, high - 1, stop),
                    high <= first_loss,
                )
            )
        month = following
    return tuple(found)


def combine_cohorts(several: tuple[RetentionCohort, ...]) -> RetentionCohort | None:
    """All cohorts that aren't early as one; each age by those that have reached it. None where
    fewer than two are left.
    """
    some = [cohort for cohort in several if not cohort.early and cohort.share]
    if len(some) < 2:
        return None
    shares = {}
    for age in AGES:
        reached = [cohort for cohort in some if age in cohort.share]
        if reached:
            number = sum(cohort.number for cohort in reached)
            shares[age] = wilson(
                sum(round(one.share[age].value * one.number) for one in reached), number
            )
    return RetentionCohort("all", sum(cohort.number for cohort in some), shares, early=False)


def _shares(book: PortfolioHistory, some: Any, last: int, stop: int) -> dict[int, Interval]:
    shares = {}
    for age in AGES:
        days = round(age * A_MONTH)
        if last + days < stop:
            stayed = int(
                np.count_nonzero(book.there(np.minimum(book.start, NEVER) + np.int32(days))[some])
            )
            shares[age] = wilson(stayed, len(some))
    return shares


def _first_of(day: dt.date, step: CohortStep) -> dt.date:
    months = MONTHS[step]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def _later(month: dt.date, months: int) -> dt.date:
    years, place = divmod(month.month - 1 + months, 12)
    return dt.date(month.year + years, place + 1, 1)


def _named(month: dt.date, step: CohortStep) -> str:
    if step == "quarter":
        return f"{month.year}-Q{(month.month - 1) // 3 + 1}"
    return f"{month.year}" if step == "year" else f"{month:%Y-%m}"
