"""Tables as plain text, and plain text for a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from salus.channels.text.width import text_width

SHORTEST = 20  # characters of a name in a narrow window


def format_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, *, text_last: bool = False
) -> list[str]:
    """The lines of a table. The first `left` columns are aligned left, the others right; with
    `text_last` the last one is aligned left, too.
    """
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width)
            if i < left or (text_last and i == len(row) - 1)
            else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def format_entities(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    left: int = 2,
    *,
    text_last: bool = False,
) -> list[str]:
    """The lines of a table whose rows begin with the key and the name of an entity. The column of
    names is left out if no entity has one.

    Where the table would be too wide, long names are cut; if that isn't enough, the text of
    `text_last` gets a line of its own.
    """
    if not any(row[1] for row in rows):
        head, rows = [head[0], *head[2:]], [[row[0], *row[2:]] for row in rows]
        return format_table(head, rows, max(left - 1, 1), text_last=text_last)
    lines = format_table(head, rows, left, text_last=text_last)
    excess = max(map(len, lines)) - text_width()
    if excess <= 0:
        return lines
    limit = max(len(row[1]) for row in rows) - excess
    if text_last and limit < SHORTEST:
        above = format_entities(head[:-1], [row[:-1] for row in rows], left)
        below = [f"    {row[-1]}" for row in (head, *rows)]
        return [line for pair in zip(above, below, strict=True) for line in pair]
    cut = [[row[0], _cut(row[1], max(limit, SHORTEST)), *row[2:]] for row in rows]
    return format_table(head, cut, left, text_last=text_last)


def format_entity_groups(
    head: Sequence[str],
    groups: Sequence[Sequence[Sequence[str]]],
    left: int = 2,
    *,
    text_last: bool = False,
) -> list[list[str]]:
    """The lines of one table per group of rows; all have columns of the same width."""
    rows = [row for group in groups for row in group]
    lines = format_entities(head, rows, left, text_last=text_last)
    height = len(lines) // (len(rows) + 1)  # of a row
    tables, start = [], height
    for group in groups:
        end = start + height * len(group)
        tables.append([*lines[:height], *lines[start:end]])
        start = end
    return tables


def _cut(name: str, limit: int) -> str:
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def to_html(text: str) -> str:
    """The text as HTML for a notebook."""
    return f"<pre>{html.escape(text)}</pre>"
