"""The value of the entities without a notice: on earlier dates, today, and ahead as far as renewals
decide it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval
from salus.scoring.scored import Floats

STEP = 30  # days


@dataclass(frozen=True)
class ValueOutlook:
    """Days with the value of all entities."""

    past: tuple[tuple[int, float], ...]  # the last is today
    coming: tuple[tuple[int, Interval], ...]  # 80 %; without new entities


def step_ends(today: int, horizon: int) -> NDArray[np.int64]:
    """The days on which the decisions of each step are over: every thirty days, and the end of the
    horizon.

    >>> step_ends(1000, 90).tolist(), step_ends(1000, 45).tolist()
    ([1030, 1060, 1090], [1030, 1045])
    """
    return np.append(np.arange(today + STEP, today + horizon, STEP), today + horizon)


def build_outlook(
    snapshots: EntitySnapshots,
    stake: Floats,
    today: int,
    horizon: int,
    lost: Sequence[Interval],
    *,
    before: bool,
) -> ValueOutlook:
    """The outlook from the entities without a notice on each date, with the value `stake` of each.
    `lost` is the value lost by the end of each step.

    Without `before` earlier dates are left out, because earlier values aren't kept.
    """
    days, place = np.unique(snapshots.day, return_inverse=True)
    total = np.bincount(place, weights=stake, minlength=len(days))
    past = [
        (int(day), float(worth))
        for day, worth in zip(days, total, strict=True)
        if before and day < today
    ]
    now = float(stake[snapshots.day == today].sum())
    coming = (
        (int(day), Interval(now - loss.value, now - loss.high, now - loss.low))
        for day, loss in zip(step_ends(today, horizon), lost, strict=True)
    )
    return ValueOutlook((*past, (today, now)), tuple(coming))
