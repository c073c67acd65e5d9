"""Time to value: days from the start of an entity to the first fact that is value to it."""

from __future__ import annotations

import numpy as np

from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import survival
from salus.periods.day import NEVER
from salus.periods.grid import Days

SAYS = (
    "median days from the start to the first value, of those that came in the period; by Kaplan and"
    " Meier: who still waits counts"
)
FEWEST = 5  # entities under which nothing is told
ALIKE = 20  # under which equal waits give no interval


def measure_time_to_value(book: PortfolioHistory, value: Days, since: int, stop: int) -> Metric:
    """Of those that came from the day `since` on and before `stop`. `value`: the day of the first
    value; NEVER: none yet.

    Who has none yet is looked at until the end of the period or of the entity: to leave them out
    would count only the quick. Value before the start counts as 0 days.
    """
    came = np.flatnonzero((book.start >= since) & (book.start < stop) & (book.end > book.start))
    if len(came) < FEWEST:
        return Metric.refused("days", f"only {len(came)} came in the period", len(came))
    start = book.start[came].astype(np.int64)
    seen = np.minimum(book.end[came].astype(np.int64), stop - 1)
    got = value[came] <= seen
    days = np.maximum(np.where(got, value[came], seen) - start, 0).astype(np.float64)
    told = survival(days, got)
    more = {
        "with_value": int(np.count_nonzero(got)),
        "before_start": int(np.count_nonzero(value[came] < start)),
        "share_within": {str(day): 1 - told.at(day) for day in (30, 60, 90)},
    }
    middle = told.median_interval
    if middle is None:
        waits = f"only {int(np.count_nonzero(got))} of {len(came)} got it, too few for a median"
        return Metric("days", None, len(came), SAYS, waits, more)
    if middle.low == middle.high and len(came) < ALIKE:
        return Metric(
            "days",
            Interval.alone(middle.value),
            len(came),
            SAYS,
            more=more,
            unsure=f"all of {len(came)} waited alike, too few for an interval",
        )
    return Metric("days", middle, len(came), SAYS, more=more)


def observed_from(value: Days) -> int:
    """The first day on which anybody is known to have got value: who came earlier may have got it
    unseen.
    """
    return int(value.min()) if len(value) else NEVER
