"""Terms that are decided after today or after an earlier date, with the score on that date.

A term belongs to the date whose horizon holds its last day for a notice. So past decisions are seen
as far ahead, and with as much known, as the coming ones that are predicted. The dates are a whole
horizon apart: each decision counts once, and the decisions of one period share its luck.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salus.finding import Finding
from salus.outcomes.events import OutcomeEvents
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.scoring.scored import Floats, Truths

FEWEST = 10  # decisions of each kind needed to learn
PERIODS = 4  # with decisions, needed to learn


@dataclass(frozen=True)
class EntitySnapshots:
    """Entities on each date; every array has one value per row, NaN where it is missing."""

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days
    score: Floats
    decide_by: Floats  # the last day for a notice, as known on the date
    term_end: Floats
    value: Floats  # of the entity

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: Any) -> EntitySnapshots:
        """These rows, in this order."""
        return replace(
            self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)}
        )


@dataclass(frozen=True)
class RenewalDecisions:
    """One row per decision."""

    rows: EntitySnapshots
    period: NDArray[np.intp]  # horizons back from today: 0 is ahead, 1 is the one before
    lost: Truths  # for settled decisions
    known_day: NDArray[np.int64]  # the day after which the decision is known

    def __len__(self) -> int:
        return len(self.period)

    def at(self, rows: Any) -> RenewalDecisions:
        """These rows, in this order."""
        return RenewalDecisions(
            self.rows.at(rows), self.period[rows], self.lost[rows], self.known_day[rows]
        )


def forecast_days(today: int, horizon: int, first: int) -> Days:
    """Today and the days that lie whole horizons before it, not before `first`; latest first.

    >>> forecast_days(100, 30, 35).tolist()
    [100, 70, 40]
    """
    return np.arange(today, min(first, today) - 1, -horizon, dtype=np.int32)


def find_decisions(
    snapshots: EntitySnapshots, events: OutcomeEvents, today: int, horizon: int, *, late: bool
) -> RenewalDecisions:
    """The decisions of every date. With `late` an outcome shows at the end of the term, not on the
    day of notice.

    Entities that had given notice before the date, or were gone, are left out: there was nothing to
    decide.
    """
    ahead = snapshots.decide_by - snapshots.day
    on_grid = (today - snapshots.day) % horizon == 0
    when, undecided = events.next(snapshots.entity, snapshots.day)
    rows = np.flatnonzero(on_grid & undecided & (ahead >= 0) & (ahead < horizon))
    terms = snapshots.at(rows)
    known_day = np.floor(np.where(late, terms.term_end + 1, terms.decide_by))
    lost = when[rows] <= np.nan_to_num(known_day, nan=-1)
    known_day = np.where(np.isnan(known_day), NEVER, np.nan_to_num(known_day)).astype(np.int64)
    period = ((today - terms.day) // horizon).astype(np.intp)
    return RenewalDecisions(terms, period, lost, known_day)


def select_settled(decisions: RenewalDecisions, by: int) -> RenewalDecisions:
    """The decisions of earlier dates that have a score, and whose result is known before the day
    `by`.
    """
    rows = decisions.rows
    known = (rows.day < by) & (decisions.known_day < by)
    return decisions.at(np.flatnonzero(known & ~np.isnan(rows.score)))


def too_few(past: RenewalDecisions) -> Finding | None:
    """Why Salus can't learn from these decisions; None where it can."""
    lost, renewed = int(past.lost.sum()), int((~past.lost).sum())
    if min(lost, renewed) < FEWEST:
        return Finding("renewals.few_decisions", lost=lost, renewed=renewed, least=FEWEST)
    periods = len(np.unique(past.period))
    if periods < PERIODS:
        return Finding("renewals.few_periods", periods=periods, least=PERIODS)
    return None
