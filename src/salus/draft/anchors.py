"""Takes the anchors of a measure from the spread of the data.

Anchors are written as numbers, so the points of an unchanged entity stay when others change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.draft.lines import Body, SpreadPoints

Floats = NDArray[np.float64]
FEWEST = 0.03  # share of the population that must have a value
TOO_FEW = f"fewer than {FEWEST:.0%} have a value"
FROM_DATA = "the curve comes from your data"
NO_SPREAD = "nearly all have the same value"
NO_GROWTH = (
    "for nearly all it is the same, or changes only with exchange rates: amounts that are known only"
    " as of the export can't show growth"
)
OWN = 0.05  # share of the population whose growth must differ from what is usual


@dataclass(frozen=True)
class Anchors:
    """The points of a measure and how they were chosen; `body` is None if the data allow none."""

    body: Body | None
    why: str


def choose_anchors(values: Floats, spread: SpreadPoints, when: str = "today") -> Anchors:
    """Choose the anchors of one measure. `when` says of which day the values are.

    >>> choose_anchors(np.arange(101.0), SpreadPoints("good"))
    Anchors(body={'bad': 10, 'good': 90}, why='the curve comes from your data: today the 10th percentile is 10 and the 90th 90')
    >>> choose_anchors(np.zeros(50), SpreadPoints("good")).why
    'nearly all have the same value'
    """
    known = values[np.isfinite(values)]
    if not enough_values(values):
        return Anchors(None, TOO_FEW)
    low, middle, high = (round_anchor(float(np.percentile(known, rank))) for rank in (10, 50, 90))
    if low < high and not (low == middle and low == round_anchor(float(known.min()))):
        line = _line(low, middle, high, spread)
        return Anchors(
            line,
            f"{FROM_DATA}: {when} the 10th percentile is {low:,} and the 90th {high:,}"
            if len(line) == 2
            else f"{FROM_DATA}: {when} the 10th percentile is {low:,}, the median {middle:,} and the"
            f" 90th percentile {high:,}",
        )
    return _beyond(known, spread, when)


def enough_values(values: Floats) -> bool:
    """Whether enough of the population have a value."""
    known = int(np.isfinite(values).sum())
    return known > 0 and known >= FEWEST * len(values)


def have_one_value(values: Floats) -> bool:
    """Whether all who have a value have the same one.

    >>> have_one_value(np.array([0.0, np.nan, 0.0])), have_one_value(np.array([0.0, 1.0]))
    (True, False)
    """
    known = values[np.isfinite(values)]
    return len(known) > 0 and bool((known == known[0]).all())


def grow_alike(values: Floats, groups: Floats) -> bool:
    """Whether nearly all who have a value have the usual one of their group.

    >>> grow_alike(np.array([0.0, 0.0, 0.02, 0.02]), np.array([1.0, 1.0, 2.0, 2.0]))
    True
    >>> grow_alike(np.array([0.0, 0.1, 0.02, 0.02]), np.array([1.0, 1.0, 2.0, 2.0]))
    False
    """
    known = np.isfinite(values)
    groups, steps = np.nan_to_num(groups[known], nan=-1.0), np.round(values[known], 4)
    usual = 0
    for group in np.unique(groups):
        usual += int(np.unique(steps[groups == group], return_counts=True)[1].max())
    return len(steps) - usual < OWN * len(steps)


def _even(low: float, middle: float, high: float) -> bool:
    """Whether the median is near the middle, so that a straight line is enough."""
    return low < high and 0.3 <= (middle - low) / (high - low) <= 0.7


def _line(low: float, middle: float, high: float, spread: SpreadPoints) -> Body:
    good = spread.more_is == "good"
    if _even(low, middle, high) or middle in (low, high):
        return {"bad": low if good else high, "good": high if good else low}
    ends = (0, 50, 100) if good else (100, 50, 0)
    return {
        "curve": [[value, points] for value, points in zip((low, middle, high), ends, strict=True)]
    }


def _beyond(known: Floats, spread: SpreadPoints, when: str) -> Anchors:
    """Anchors where most have the same lowest value, often 0: the others spread the points above."""
    least = float(known.min())
    above = known[known > least]
    if len(above) < max(3, 0.01 * len(known)):
        return Anchors(None, NO_SPREAD)
    low, middle, high = (
        round_anchor(least),
        round_anchor(float(np.median(above))),
        round_anchor(float(np.percentile(above, 90))),
    )
    points = (0, 60, 100) if spread.more_is == "good" else (100, 40, 0)
    knots = dict(zip((low, middle, high), points, strict=True))
    if len(knots) < 2:
        return Anchors(None, NO_SPREAD)
    if len(knots) == 2:
        return Anchors(
            {"bad": low, "good": high} if spread.more_is == "good" else {"bad": high, "good": low},
            f"{FROM_DATA}: {when} most values are {low:,}; the 90th percentile of the others is"
            f" {high:,}",
        )
    return Anchors(
        {"curve": [[value, share] for value, share in knots.items()]},
        f"{FROM_DATA}: {when} most values are {low:,}; of the others, the median is {middle:,} and the"
        f" 90th percentile {high:,}",
    )


def round_anchor(value: float) -> float:
    """A value with three significant figures: an anchor is a judgement, not a measurement.

    >>> round_anchor(1234.5), round_anchor(0.012345), round_anchor(7.0)
    (1230, 0.0123, 7)
    """
    if value == 0:
        return 0
    short = float(f"{value:.3g}")
    return int(short) if short.is_integer() else short
