"""Terms and how they were decided: the same question asked today and on earlier dates, a horizon
apart.

A date asks for the terms whose last day for a notice lies within the horizon after it, and for the
score on that date. So a decision of the past is learned from in the state in which a coming one is
foretold: as long ahead, with what was known then. The dates are a whole horizon apart, so that each
decision counts once, and those of one period share its luck.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.outcomes.events import OutcomeEvents
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Truths

FEWEST = 10  # decisions of either kind to learn from
PERIODS = 4  # with decisions


@dataclass(frozen=True)
class EntitySnapshots:
    """Who stood where on each date; every array has one value a row, NaN where there is none."""

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days
    score: Floats
    decide_by: Floats  # the last day for a notice, as known on the date
    term_end: Floats
    value: Floats  # what is at stake

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: Any) -> EntitySnapshots:
        """These rows, in this order."""
        return replace(
            self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)}
        )


@dataclass(frozen=True)
class RenewalDecisions:
    """One row a decision. `period` counts horizons back from today: 0 is the one ahead, 1 the one
    before it.
    """

    rows: EntitySnapshots
    period: NDArray[np.intp]
    lost: Truths  # of those that are settled
    known_day: NDArray[np.int64]  # the day after which it is known how it was decided

    def __len__(self) -> int:
        return len(self.period)

    def at(self, rows: Any) -> RenewalDecisions:
        """These rows, in this order."""
        return RenewalDecisions(
            self.rows.at(rows), self.period[rows], self.lost[rows], self.known_day[rows]
        )


def forecast_days(today: int, horizon: int, first: int) -> Days:
    """Today and the days whole horizons before it, not before `first`; falling.

    >>> forecast_days(100, 30, 35).tolist()
    [100, 70, 40]
    """
    return np.arange(today, min(first, today) - 1, -horizon, dtype=np.int32)


def find_decisions(
    standing: EntitySnapshots, events: OutcomeEvents, today: int, horizon: int, *, late: bool
) -> RenewalDecisions:
    """The decisions of every asked date. `late`: an outcome shows at the end of the term, not on
    the day of notice.

    Left out is who had already given notice on the date, or was gone: there was nothing left to
    decide.
    """
    ahead = standing.decide_by - standing.day
    on_grid = (today - standing.day) % horizon == 0
    when, asked = events.next(standing.entity, standing.day)
    rows = np.flatnonzero(on_grid & asked & (ahead >= 0) & (ahead < horizon))
    some = standing.at(rows)
    known_day = np.floor(np.where(late, some.term_end + 1, some.decide_by))
    lost = when[rows] <= np.nan_to_num(known_day, nan=-1)
    known_day = np.where(np.isnan(known_day), NEVER, np.nan_to_num(known_day)).astype(np.int64)
    return RenewalDecisions(some, ((today - some.day) // horizon).astype(np.intp), lost, known_day)


def select_settled(found: RenewalDecisions, by: int) -> RenewalDecisions:
    """The scored ones of earlier dates of which it is known before the day `by` how they were
    decided.
    """
    return found.at(
        np.flatnonzero((found.rows.day < by) & (found.known_day < by) & ~np.isnan(found.rows.score))
    )


def too_few(past: RenewalDecisions) -> str | None:
    """Why nothing can be learned from these; None when something can."""
    lost, kept, periods = int(past.lost.sum()), int((~past.lost).sum()), len(np.unique(past.period))
    if min(lost, kept) < FEWEST:
        return (
            f"{lost} lost and {kept} renewed terms are known with the score before, and at least"
            f" {FEWEST} of each are needed"
        )
    if periods < PERIODS:
        return (
            f"decisions lie in {periods} of the earlier periods, and at least {PERIODS} are needed"
            " to see how much periods differ"
        )
    return None
