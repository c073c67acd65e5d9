"""One line per table for a terminal: what it holds, how it joins, what it is used for or why not."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.folder.content import FolderContent, FolderTable
from salus.channels.folder.reasons import shorten_reason
from salus.channels.text.tables import format_table
from salus.channels.text.width import text_width
from salus.channels.words import Words
from salus.sanitize import one_line

NAME, ROLE, JOIN = 24, 16, 22  # the most characters of a name, a role, and how a table joins
GAP = 2  # between columns


def format_tables(content: FolderContent, words: Words) -> list[str]:
    """A table with a line for each table of the folder."""
    *head, last_head = ("table", "holds", "rows", "left out", "linked", "by", "used for")
    rows = [_row(table, words) for table in content.ordered]
    lines = format_table(head, [row[:-1] for row in rows], 2, text_last=True)
    width = max(map(len, lines)) + GAP
    room = max(text_width() - width, len(last_head))
    last = [last_head, *(row[-1] for row in rows)]
    return [
        f"{line.ljust(width)}{cut(text, room)}".rstrip()
        for line, text in zip(lines, last, strict=True)
    ]


def format_population(content: FolderContent, words: Words) -> str | None:
    """The population in a sentence; None if it isn't known."""
    known = content.population
    if known is None:
        return None
    text = (
        f"{words.number(known.ever)} customers ever, {words.number(known.today)} on {known.as_of}"
    )
    if known.left is not None:
        text += f", {words.number(known.left)} left in 18 months"
    if known.value is not None:
        text += f"; value {words.money(known.value, known.currency)} per year"
    return text


def cut(text: str, room: int) -> str:
    """The text on one line and within `room` characters.

    >>> cut("subscriptions", 6)
    'subsc…'
    """
    line = one_line(text)
    return line if len(line) <= room else f"{line[: max(room - 1, 0)]}…"


def _row(table: FolderTable, words: Words) -> Sequence[str]:
    return (
        cut(table.name, NAME),
        cut(words.text(f"role.{table.role}"), ROLE),
        words.number(table.rows),
        words.number(table.uncounted) if table.uncounted else "",
        "" if table.share is None else _percent(table, words),
        cut(_join(table), JOIN),
        _used(table, words),
    )


def _percent(table: FolderTable, words: Words) -> str:
    """The share as a percentage. Not quite all is never 100 %, and not quite none is never 0 %."""
    share = table.share or 0.0
    if table.matched < table.joinable:
        share = min(share, 0.99)
    return words.percent(max(share, 0.01) if table.matched else share, 0)


def _join(table: FolderTable) -> str:
    """The column by which most rows join, and how many other ways there are."""
    ways = [way for way in table.ways if way]
    if not ways:
        return ""
    steps, more = ways[0], len(ways) - 1
    middle = "" if len(steps) == 1 else f" via {steps[0].table}"
    others = f" +{more}" if more else ""
    return f"{cut(steps[0].column + middle, JOIN - len(others))}{others}"


def _used(table: FolderTable, words: Words) -> str:
    if not table.is_used:
        return f"unused: {shorten_reason(table, words)}"
    names = ", ".join(table.measures)
    number = len(table.measures)
    measures = [] if not number else [names if number == 1 else f"{number}: {names}"]
    return "; ".join([*measures, *(words.text(f"use.{use}") for use in table.uses)])
