"""Dates and local times in conditions and data."""

from __future__ import annotations

import datetime as dt


def parse_local_time(text: str) -> dt.date | dt.datetime | None:
    """Parse a date or a local time in ISO format; None if it is neither.

    >>> parse_local_time("2026-01-31"), parse_local_time("2026-01-31 12:00")
    (datetime.date(2026, 1, 31), datetime.datetime(2026, 1, 31, 12, 0))
    """
    text = text.strip()
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        result = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if result.tzinfo is not None or len(text) < 10 else result
