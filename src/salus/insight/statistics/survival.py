"""Survival: the share that stays without an event over time, by Kaplan and Meier. Entities without
the event so far count as long as they were observed.

An entity that is older than the records enters late: it is at risk only from the age at which it was
first observed, because those that left earlier are in no table (left truncation).
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
    """The survival curve, with one value for each time at which an event happened."""

    time: Floats
    share: Floats  # still without the event after the time
    low: Floats  # of the 95 % interval (log-log)
    high: Floats
    risk: Floats  # entities observed without the event just before the time
    hazard: Floats  # the share of these that have the event

    def at(self, time: float) -> float:
        """The share at a time; 1 before the first event."""
        place = int(np.searchsorted(self.time, time, "right"))
        return 1.0 if place == 0 else float(self.share[place - 1])

    @property
    def median(self) -> float | None:
        """The first time at which at most half are without the event; None where more than half still
        are.
        """
        below = np.flatnonzero(self.share <= 0.5)
        return float(self.time[below[0]]) if len(below) else None

    @property
    def median_interval(self) -> Interval | None:
        """The median with its 95 % interval: the times at which the two ends of the share's interval
        fall to half (Brookmeyer and Crowley 1982).

        The high end is infinite where the upper end never falls so far. None without a median.
        """
        middle = self.median
        if middle is None:
            return None
        early, late = (np.flatnonzero(end <= 0.5) for end in (self.low, self.high))
        return Interval(
            middle, float(self.time[early[0]]), float(self.time[late[0]]) if len(late) else math.inf
        )

    def mean_until(self, time: float) -> float:
        """The mean time without the event, counted up to `time`."""
        steps = np.concatenate([[0.0], self.time[self.time < time], [time]])
        return float(np.sum(np.diff(steps) * np.concatenate([[1.0], self.share[self.time < time]])))


def survival(time: Floats, had_outcome: Truths, entry: Floats | None = None) -> Survival:
    """The curve from the time of each entity: until its event, or else until it was last observed.

    `entry` is the time from which each was observed (None: from the start). Entities whose entry
    isn't before their time are left out.

    >>> curve = survival(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, True, False, True]))
    >>> curve.time.tolist(), curve.share.tolist(), curve.median
    ([1.0, 2.0, 3.0], [0.75, 0.5, 0.0], 2.0)
    """
    if entry is not None:
        observed = entry < time
        time, had_outcome, entry = time[observed], had_outcome[observed], entry[observed]
    times, place = np.unique(time, return_inverse=True)
    events = np.bincount(place, weights=had_outcome, minlength=len(times))
    waiting = len(time) - np.concatenate(
        [[0], np.cumsum(np.bincount(place, minlength=len(times)))[:-1]]
    )
    waiting = waiting - (
        0 if entry is None else len(time) - np.searchsorted(np.sort(entry), times, "left")
    )
    happened = events > 0
    times, events, waiting = times[happened], events[happened], waiting[happened]
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
