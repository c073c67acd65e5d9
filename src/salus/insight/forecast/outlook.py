"""What those who have not given notice are worth: on earlier dates, today, and ahead, as far as
renewals decide it.
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
    """Days with what all were worth; the last of `past` is today. Nobody new is in `coming`, whose
    intervals hold 80 %.
    """

    past: tuple[tuple[int, float], ...]
    coming: tuple[tuple[int, Interval], ...]


def step_ends(today: int, horizon: int) -> NDArray[np.int64]:
    """The days by whose beginning the decisions of a step are over: every thirty days, and the end
    of the horizon.

    >>> step_ends(1000, 90).tolist(), step_ends(1000, 45).tolist()
    ([1030, 1060, 1090], [1030, 1045])
    """
    return np.append(np.arange(today + STEP, today + horizon, STEP), today + horizon)


def build_outlook(
    standing: EntitySnapshots,
    stake: Floats,
    today: int,
    horizon: int,
    lost: Sequence[Interval],
    *,
    before: bool,
) -> ValueOutlook:
    """`standing`: who had not given notice on each date, and `stake` what each was worth. `lost`:
    by the end of each step.

    Without `before` earlier dates are left out, as where it isn't kept what anybody was worth.
    """
    days, place = np.unique(standing.day, return_inverse=True)
    total = np.bincount(place, weights=stake, minlength=len(days))
    past = [
        (int(day), float(worth))
        for day, worth in zip(days, total, strict=True)
        if before and day < today
    ]
    now = float(stake[standing.day == today].sum())
    coming = (
        (int(day), Interval(now - one.value, now - one.high, now - one.low))
        for day, one in zip(step_ends(today, horizon), lost, strict=True)
    )
    return ValueOutlook((*past, (today, now)), tuple(coming))
