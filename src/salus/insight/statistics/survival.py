"""How long it takes: the share that stays without the event, by Kaplan and Meier, also where many
are still waiting.

Who was there before anybody kept records enters late: it counts among those at risk only from the
age at which it came into view, for those who left earlier are in no table (left truncation).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from salus.insight.metrics.surveys import NORMAL
from salus.insight.statistics.interval import Interval
from salus.scoring.scored import Floats, Truths


@dataclass(frozen=True)
class Survival:
    """At each time with an event: the share still without it after that time, and its 95 % interval
    (log-log).
    """

    time: Floats
    share: Floats
    low: Floats
    high: Floats
    risk: Floats  # how many were in view without it just before each time
    hazard: Floats  # the share of them to which it came

    def at(self, time: float) -> float:
        """The share at a time; 1 before the first event."""
        place = int(np.searchsorted(self.time, time, "right"))
        return 1.0 if place == 0 else float(self.share[place - 1])

    @property
    def median(self) -> float | None:
        """The first time at which at most half are without it; None where more than half still
        are.
        """
        below = np.flatnonzero(self.share <= 0.5)
        return float(self.time[below[0]]) if len(below) else None

    @property
    def median_interval(self) -> Interval | None:
        """The median with its 95 % interval: the times at which the two ends of the share's
        interval fall to half.

        Infinite where the upper end never does; None without a median (Brookmeyer and Crowley
        1982).
        """
        middle = self.median
        if middle is None:
            return None
        early, late = (np.flatnonzero(end <= 0.5) for end in (self.low, self.high))
        return Interval(
            middle, float(self.time[early[0]]), float(self.time[late[0]]) if len(late) else math.inf
        )

    def mean_until(self, time: float) -> float:
        """The mean time without it, of the time up to `time`."""
        steps = np.concatenate([[0.0], self.time[self.time < time], [time]])
        return float(np.sum(np.diff(steps) * np.concatenate([[1.0], self.share[self.time < time]])))


def survival(time: Floats, had_outcome: Truths, entry: Floats | None = None) -> Survival:
    """From the time of each, to the event where it `came`, else until it was last seen without it.

    `entry`: the time from which each was in view; only those with entry < time tell anything. From
    the start, if None.

    >>> found = survival(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, True, False, True]))
    >>> found.time.tolist(), found.share.tolist(), found.median
    ([1.0, 2.0, 3.0], [0.75, 0.5, 0.0], 2.0)
    """
    if entry is not None:
        seen = entry < time
        time, had_outcome, entry = time[seen], had_outcome[seen], entry[seen]
    times, place = np.unique(time, return_inverse=True)
    events = np.bincount(place, weights=had_outcome, minlength=len(times))
    waiting = len(time) - np.concatenate(
        [[0], np.cumsum(np.bincount(place, minlength=len(times)))[:-1]]
    )
    waiting = waiting - (
        0 if entry is None else len(time) - np.searchsorted(np.sort(entry), times, "left")
    )
    some = events > 0
    times, events, waiting = times[some], events[some], waiting[some]
    share = np.cumprod(1 - events / waiting)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (waiting * (waiting - events)))
        wide = NORMAL * np.sqrt(greenwood) / np.log(share)
        ends = [np.where(share > 0, share ** np.exp(sign * wide), 0.0) for sign in (-1, 1)]
    return Survival(
        times,
        np.asarray(share, dtype=np.float64),
        np.minimum(*ends),
        np.where(share > 0, np.maximum(*ends), 0.0),
        waiting.astype(np.float64),
        np.asarray(events / waiting, dtype=np.float64),
    )
