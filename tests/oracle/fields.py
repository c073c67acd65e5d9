"""What the text of a field's value says, for an attribute of a kind; None if it can't be read."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any
from zoneinfo import ZoneInfo

TRUE, FALSE = ("true", "yes", "ja", "1"), ("false", "no", "nein", "nej", "0")


def field_value(text: str | None, kind: str, zone: ZoneInfo) -> Any:
    """The value of a text."""
    if text is None or kind == "text":
        return text
    if kind == "bool":
        word = text.lower()
        return True if word in TRUE else False if word in FALSE else None
    if kind in ("integer", "number"):
        return _number(text)
    return _time(text, kind, zone)


def _number(text: str) -> float | None:
    whole, _, rest = text.partition(".")
    groups = whole.split(",")
    if "," in rest or any(len(group) != 3 for group in groups[1:]):
        return None
    if len(groups) == 2 and not rest:
        return None  # 1,234 is 1.234 in some countries
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _time(text: str, kind: str, zone: ZoneInfo) -> dt.date | dt.datetime | None:
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if value.tzinfo is not None:
        value = value.astimezone(zone).replace(tzinfo=None, fold=0)
    return value.date() if kind == "date" else value
