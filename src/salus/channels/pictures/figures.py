"""Figures as texts: a share with its interval, a range of numbers."""

from __future__ import annotations

from salus.channels.words import Words
from salus.insight.statistics.interval import Interval


def format_interval(share: Interval | None, words: Words) -> tuple[str, str]:
    """The share and its interval; for None, that there are too few rows."""
    if share is None:
        return words.text("picture.too_few"), ""
    return (
        words.percent(share.value, 1),
        format_range(100 * share.low, 100 * share.high, words, 1) + words.format.percent,
    )


def append_count(title: str, number: str) -> str:
    """The title of an axis with the number of rows, so that a picture is clear without its
    sentence.
    """
    return f"{title} (n\u00a0=\u00a0{number})"


def format_range(low: float, high: float, words: Words, digits: int = 0) -> str:
    """A range of two numbers, or one number if both are written the same."""
    ends = [words.number(value, digits) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
