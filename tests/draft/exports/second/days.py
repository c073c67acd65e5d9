"""Days and times of day, drawn from a seed."""

from __future__ import annotations

import datetime as dt
import math
from random import Random

from tests.draft.exports.truth import EXPORT_DAY

BEGIN, END = dt.date(2025, 5, 1), EXPORT_DAY  # the files tell of these days
BILLED_FROM = dt.date(2025, 1, 1)  # the first invoices


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, (following - first).days))


def between(random: Random, first: dt.date, last: dt.date) -> dt.date:
    """A day of the range, or the first day if the range is empty."""
    return first + dt.timedelta(days=int(random.random() * max((last - first).days + 1, 1)))


def at(random: Random, day: dt.date, first: int = 7, last: int = 17) -> dt.datetime:
    """A time of the day, in minutes, within office hours."""
    minutes = int(random.random() * (last - first) * 60)
    return dt.datetime(day.year, day.month, day.day, first) + dt.timedelta(minutes=minutes)


def text(moment: dt.datetime | None) -> str:
    """As HubSpot and Stripe write a time: to the minute, without an offset."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def poisson(random: Random, mean: float) -> int:
    """A count with this mean, below about 30."""
    count, product, limit = 0, random.random(), math.exp(-mean)
    while product > limit:
        product *= random.random()
        count += 1
    return count
