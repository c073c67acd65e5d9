"""The value of all entities that haven't given notice: in the past, and after the renewals ahead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from salus.channels.pictures.fan import FanAxis, FanSeries, build_fan
from salus.channels.pictures.picture import Picture
from salus.channels.words import Words
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.forecast.renewals import LEVEL
from salus.periods.day import date_of

BACK = 365  # days of the past that are shown


def build_outlook(
    outlook: ValueOutlook, words: Words, *, valued: bool, currency: str | None
) -> Picture:
    """The picture. `valued`: the figures are money; otherwise entities are counted."""
    today = outlook.past[-1][0]
    past = [(date_of(day), amount) for day, amount in outlook.past if day >= today - BACK]
    coming = [
        (date_of(day), amount.low, amount.value, amount.high) for day, amount in outlook.coming
    ]
    ends = axis_ends(
        [amount for _, amount in past] + [end for _, low, _, high in coming for end in (low, high)]
    )
    unit, word = words.money_unit(ends[1]) if valued else (1.0, "")
    axis_title = _heading(words, valued, " ".join(filter(None, (word, currency))))
    picture = build_fan(
        FanSeries(_heading(words, valued, currency or ""), past, coming, LEVEL),
        FanAxis(axis_title, unit, ends),
        words,
        title=words.text("picture.outlook"),
        says=_says(outlook, words, valued=valued, currency=currency),
    )
    return replace(picture, legend=words.text("picture.outlook.cut")) if ends[0] > 0 else picture


def _heading(words: Words, valued: bool, unit: str) -> str:
    if not valued:
        return words.text("picture.outlook.number")
    return words.text("bands.money_in", currency=unit) if unit else words.text("bands.money")


def _says(outlook: ValueOutlook, words: Words, *, valued: bool, currency: str | None) -> str:
    def write(amount: float) -> str:
        return words.money(amount, currency) if valued else words.number(amount, 0)

    (_, today), (last, end) = outlook.past[-1], outlook.coming[-1]
    now = write(today) if valued else f"{write(today)} {words.plural(words.entity)}"
    lost, low, high = (write(today - left) for left in (end.value, end.high, end.low))
    return words.text(
        "picture.outlook.says",
        now=now,
        date=words.long_date(date_of(last)),
        lost=lost,
        low=low,
        high=high,
        level=words.percent(LEVEL),
    )


def axis_ends(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis for lines: round numbers near the values, so that changes are visible.

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
