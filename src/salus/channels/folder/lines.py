"""One line per table for a terminal: what it holds, how it joins, what it is used for or why not."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.folder.content import FolderContent, FolderTable
from salus.channels.folder.reasons import explain_unused
from salus.channels.text.tables import format_table
from salus.channels.text.width import text_width
from salus.channels.words import Words
from salus.sanitize import one_line

NAME, JOIN = 26, 30  # the most characters of a table's name, and of how it joins
GAP = 2  # between columns


def format_tables(content: FolderContent, words: Words) -> list[str]:
    """A table with a line for each table of the folder."""
    head = ("table", "holds", "rows", "linked", "by", "used for")
    rows = [_row(table, words) for table in content.ordered]
    lines = format_table(head, [row[:5] for row in rows], 2, text_last=True)
    width = max(map(len, lines)) + GAP
    room = max(text_width() - width, len(head[5]))
    last = [head[5], *(row[5] for row in rows)]
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
        words.text(f"role.{table.role}"),
        _rows(table, words),
        "" if table.share is None else _percent(table, words),
        cut(_join(table), JOIN),
        _used(table, words),
    )


def _rows(table: FolderTable, words: Words) -> str:
    """The rows that count, and the number of all if there are more."""
    if table.kept == table.rows:
        return words.number(table.rows)
    return f"{words.number(table.kept)} of {words.number(table.rows)}"


def _percent(table: FolderTable, words: Words) -> str:
    """The share as a percentage. Not quite all is never 100 %, and not quite none is never 0 %."""
    share = table.share or 0.0
    if table.matched < table.kept:
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
        return f"unused: {explain_unused(table, words)}"
    uses = [words.text(f"use.{use}") for use in table.uses]
    number = len(table.measures)
    if number:
        noun = "measure" if number == 1 else "measures"
        uses.append(f"{number} {noun}: {', '.join(table.measures)}")
    return "; ".join(uses)
