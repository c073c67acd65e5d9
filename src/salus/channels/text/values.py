"""Numbers and bands as plain text."""

from __future__ import annotations

from salus.channels.difference import subtract_rounded
from salus.channels.text.labels import format_label
from salus.channels.words.format import MINUS
from salus.model.model import UNKNOWN, Model


def format_number(value: float | None, digits: int = 1) -> str:
    """A number with a comma after every three digits and a real minus sign; `–` for None.

    >>> format_number(1234567.25), format_number(None), format_number(-0.43, 2)
    ('1,234,567.2', '–', '−0.43')
    """
    return "–" if value is None else f"{value:,.{digits}f}".replace("-", MINUS)


def format_signed(value: float, digits: int = 1) -> str:
    """A number with its sign, and with a real minus sign; 0 has no sign.

    >>> format_signed(21.4), format_signed(-0.0072, 3), format_signed(0.04), format_signed(1234, 0)
    ('+21.4', '−0.007', '0.0', '+1,234')
    """
    rounded = round(value, digits)
    sign = "" if not rounded else MINUS if rounded < 0 else "+"
    return f"{sign}{abs(rounded):,.{digits}f}"


def format_difference(value: float | None, before: float | None, digits: int = 1) -> str:
    """The difference of two numbers as both are shown, with its sign; `–` if one is None.

    >>> format_difference(64.86, 43.54), format_difference(40.01, 39.99), format_difference(1, None)
    ('+21.4', '0.0', '–')
    """
    if value is None or before is None:
        return "–"
    return format_signed(subtract_rounded(value, before, digits), digits)


def format_band(model: Model, band: str) -> str:
    """A band as a shape and its label, so that it can be read without colour: ● best, ▼ worst, ◆
    between, ○ unknown.
    """
    names = [name for name, _ in model.bands]
    shape = (
        "○"
        if band == UNKNOWN or band not in names
        else "●"
        if band == names[0]
        else "▼"
        if band == names[-1]
        else "◆"
    )
    return f"{shape} {format_label(band)}"
