"""A measure's value as text: 43 %, 12 days, 1,234, worried, yes."""

from __future__ import annotations

import datetime as dt

from salus.channels.markup import shorten
from salus.channels.report.content import Unit, Value
from salus.channels.words import Words
from salus.channels.words.words import NOTHING


def format_value(words: Words, value: Value, unit: Unit) -> str:
    """A value in its unit, in the reader's language."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return words.text("yes" if value else "no")
    if isinstance(value, str):
        return shorten(value)
    if isinstance(value, dt.datetime):
        return words.date(value.date())
    if unit == "percent":
        return words.percent(value)
    return words.days(value) if unit == "days" else words.number(value)


def format_change(words: Words, change: float) -> str:
    """A change of a score with its sign, to one decimal."""
    return words.number(change, 1, sign=True)
