"""A result as HTML tables, for a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from salus.sanitize import one_line

MAX_ROWS = 20  # at most so many rows are shown

Cell = str | int | float | bool | None


def html_rows(title: str, rows: Sequence[Mapping[str, object]], count: int) -> str:
    """A table of the first rows; `count`: how many there are in all. Every text is escaped."""
    cells = [flatten(row) for row in rows]
    names = _columns(cells)
    head = "".join(f'<th scope="col">{_escape(name)}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(row.get(name)) for name in names)}</tr>" for row in cells)
    more = f"<p>{count - len(rows):,} more rows</p>" if count > len(rows) else ""
    return (
        f"<table><caption>{_escape(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )


def html_values(title: str, values: Mapping[str, object]) -> str:
    """A table with one line per value. Every text is escaped."""
    body = "".join(
        f'<tr><th scope="row" style="text-align:left">{_escape(name)}</th>{_cell(value)}</tr>'
        for name, value in flatten(values).items()
    )
    return f"<table><caption>{_escape(title)}</caption><tbody>{body}</tbody></table>"


def flatten(values: Mapping[str, object], prefix: str = "") -> dict[str, Cell]:
    """The texts and numbers, with those of an object as `object.name` and an interval as one text.
    Lists are left out.

    >>> flatten({"auc": 0.7, "auc_ci": [0.65, 0.75], "model": {"name": "demo"}, "rows": [1, 2, 3]})
    {'auc': 0.7, 'auc_ci': '0.650 to 0.750', 'model.name': 'demo'}
    """
    cells: dict[str, Cell] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            cells |= flatten(value, f"{prefix}{name}.")
        elif name.endswith("_ci") and isinstance(value, list | tuple):
            cells[prefix + name] = " to ".join(_format(end) for end in value)
        elif value is None or isinstance(value, str | int | float):
            cells[prefix + name] = value
    return cells


def _columns(rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """The columns in order. An object gets no column of its own if other rows have its parts."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [name for name in names if not any(other.startswith(f"{name}.") for other in names)]


def _cell(value: Cell) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    side = "right" if is_number else "left"
    return f'<td style="text-align:{side}">{_escape(_format(value))}</td>'


def _format(value: object) -> str:
    """A value as text: three decimals below 1, else two."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 1 else f"{value:,.2f}"
    return str(value)


def _escape(text: str) -> str:
    return html.escape(one_line(text))
