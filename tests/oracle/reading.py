"""The model's values as read from YAML: spans, shares, anchors, and the measures with their places."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def days(value: Any) -> int:
    """Days of a span.

    >>> days("30d"), days("4w")
    (30, 28)
    """
    return 0 if value is None else int(value[:-1]) * {"d": 1, "w": 7}[value[-1]]


def number(value: Any, frozen: dict | None = None) -> float:
    """A number as written: 5, 10%, a span in days, or a percentile whose number is frozen.

    >>> number("10%"), number("30d"), number(-3), number("p10", {"p10": 7})
    (0.1, 30.0, -3.0, 7.0)
    """
    if isinstance(value, str) and value.startswith("p"):
        return float((frozen or {})[value])
    if isinstance(value, str) and value.endswith("%"):
        return float(Fraction(value[:-1].strip()) / 100)
    return float(days(value)) if isinstance(value, str) and value[-1] in "dw" else float(value)


def is_number(value: Any) -> bool:
    """Whether `per` is a number, not the name of an attribute or measure."""
    try:
        number(value)
    except (ValueError, KeyError):
        return False
    return True


def anchors(scale: dict, frozen: dict | None = None) -> list[tuple[float, float]] | None:
    """The knots (value, points) of a measure's or segment's curve, by rising value; None when it
    has words.
    """
    if "curve" in scale:
        return [(number(value, frozen), float(points)) for value, points in scale["curve"]]
    if "bad" in scale:
        return sorted([(number(scale["bad"], frozen), 0.0), (number(scale["good"], frozen), 100.0)])
    return None


def spelled(value: Any) -> str:
    """A value as the word that `points` may name: true, false, 5, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(float(value))
    return str(value)


def measures_in(dimension: dict) -> dict[str, dict]:
    return dimension["measures"]
