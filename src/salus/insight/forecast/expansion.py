"""Expansion candidates: the chance of a good outcome, by the score that has it as its goal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.finding import Finding
from salus.insight.forecast.renewal_decisions import FEWEST, PERIODS, EntitySnapshots
from salus.insight.forecast.renewals import RenewalHistory, fit_renewals, simulate_renewals
from salus.outcomes.events import OutcomeEvents
from salus.scoring.scored import Floats


@dataclass(frozen=True)
class ExpansionCandidates:
    """The entities of today, highest chance first; or the reason why there are none."""

    entity: tuple[int, ...]  # positions in the list of entities
    score: Floats
    probability: Floats
    low: Floats  # of the 80 % range
    high: Floats
    reason: Finding | None

    @classmethod
    def refused(cls, reason: Finding) -> ExpansionCandidates:
        """No candidates, with the reason."""
        none = np.zeros(0)
        return cls((), none, none, none, none, reason)


def find_candidates(
    snapshots: EntitySnapshots, events: OutcomeEvents, today: int, horizon: int, end: int
) -> ExpansionCandidates:
    """Learn from dates that lie whole horizons before today; each period has its own luck. The
    snapshots hold the score with the goal.
    """
    when, undecided = events.next(snapshots.entity, snapshots.day)
    on_grid = (today - snapshots.day) % horizon == 0
    usable = undecided & ~np.isnan(snapshots.score) & on_grid
    past = np.flatnonzero(usable & (snapshots.day + horizon <= min(today, end)))
    reached = when[past] < snapshots.day[past] + horizon
    period = ((today - snapshots.day[past]) // horizon).astype(np.intp)
    grown, periods = len(np.unique(snapshots.entity[past][reached])), len(np.unique(period))
    if min(grown, int((~reached).sum())) < FEWEST or periods < PERIODS:
        few = Finding(
            "expansion.too_few",
            events=grown,
            periods=periods,
            least=FEWEST,
            least_periods=PERIODS,
        )
        return ExpansionCandidates.refused(few)
    now = np.flatnonzero(usable & (snapshots.day == today))
    fit = fit_renewals(RenewalHistory(snapshots.score[past], reached, period))
    chances = simulate_renewals(fit, snapshots.score[now], np.zeros(len(now)))
    order = np.lexsort([snapshots.entity[now], -chances.probability])
    return ExpansionCandidates(
        tuple(snapshots.entity[now][order].tolist()),
        snapshots.score[now][order],
        chances.probability[order],
        chances.low[order],
        chances.high[order],
        None,
    )
