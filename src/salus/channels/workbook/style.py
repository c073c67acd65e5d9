"""Colours and number formats of the workbook.

Words and shapes say the same as the colours, so that a black-and-white print can be read.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

HEAD = {"bold": True, "bg_color": "#E7ECEF", "bottom": 1, "text_wrap": True, "valign": "top"}
GROUP = {"bold": True, "font_color": "#3C4A52"}
TITLE = {"bold": True, "font_size": 14}
HINT = {"font_color": "#5A666D", "italic": True}
INPUT = {"bg_color": "#FFF7D6", "border": 1, "border_color": "#D9C77A"}
WORKING = {"font_color": "#5A666D"}

SCORE, SHARE, MONEY, DATE, MOMENT = "0.0", "0%", "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
CEILING = '[>1E+299]"none";0.0'  # shows "none" for results.NO_CEILING

BEST = {"bg_color": "#DDF0E0", "font_color": "#0B4A1E"}
BETWEEN = {"bg_color": "#FBEBC4", "font_color": "#5C3D00"}
WORST = {"bg_color": "#F8D7D3", "font_color": "#7A120A"}
NO_BAND = {"bg_color": "#ECEFF1", "font_color": "#37474F", "italic": True}


class Styles:
    """The cell formats of a workbook. Each is made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, *parts: dict[str, Any], number: str | None = None) -> Format:
        """The format with the properties of all parts; later parts win. `number`: a number format."""
        properties = {key: value for part in parts for key, value in part.items()}
        if number is not None:
            properties["num_format"] = number
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
            self._made[key].properties = properties
        return self._made[key]


def quote(style: Format | None) -> dict[str, Any]:
    """The properties of `style` with the mark for plain text, for a cell whose text looks like a
    formula.
    """
    return {**getattr(style, "properties", {}), "quote_prefix": True}


def band_style(position: int, count: int) -> dict[str, Any]:
    """The colours of a band by its place among `count` bands, best first; -1 is unknown."""
    if position < 0:
        return NO_BAND
    if position == 0:
        return BEST
    return WORST if position == count - 1 else BETWEEN


def band_words(name: str, position: int, count: int) -> str:
    """A shape and the band's name.

    >>> band_words("at_risk", 2, 3), band_words("unknown", -1, 3)
    ('▼ at risk', '○ unknown')
    """
    shape = "○" if position < 0 else "●" if position == 0 else "▼" if position == count - 1 else "◆"
    return f"{shape} {name.replace('_', ' ')}"
