"""Differences of numbers that are shown rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence


def subtract_rounded(value: float, before: float, digits: int = 1) -> float:
    """The difference of two numbers as both are shown, so that readers can check it.

    >>> subtract_rounded(64.86, 43.54), subtract_rounded(0.8124, 0.8136, 3)
    (21.4, -0.002)
    """
    return round(round(value, digits) - round(before, digits), digits)


def round_parts(total: float, parts: Sequence[float], digits: int = 1) -> list[float]:
    """The parts of a rounded total, rounded so that they add up to it. What rounding leaves over
    goes to the largest part.

    >>> round_parts(-3.2, [-3.04, -0.14])
    [-3.1, -0.1]
    """
    rounded = [round(part, digits) for part in parts]
    if rounded:
        largest = max(range(len(parts)), key=lambda place: abs(parts[place]))
        rounded[largest] = round(rounded[largest] + total - sum(rounded), digits)
    return rounded


def round_to_sum(total: float, parts: Sequence[float], digits: int) -> list[float]:
    """The parts rounded up or down so that they add up to the rounded total: those are rounded up of
    which the most would be cut off.

    >>> round_to_sum(1.0, [1 / 3, 1 / 3, 1 / 3], 2)
    [0.34, 0.33, 0.33]
    """
    unit = 10**digits
    whole = [math.floor(part * unit + 1e-9) for part in parts]
    left = round(total * unit) - sum(whole)
    order = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place] * unit)
    up = set(order[: max(left, 0)])
    return [(number + (place in up)) / unit for place, number in enumerate(whole)]
