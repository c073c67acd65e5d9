"""A measure's value as text: 43 %, 12 days, 0.5×, 1,234, 4,800 EUR, worried, yes."""

from __future__ import annotations

import datetime as dt
from typing import cast

from salus.channels.markup import shorten
from salus.channels.report.content import Unit, Value
from salus.channels.words import Words
from salus.channels.words.format import FIXED
from salus.channels.words.words import NOTHING


def format_measure(words: Words, measure: str, value: Value, unit: Unit) -> str:
    """A value of a measure in its unit, in the reader's language."""
    own = words.values.get(measure, {})
    if isinstance(value, str) and value in own:
        return own[value]
    return format_value(words, value, shown_unit(words, measure, unit))


def shown_unit(words: Words, measure: str, unit: Unit) -> Unit:
    """The unit that the packs give for a measure, or else `unit`, which the model shows."""
    return cast(Unit, words.units.get(measure, unit))


def format_value(words: Words, value: Value, unit: Unit) -> str:
    """A value in its unit, in the reader's language."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return words.text("yes" if value else "no")
    if isinstance(value, str):
        return words.text("data_word", word=shorten(value))
    if isinstance(value, dt.datetime):
        return words.date(value.date())
    if unit == "percent":
        return words.percent(value)
    if unit == "truth":
        return words.text("yes" if value > 0 else "no")
    if unit in ("days", "workdays"):
        return words.days(value, working=unit == "workdays")
    if unit == "money" and words.currency:
        return f"{words.number(value)}{FIXED}{shorten(words.currency)}"
    return words.number(value) + ("×" if unit == "times" else "")


def format_change(words: Words, change: float) -> str:
    """A change of a score with its sign, to one decimal."""
    return words.number(change, 1, sign=True)
