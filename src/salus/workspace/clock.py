"""The clock, and dates as people write them. Nothing else in the package asks for the current time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from salus.errors import OptionError

Date = dt.date | str


def now() -> dt.datetime:
    """The current moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def today_in(zone: str) -> dt.date:
    """Today in a time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def date(value: Date | None) -> dt.date | None:
    """The date of an ISO text or of a moment. Raises OptionError for anything else.

    >>> date("2026-01-31")
    datetime.date(2026, 1, 31)
    """
    if isinstance(value, dt.datetime):  # a subclass of date that can't be compared with dates
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (ValueError, TypeError):
        raise OptionError(f"'{value}' is not a valid date", "write it as 2026-01-31") from None
