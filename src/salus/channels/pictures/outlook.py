"""What those who have not given notice were worth, and will be as far as their renewals decide
it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from salus.channels.pictures.fan import build_fan
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.forecast.renewals import LEVEL
from salus.periods.day import date_of

BACK = 365  # days that are shown of the past


def build_outlook(
    found: ValueOutlook, words: Words, *, valued: bool, currency: str | None
) -> Picture:
    """`valued`: the figures are money; otherwise entities are counted."""
    today = found.past[-1][0]
    past = [(date_of(day), amount) for day, amount in found.past if day >= today - BACK]
    coming = [(date_of(day), one.low, one.value, one.high) for day, one in found.coming]
    ends = axis_ends(
        [amount for _, amount in past] + [end for _, low, _, high in coming for end in (low, high)]
    )
    one, word = words.size(ends[1]) if valued else (1.0, "")
    return build_fan(
        past,
        coming,
        _named(words, valued, currency or ""),
        LEVEL,
        words,
        title=words.text("picture.outlook"),
        says=_says(found, words, valued=valued, currency=currency, cut=ends[0] > 0),
        axis=(_named(words, valued, " ".join(filter(None, (word, currency)))), one, ends),
    )


def _named(words: Words, valued: bool, unit: str) -> str:
    if not valued:
        return words.text("picture.outlook.number")
    return words.text("bands.money_in", currency=unit) if unit else words.text("bands.money")


def _says(
    found: ValueOutlook, words: Words, *, valued: bool, currency: str | None, cut: bool
) -> str:
    def told(amount: float) -> str:
        return words.money(amount, currency) if valued else words.number(amount, 0)

    (_, today), (last, end) = found.past[-1], found.coming[-1]
    now = told(today) if valued else f"{told(today)} {words.many(words.entity)}"
    lost, low, high = (told(today - left) for left in (end.value, end.high, end.low))
    sentence = words.text(
        "picture.outlook.says",
        now=now,
        date=words.long_date(date_of(last - 1)),
        lost=lost,
        low=low,
        high=high,
        level=words.percent(LEVEL),
    )
    return f"{sentence} {words.text('picture.outlook.cut')}" if cut else sentence


def axis_ends(values: Sequence[float]) -> tuple[float, float]:
    """Where an axis of lines may begin and end: at round numbers not far from them, as what matters
    is how they bend.

    >>> axis_ends([6_010_000, 6_790_000]), axis_ends([3, 40]), axis_ends([0, 0])
    ((5600000.0, 7200000.0), (0.0, 60.0), (0.0, 1.0))
    """
    low, high = min(values), max(values)
    step = 10.0 ** math.floor(math.log10(max(high - low, high / 10, 1.0) / 4)) * 2
    room = (high - low) / 2
    return (
        max(math.floor((low - room) / step) * step, 0.0),
        math.ceil((high + room or 1.0) / step) * step,
    )
