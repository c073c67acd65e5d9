"""Churn and retention of the portfolio over a period, by number and by value.

For the entities that are active at the start, whose value then is S:

    GRR = (S − contraction − lost) ÷ S, at most 1        NRR = (S + expansion − contraction − lost) ÷ S

New entities count in neither. Three rates of loss are published under the same name, and they differ:

    start   lost of those active at the start ÷ those active at the start
    stripe  lost in the last 30 days ÷ (active 30 days ago + new in these 30 days); an entity that
            starts and leaves within them counts
    daily   Σ over days of lost that day ÷ active at its start; for portfolios with many new entities
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from salus.finding import Finding
from salus.insight.metrics.metric import Metric
from salus.insight.metrics.portfolio import (
    Movement,
    PortfolioHistory,
    estimate_ratio,
    estimate_retention,
    estimate_share,
)
from salus.insight.metrics.surveys import wilson
from salus.insight.statistics.interval import ALIKE, LEVEL, Interval
from salus.scoring.scored import Floats

Variant = Literal["start", "stripe", "daily"]
VARIANTS: tuple[Variant, ...] = ("start", "stripe", "daily")
MONTH, YEAR, LEAP = 30, 365, 366
FEWEST = 5  # paying entities needed for the interval of their mean
NO_VALUE = Finding("metric.no_value_at_start")
LOST_ENTITIES: dict[Variant, Finding] = {
    "start": Finding("definition.churn_start"),
    "stripe": Finding("definition.churn_stripe"),
    "daily": Finding("definition.churn_daily"),
}
LOST_VALUE: dict[Variant, Finding] = {
    "start": Finding("definition.value_start"),
    "stripe": Finding("definition.value_stripe"),
    "daily": Finding("definition.value_daily"),
}
LESS_GROWTH = Finding("definition.less_growth")


def measure_lost_entities(
    portfolio: PortfolioHistory, first: int, stop: int, variant: Variant
) -> Metric:
    """The share of entities lost, with Wilson's interval; for `daily` the one of Fay and Feuer."""
    if variant == "daily":
        return _lost_daily(portfolio, first, stop)
    start = first if variant == "start" else stop - MONTH
    begun, gone = Movement(portfolio, start, stop).begun, ~portfolio.active_on(stop)
    if variant == "stripe":
        new = (portfolio.start >= start) & (portfolio.start < stop)
        begun = begun | new & (portfolio.end > portfolio.start)
        away = portfolio.away
        if away is not None:  # an entity that returns in that time counts again
            begun[away.entity[(away.back >= start) & (away.back < stop)]] = True
    number, lost = int(np.count_nonzero(begun)), int(np.count_nonzero(begun & gone))
    if not number:
        return Metric.refused("share", Finding("metric.none_at_start"))
    details: dict[str, float] = {"lost": lost}
    if variant == "start" and stop - first not in (YEAR, LEAP):
        details["a_year"] = 1 - (1 - lost / number) ** (YEAR / (stop - first))
    return Metric(
        unit="share",
        estimate=wilson(lost, number),
        n=number,
        definition=(LOST_ENTITIES[variant],),
        details=details,
    )


def _lost_daily(portfolio: PortfolioHistory, first: int, stop: int) -> Metric:
    days = list(_days(portfolio, first, stop))
    each = np.array([1 / day.active for day in days if day.active])
    if not len(each):
        return Metric.refused("share", Finding("metric.none_in_period"))
    losses = [1 / day.active for day in days for _ in range(day.lost)]
    next_loss = UnseenEvent(float(each.mean()), float(np.mean(each**2)))
    return Metric(
        unit="share",
        estimate=estimate_weighted_sum(losses, next_loss),
        n=max(day.active for day in days),
        definition=(LOST_ENTITIES["daily"],),
        details={"lost": len(losses)},
    )


def measure_lost_value(
    portfolio: PortfolioHistory, first: int, stop: int, variant: Variant
) -> tuple[Metric, Metric]:
    """The share of value lost or reduced (gross), and the same minus the growth of these entities
    (net).
    """
    if variant == "daily":
        return _lost_value_daily(portfolio, first, stop)
    start = first if variant == "start" else stop - MONTH
    movement = Movement(portfolio, start, stop)
    before, after = movement.money
    if variant == "stripe":
        new = _new_values(portfolio, start, stop)
        before, after = (np.concatenate(pair) for pair in zip((before, after), new, strict=True))
    if not before.sum() > 0:
        return (Metric.refused("share", NO_VALUE, movement.unknown),) * 2
    down, up = np.maximum(before - after, 0.0), np.maximum(after - before, 0.0)
    kept = estimate_retention(after, before)
    net = Interval(1 - kept.value, 1 - kept.high, 1 - kept.low)
    details = {
        "of": float(before.sum()),
        "lost": float(before[after == 0].sum()),
        "reduced": float(down[after > 0].sum()),
        "grown": float(up.sum()),
        "unknown": movement.unknown,
    }
    definition = (LOST_VALUE[variant],)
    return (
        _share(estimate_share(down, before), len(before), definition, details),
        _share(net, len(before), (*definition, LESS_GROWTH), details),
    )


def _share(
    estimate: Interval, number: int, definition: tuple[Finding, ...], details: dict[str, float]
) -> Metric:
    """A share of value. It has no interval where too few entities hold the value."""
    return Metric(
        unit="share",
        estimate=estimate,
        n=number,
        definition=definition,
        details=details,
        no_interval=None if estimate.known else Finding("metric.value_with_few"),
    )


def _new_values(portfolio: PortfolioHistory, start: int, stop: int) -> tuple[Floats, Floats]:
    """The values of entities that started from `start` on and before `stop`: on the day after their
    start, and at the end.
    """
    assert portfolio.values is not None
    new = np.flatnonzero(
        (portfolio.start >= start) & (portfolio.start < stop) & (portfolio.end > portfolio.start)
    )
    first = portfolio.values.on(portfolio.start + 1, len(portfolio))[new]
    last = portfolio.value(stop)[new]
    known = (first > 0) & ~np.isnan(last)
    return first[known], last[known]


def _lost_value_daily(portfolio: PortfolioHistory, first: int, stop: int) -> tuple[Metric, Metric]:
    """Each loss counts as its share of that day's value; so does the growth of entities that paid
    that day, which the net rate subtracts.

    An entity that begins to pay, or pays again, is new business. The interval of the difference is
    made of the intervals of its two parts (MOVER, Zou and Donner 2008).
    """
    losses: list[float] = []
    gains: list[float] = []
    next_event: list[tuple[float, float]] = []
    before = portfolio.value(first)
    for day in range(first, stop):
        after = portfolio.value(day + 1)
        total, pays = float(np.nansum(before)), portfolio.active_on(day) & (before > 0)
        if total > 0:
            down, up = (
                np.fmax(change, 0.0)[pays] / total for change in (before - after, after - before)
            )
            losses += down[down > 0].tolist()
            gains += up[up > 0].tolist()
            squares = float(np.nansum((before / total) ** 2))
            next_event.append((1 / pays.sum(), squares / pays.sum()))
        before = after
    if not next_event:
        return (Metric.refused("share", NO_VALUE),) * 2
    number = int(np.count_nonzero(portfolio.active_on(first)))
    unseen = UnseenEvent(*np.mean(next_event, axis=0).tolist())
    lost, grown = estimate_weighted_sum(losses, unseen), estimate_weighted_sum(gains, unseen)
    low = math.hypot(lost.value - lost.low, grown.high - grown.value)
    high = math.hypot(lost.high - lost.value, grown.value - grown.low)
    net = lost.value - grown.value
    definition = (LOST_VALUE["daily"],)
    return (
        _share(lost, number, definition, {}),
        _share(Interval(net, net - low, net + high), number, (*definition, LESS_GROWTH), {}),
    )


@dataclass(frozen=True)
class _Day:
    """Entities active at the start of a day, and those of them that aren't at the next."""

    active: int
    lost: int


def _days(portfolio: PortfolioHistory, first: int, stop: int) -> Iterator[_Day]:
    """Every day of the period."""
    if portfolio.away is not None:
        for day in range(first, stop):
            active, next_active = portfolio.active_on(day), portfolio.active_on(day + 1)
            yield _Day(int(np.count_nonzero(active)), int(np.count_nonzero(active & ~next_active)))
        return
    empty = portfolio.end < portfolio.start + 1  # they left before their first day
    starts, ends = np.sort(portfolio.start), np.sort(portfolio.end[~empty])
    never = np.sort(portfolio.start[empty])
    for day in range(first, stop):
        begun = int(np.searchsorted(starts, day)) - int(np.searchsorted(never, day))
        gone, next_gone = (int(np.searchsorted(ends, limit)) for limit in (day, day + 1))
        yield _Day(begun - gone, next_gone - gone)


@dataclass(frozen=True)
class UnseenEvent:
    """The weight of one more event: its mean over all entities that could have had it, and the mean
    of its square.
    """

    mean: float
    square: float


def estimate_weighted_sum(weights: list[float], unseen: UnseenEvent) -> Interval:
    """The sum of the weights of events, with the gamma interval of Fay and Feuer (1997).

    The upper end assumes one more event of average weight (Tiwari, Clegg and Zou 2006), not of the
    largest one: with a single very large entity, the largest possible loss would say nothing. There
    is an interval without any event, too.

    >>> total = estimate_weighted_sum([0.01] * 4, UnseenEvent(0.01, 0.0001))
    >>> round(100 * total.value), round(100 * total.low, 2), round(100 * total.high, 2)     # Poisson, exact of 4: 1.09, 10.24
    (4, 1.09, 10.24)
    """
    counts = np.array(weights)
    total, variance = float(counts.sum()), float(counts @ counts)
    tail = (1 - LEVEL) / 2
    low = variance / total * special.gammaincinv(total**2 / variance, tail) if total else 0.0
    above, spread_ = total + unseen.mean, variance + unseen.square
    high = spread_ / above * special.gammaincinv(above**2 / spread_, 1 - tail)
    return Interval(total, float(low), float(high))


def measure_retention(portfolio: PortfolioHistory, first: int, stop: int) -> tuple[Metric, Metric]:
    """GRR and NRR of the entities active at the start."""
    movement = Movement(portfolio, first, stop)
    before, after = movement.money
    if not before.sum() > 0:
        return (Metric.refused("share", NO_VALUE, movement.unknown),) * 2
    half = int(np.searchsorted(np.cumsum(np.sort(before)[::-1]), before.sum() / 2)) + 1
    details = {
        "start": float(before.sum()),
        "half_with": half,
        "lost": float(before[after == 0].sum()),
        "reduced": float(np.maximum(before - after, 0)[after > 0].sum()),
        "grown": float(np.maximum(after - before, 0).sum()),
        "unknown": movement.unknown,
    }
    gross = estimate_share(np.minimum(before, after), before)
    net = estimate_retention(after, before)
    return (
        _share(gross, len(before), (Finding("definition.grr"),), details),
        _share(net, len(before), (Finding("definition.nrr"),), details),
    )


def measure_arpa(portfolio: PortfolioHistory, stop: int) -> Metric:
    """The mean value of the entities that are active and pay at the end (ARPA), by its log. A few
    entities that pay most count as few.
    """
    values = portfolio.value(stop)[portfolio.active_on(stop)]
    paying = values[~np.isnan(values) & (values > 0)]
    if not len(paying):
        return Metric.refused("money", Finding("metric.none_pays"))
    mean = estimate_ratio(paying, np.ones(len(paying)), paying)
    mean = mean if len(paying) >= FEWEST else Interval.alone(mean.value)
    return Metric(
        unit="money",
        estimate=mean,
        n=len(paying),
        definition=(Finding("definition.arpa"),),
        details={"total": float(paying.sum()), "median": float(np.median(paying))},
        no_interval=None if mean.known else _no_interval(paying),
    )


def _no_interval(paying: Floats) -> Finding:
    """Why the mean of these values has no interval."""
    if len(paying) < FEWEST:
        return Finding("metric.few_pay", least=FEWEST)
    if np.ptp(paying) <= ALIKE * paying.max():
        return Finding("metric.all_pay_the_same")
    return Finding("metric.pay_differs")
