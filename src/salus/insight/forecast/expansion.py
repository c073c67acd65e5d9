"""Who may grow: the chance that a good outcome comes, by the score that has it as its goal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from salus.insight.forecast.renewal_decisions import FEWEST, PERIODS, EntitySnapshots
from salus.insight.forecast.renewals import RenewalHistory, fit_renewals, simulate_renewals
from salus.outcomes.events import OutcomeEvents
from salus.scoring.scored import Floats


@dataclass(frozen=True)
class ExpansionCandidates:
    """Of the rows of today, by falling chance: positions in the list of entities, their scores,
    chances with 80 % ranges.
    """

    entity: tuple[int, ...]
    score: Floats
    probability: Floats
    low: Floats
    high: Floats
    reason: str | None  # why there are none


NONE = np.zeros(0)


def find_candidates(
    standing: EntitySnapshots, events: OutcomeEvents, today: int, horizon: int, end: int
) -> ExpansionCandidates:
    """`standing.score` is the score in question. Learned from dates whole horizons before today,
    each with its own luck.
    """
    when, asked = events.next(standing.entity, standing.day)
    usable = asked & ~np.isnan(standing.score) & ((today - standing.day) % horizon == 0)
    past = np.flatnonzero(usable & (standing.day + horizon <= min(today, end)))
    came = when[past] < standing.day[past] + horizon
    period = ((today - standing.day[past]) // horizon).astype(np.intp)
    grown = len(np.unique(standing.entity[past][came]))
    if min(grown, int((~came).sum())) < FEWEST or len(np.unique(period)) < PERIODS:
        return ExpansionCandidates(
            (),
            NONE,
            NONE,
            NONE,
            NONE,
            f"it came to {grown} in {len(np.unique(period))} periods, and at least "
            f"{FEWEST} in {PERIODS} are needed",
        )
    now = np.flatnonzero(usable & (standing.day == today))
    found = simulate_renewals(
        fit_renewals(RenewalHistory(standing.score[past], came, period)),
        standing.score[now],
        np.zeros(len(now)),
    )
    order = np.lexsort([standing.entity[now], -found.probability])
    return ExpansionCandidates(
        tuple(standing.entity[now][order].tolist()),
        standing.score[now][order],
        found.probability[order],
        found.low[order],
        found.high[order],
        None,
    )
