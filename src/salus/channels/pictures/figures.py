"""Figures as a reader says them: a share with its interval, a span of numbers."""

from __future__ import annotations

from salus.channels.words import Words
from salus.insight.statistics.interval import Interval


def format_interval(found: Interval | None, words: Words) -> tuple[str, str]:
    """Share and interval; too few rows to say is said."""
    if found is None:
        return words.text("picture.too_few"), ""
    return (
        words.percent(found.value, 1),
        format_range(100 * found.low, 100 * found.high, words, 1) + words.format.percent,
    )


def append_count(title: str, number: str) -> str:
    """The title of an axis with how many it rests on, as a picture may stand without its
    sentence.
    """
    return f"{title} (n\u00a0=\u00a0{number})"


def format_range(low: float, high: float, words: Words, digits: int = 0) -> str:
    """From one number to another; one number where both read alike."""
    ends = [words.number(value, digits) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
