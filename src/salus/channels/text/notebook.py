"""Rows as an HTML table for a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from salus.sanitize import one_line

ROWS = 20  # rows of a long result that are shown
SCALARS = (str, int, float, bool, type(None))


def html_table(title: str, rows: Sequence[Mapping[str, object]], count: int) -> str:
    """A table of the first rows. `count` is the number of all rows.

    Only columns of texts and numbers are shown. Every text is escaped.
    """
    names = [
        name
        for name in dict.fromkeys(name for row in rows for name in row)
        if all(isinstance(row.get(name), SCALARS) for row in rows)
    ]
    head = "".join(f"<th>{_escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(_cells(row, names))}</tr>" for row in rows)
    more = f"<p>{count - len(rows):,} more rows</p>" if count > len(rows) else ""
    return (
        f"<table><caption>{_escape(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )


def _cells(row: Mapping[str, object], names: Iterable[str]) -> Iterable[str]:
    for name in names:
        value = row.get(name)
        side = "right" if isinstance(value, int | float) else "left"
        yield f'<td style="text-align:{side}">{_escape(_format(value))}</td>'


def _format(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    return str(value)


def _escape(text: str) -> str:
    return html.escape(one_line(text))
