"""Which partitions hold the facts of a span of days, and which of them one query builds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from salus.facts.cache.partition import Partition
from salus.facts.partials.day_ranges import PartialSpan, month_after, month_of

LONGEST = dt.timedelta(days=3660)  # of months: older facts go into `before`
OLDEST = dt.timedelta(days=400)  # of a `before` that is read together with all months since
MOST = 8_000_000  # facts grouped by one query, so that its groups stay in the cache


def plan_partitions(span: PartialSpan, kept: Sequence[Partition]) -> list[Partition]:
    """The partitions that together hold the facts of a span. Those already `kept` decide where the
    first ones begin.
    """
    lower = max(span.first or span.earliest, span.earliest - LONGEST)
    if span.first is not None and span.first >= lower:
        return _with_continuations(kept, _months(kept, lower, span.last, whole=False))
    start = _first_month(kept, lower)
    months = _months(kept, start, span.last, whole=start != lower or span.first is None)
    return [Partition(None, start), *_with_continuations(kept, months)]


def _with_continuations(kept: Sequence[Partition], months: Iterable[Partition]) -> list[Partition]:
    """The months, each followed by the files that continue it and ending where the first of them
    begins.
    """
    result: list[Partition] = []
    for month in months:
        later = sorted(
            (each for each in kept if each.after == month.since), key=lambda each: each.file
        )
        stop = next((each.since for each in later if each.since), month.stop)
        result += [replace(month, stop=stop), *later] if stop != month.since else later
    return result


def _first_month(kept: Sequence[Partition], lower: dt.date) -> dt.date:
    """The day on which `before` ends and months begin."""
    days = (
        each.stop for each in kept if each.since is None and lower - OLDEST <= each.stop <= lower
    )
    return next(days, month_of(lower))


def _months(
    kept: Sequence[Partition], start: dt.date, last: dt.date, *, whole: bool
) -> Iterator[Partition]:
    """The months from `start` to `last`. The first may be a part of a month, where an earlier run
    began.
    """
    days = [each.since for each in kept if each.since is not None and each.after is None]
    near = (day for day in days if month_of(day) == month_of(start) and day <= start)
    first = next(near, month_of(start) if whole or days else start)
    month = Partition(first, month_after(first))
    yield month
    while month.stop < last:
        month = Partition(month.stop, month_after(month.stop))
        yield month


def batch_months(
    months: Sequence[Partition], facts: Sequence[int], size: int
) -> Iterator[list[Partition]]:
    """Up to `size` months at a time, with no more than MOST facts unless a single month has more. A
    part of a month comes alone, because rows that hold days as bits of their month can't be
    divided.
    """
    batch: list[Partition] = []
    count, after_part = 0, False
    for month, added in zip(months, facts, strict=True):
        is_part = month.after is not None or month.stop.day != 1
        if batch and (is_part or after_part or len(batch) == size or count + added > MOST):
            yield batch
            batch, count = [], 0
        batch.append(month)
        count, after_part = count + added, is_part
    if batch:
        yield batch
