"""Tables that become cards on a phone and stay tables for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salus.channels.markup import Child, Markup, element


@dataclass(frozen=True)
class ReportColumn:
    """A column with its heading. Numbers are aligned right. `class_` is for the style sheet."""

    label: str
    number: bool = False
    class_: str | None = None


def render_table(
    caption: str,
    columns: Sequence[ReportColumn],
    rows: Sequence[Sequence[Child]],
    *,
    class_: str = "",
) -> Markup:
    """The table. The first cell of a row is its heading; only screen readers read the caption."""
    head = element(
        "tr",
        [
            element("th", column.label, scope="col", role="columnheader", class_=_classes(column))
            for column in columns
        ],
        role="row",
    )
    body = [
        element(
            "tr",
            [
                _cell(column, cell, first=place == 0)
                for place, (column, cell) in enumerate(zip(columns, row, strict=True))
            ],
            role="row",
        )
        for row in rows
    ]
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head, role="rowgroup"),
        element("tbody", body, role="rowgroup"),
        role="table",
        class_=class_ or None,
    )


def _cell(column: ReportColumn, cell: Child, *, first: bool) -> Markup:
    if first:
        return element("th", cell, scope="row", role="rowheader", class_=_classes(column))
    return element("td", cell, role="cell", class_=_classes(column), data_label=column.label)


def _classes(column: ReportColumn) -> str | None:
    names = ("number" if column.number else "", column.class_ or "")
    return " ".join(filter(None, names)) or None
