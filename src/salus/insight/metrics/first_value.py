"""Time to value: the days from the start of an entity to its first fact that counts as value."""

from __future__ import annotations

import numpy as np

from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import PortfolioHistory
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.survival import survival
from salus.periods.day import NEVER
from salus.periods.grid import Days

DEFINITION = (Finding("definition.time_to_value"),)
FEWEST = 5  # new entities needed for a metric
ALIKE = 20  # new entities needed for an interval where all waited equally long


def measure_time_to_value(
    portfolio: PortfolioHistory, value: Days, since: int, stop: int
) -> Metric:
    """The median wait of the entities that started from the day `since` on and before `stop`.

    `value` is the day of the first value of each entity, NEVER where it has none yet. Entities that
    still wait count until the end of the period or their own end: without them only the quick ones
    would count. Value before the start counts as 0 days.
    """
    new = np.flatnonzero(
        (portfolio.start >= since) & (portfolio.start < stop) & (portfolio.end > portfolio.start)
    )
    number = len(new)
    if number < FEWEST:
        return Metric.refused("days", Finding("metric.few_new", number=number), number)
    start = portfolio.start[new].astype(np.int64)
    last_day = np.minimum(portfolio.end[new].astype(np.int64), stop - 1)
    reached = value[new] <= last_day
    waits = np.maximum(np.where(reached, value[new], last_day) - start, 0).astype(np.float64)
    curve = survival(waits, reached)
    got, median = int(np.count_nonzero(reached)), curve.median_interval
    reason = no_interval = None
    if median is None:
        reason = Finding("metric.few_with_value", got=got, all=number)
    elif median.low == median.high and number < ALIKE:
        median = Interval.alone(median.value)
        no_interval = Finding("metric.equal_waits", all=number)
    return Metric(
        unit="days",
        estimate=median,
        n=number,
        definition=DEFINITION,
        reason=reason,
        details={
            "with_value": got,
            "before_start": int(np.count_nonzero(value[new] < start)),
            "share_within": {str(day): 1 - curve.at(day) for day in (30, 60, 90)},
        },
        no_interval=no_interval,
    )


def observed_from(value: Days) -> int:
    """The first day on which any entity got value. Entities that started before may have got value
    that no table holds.
    """
    return int(value.min()) if len(value) else NEVER
