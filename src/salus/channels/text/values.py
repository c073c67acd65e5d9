"""Numbers, values of measures and bands as plain text."""

from __future__ import annotations

from salus.model.model import UNKNOWN, Model
from salus.sanitize import sanitize
from salus.scoring.explanation import Value, to_json_value


def format_number(value: float | None, digits: int = 1) -> str:
    """A number with a comma after every three digits; `–` for None.

    >>> format_number(1234567.25), format_number(None), format_number(0.43, 2)
    ('1,234,567.2', '–', '0.43')
    """
    return "–" if value is None else f"{value:,.{digits}f}"


def format_value(value: Value) -> str:
    """A measure's value: whole numbers without decimals, others with four significant digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
    return sanitize(to_json_value(value))


def format_band(model: Model, band: str) -> str:
    """A band as a shape and a word, so that it can be read without colour: ● best, ▼ worst, ◆
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
    return f"{shape} {band.replace('_', ' ')}"
