"""Churn and retention of a book over a period: how many are lost, how much money, what stays and
grows.

Of those there at the start (S is their money then):

    GRR = (S − contraction − lost) ÷ S, at most 1        NRR = (S + expansion − contraction − lost) ÷ S

New entities count in neither. Three rates of loss are published under the same name, and differ:

    start   lost of those there at the start ÷ there at the start
    stripe  lost in the last 30 days ÷ (there 30 days ago + new in these 30 days); who came and left within them counts
    daily   Σ over days of lost that day ÷ there at its start: for books with many new ones
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

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
FEWEST = 5  # that pay, for an interval of their mean
NO_VALUE = "no value is known at the start of the period"
SAYS: dict[Variant, str] = {
    "start": "lost in the period, of those there at its start, ÷ those there at its start",
    "stripe": "lost in the last 30 days ÷ (there 30 days before the end + new in these 30 days)",
    "daily": "the sum over the days of the period of lost that day ÷ there at its start",
}
MONEY_SAYS: dict[Variant, str] = {
    "start": "value lost or reduced in the period, of those there at its start, ÷ their value then",
    "stripe": (
        "value lost or reduced in the last 30 days ÷ (value 30 days before the end + value of new"
        " ones in these 30 days)"
    ),
    "daily": (
        "the sum over the days of the period of value lost or reduced that day ÷ value at its start"
    ),
}


def measure_lost_entities(
    book: PortfolioHistory, first: int, stop: int, variant: Variant
) -> Metric:
    """The share of entities lost, by Wilson; of `daily` by Fay and Feuer."""
    if variant == "daily":
        days = list(_days(book, first, stop))
        each = np.array([1 / day.there for day in days if day.there])
        if not len(each):
            return Metric.refused("share", "nobody was there in the period")
        pieces = [1 / day.there for day in days for _ in range(day.lost)]
        found = estimate_weighted_sum(
            pieces, UnseenEvent(float(each.mean()), float(np.mean(each**2)))
        )
        return Metric(
            "share",
            found,
            max(day.there for day in days),
            SAYS[variant],
            more={"lost": len(pieces)},
        )
    start = first if variant == "start" else stop - MONTH
    begun, gone = Movement(book, start, stop).begun, ~book.there(stop)
    if variant == "stripe":
        begun = begun | (book.start >= start) & (book.start < stop) & (book.end > book.start)
        if book.away is not None:  # who is back in that time, once more
            begun[book.away.entity[(book.away.back >= start) & (book.away.back < stop)]] = True
    number, lost = int(np.count_nonzero(begun)), int(np.count_nonzero(begun & gone))
    if not number:
        return Metric.refused("share", "nobody was there at the start of the period")
    more: dict[str, float] = {"lost": lost}
    if variant == "start" and stop - first not in (YEAR, LEAP):
        more["a_year"] = 1 - (1 - lost / number) ** (YEAR / (stop - first))
    return Metric("share", wilson(lost, number), number, SAYS[variant], more=more)


def measure_lost_value(
    book: PortfolioHistory, first: int, stop: int, variant: Variant
) -> tuple[Metric, Metric]:
    """The share of value lost or reduced (gross), and the same less what the entities grew by
    (net).
    """
    if variant == "daily":
        return _daily_money(book, first, stop)
    start = first if variant == "start" else stop - MONTH
    moved = Movement(book, start, stop)
    before, after = moved.money
    if variant == "stripe":
        before, after = (
            np.concatenate(pair)
            for pair in zip((before, after), _new(book, start, stop), strict=True)
        )
    if not before.sum() > 0:
        return (Metric.refused("share", NO_VALUE, moved.unknown),) * 2
    down, up = np.maximum(before - after, 0.0), np.maximum(after - before, 0.0)
    stays = estimate_retention(after, before)
    net = Interval(1 - stays.value, 1 - stays.high, 1 - stays.low)
    parts = {
        "of": float(before.sum()),
        "lost": float(before[after == 0].sum()),
        "reduced": float(down[after > 0].sum()),
        "grown": float(up.sum()),
        "unknown": moved.unknown,
    }
    says = MONEY_SAYS[variant]
    return (
        Metric("share", estimate_share(down, before), len(before), says, more=parts),
        Metric(
            "share",
            net,
            len(before),
            f"{says}; growth of the same subtracted",
            more=parts,
            unsure=_unsure(net),
        ),
    )


def _new(book: PortfolioHistory, start: int, stop: int) -> tuple[Floats, Floats]:
    """Of those that came from `start` on and before `stop`, their value on the day after they came
    and at the end.
    """
    assert book.worth is not None
    came = np.flatnonzero((book.start >= start) & (book.start < stop) & (book.end > book.start))
    first, last = book.worth.on(book.start + 1, len(book))[came], book.value(stop)[came]
    known = (first > 0) & ~np.isnan(last)
    return first[known], last[known]


def _daily_money(book: PortfolioHistory, first: int, stop: int) -> tuple[Metric, Metric]:
    """Each loss counts as its share of that day's value, and so does growth of those that paid that
    day, net of which is told.

    Who begins to pay, or pays again, is new business. The interval of the difference is made of
    those of its two parts (MOVER, Zou and Donner 2008).
    """
    losses: list[float] = []
    gains: list[float] = []
    unseen: list[tuple[float, float]] = []
    before = book.value(first)
    for day in range(first, stop):
        after = book.value(day + 1)
        total, pays = float(np.nansum(before)), book.there(day) & (before > 0)
        if total > 0:
            down, up = (np.fmax(one, 0.0)[pays] / total for one in (before - after, after - before))
            losses += down[down > 0].tolist()
            gains += up[up > 0].tolist()
            unseen.append((1 / pays.sum(), float(np.nansum((before / total) ** 2)) / pays.sum()))
        before = after
    if not unseen:
        return (Metric.refused("share", NO_VALUE),) * 2
    number, says = int(np.count_nonzero(book.there(first))), MONEY_SAYS["daily"]
    one_more = UnseenEvent(*np.mean(unseen, axis=0).tolist())
    lost, grown = estimate_weighted_sum(losses, one_more), estimate_weighted_sum(gains, one_more)
    low = math.hypot(lost.value - lost.low, grown.high - grown.value)
    high = math.hypot(lost.high - lost.value, grown.value - grown.low)
    net = lost.value - grown.value
    return (
        Metric("share", lost, number, says),
        Metric(
            "share",
            Interval(net, net - low, net + high),
            number,
            f"{says}; growth of the same subtracted",
        ),
    )


@dataclass(frozen=True)
class _Day:
    there: int
    lost: int


def _days(book: PortfolioHistory, first: int, stop: int) -> Iterator[_Day]:
    """Of each day who was there at its start, and how many of them no more at the next."""
    if book.away is not None:
        for day in range(first, stop):
            there = book.there(day)
            yield _Day(
                int(np.count_nonzero(there)), int(np.count_nonzero(there & ~book.there(day + 1)))
            )
        return
    starts, ends = np.sort(book.start), np.sort(book.end[book.end >= book.start + 1])
    never = np.sort(book.start[book.end < book.start + 1])  # gone before they were there
    for day in range(first, stop):
        begun = int(np.searchsorted(starts, day)) - int(np.searchsorted(never, day))
        gone, next_gone = (int(np.searchsorted(ends, one)) for one in (day, day + 1))
        yield _Day(begun - gone, next_gone - gone)


@dataclass(frozen=True)
class UnseenEvent:
    """What one more event would count: the mean of that over all it could have come to, and the
    mean of its square.
    """

    mean: float
    square: float


def estimate_weighted_sum(pieces: list[float], unseen: UnseenEvent) -> Interval:
    """A sum of events each of which counts so much, by the gamma interval of Fay and Feuer (1997).

    Above, with what an unseen event counts on average (Tiwari, Clegg and Zou 2006), not at most:
    where a book has one giant, the most that could be lost would say nothing. It holds also where
    there was no event.

    >>> found = estimate_weighted_sum([0.01] * 4, UnseenEvent(0.01, 0.0001))
    >>> round(100 * found.value), round(100 * found.low, 2), round(100 * found.high, 2)     # Poisson, exact of 4: 1.09, 10.24
    (4, 1.09, 10.24)
    """
    counts = np.array(pieces)
    total, variance = float(counts.sum()), float(counts @ counts)
    tail = (1 - LEVEL) / 2
    low = variance / total * special.gammaincinv(total**2 / variance, tail) if total else 0.0
    above, spread_ = total + unseen.mean, variance + unseen.square
    high = spread_ / above * special.gammaincinv(above**2 / spread_, 1 - tail)
    return Interval(total, float(low), float(high))


def measure_retention(book: PortfolioHistory, first: int, stop: int) -> tuple[Metric, Metric]:
    """GRR and NRR of those there at the start."""
    moved = Movement(book, first, stop)
    before, after = moved.money
    if not before.sum() > 0:
        return (Metric.refused("share", NO_VALUE, moved.unknown),) * 2
    half = int(np.searchsorted(np.cumsum(np.sort(before)[::-1]), before.sum() / 2)) + 1
    parts = {
        "start": float(before.sum()),
        "half_with": half,
        "lost": float(before[after == 0].sum()),
        "reduced": float(np.maximum(before - after, 0)[after > 0].sum()),
        "grown": float(np.maximum(after - before, 0).sum()),
        "unknown": moved.unknown,
    }
    gross, net = (
        estimate_share(np.minimum(before, after), before),
        estimate_retention(after, before),
    )
    return (
        Metric(
            "share",
            gross,
            len(before),
            "value at the end of those there at the start, growth left out, ÷ their value then",
            more=parts,
        ),
        Metric(
            "share",
            net,
            len(before),
            "value at the end of those there at the start ÷ their value then; new ones left out",
            more=parts,
            unsure=_unsure(net),
        ),
    )


def _unsure(found: Interval) -> str | None:
    return (
        None
        if found.known
        else "the value lies with too few, and they fared too differently, for an interval"
    )


def measure_arpa(book: PortfolioHistory, stop: int) -> Metric:
    """The mean value of those who are there at the end and pay (ARPA), by its log. A few that pay
    most count as few.
    """
    values = book.value(stop)[book.there(stop)]
    paying = values[~np.isnan(values) & (values > 0)]
    if not len(paying):
        return Metric.refused("money", "nobody pays at the end of the period")
    found = estimate_ratio(paying, np.ones(len(paying)), paying)
    found = found if len(paying) >= FEWEST else Interval.alone(found.value)
    return Metric(
        "money",
        found,
        len(paying),
        "value ÷ those who are there and pay, at the end of the period",
        more={"total": float(paying.sum()), "median": float(np.median(paying))},
        unsure=None if found.known else f"{_payers(paying)} for an interval",
    )


def _payers(paying: Floats) -> str:
    """Why their mean has no interval."""
    if len(paying) < FEWEST:
        return f"fewer than {FEWEST} pay, too few"
    return (
        "all pay the same, which leaves nothing"
        if np.ptp(paying) <= ALIKE * paying.max()
        else "they pay too differently"
    )
