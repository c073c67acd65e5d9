"""A date or a local moment as conditions and data spell it."""

from __future__ import annotations

import datetime as dt


def parse_local_time(text: str) -> dt.date | dt.datetime | None:
    """A date, or a local moment, from its ISO form; None when it is neither.

    >>> moment("2026-01-31"), moment("2026-01-31 12:00")
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
