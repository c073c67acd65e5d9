"""Scales, which turn a value into 0 to 100 points: curves for numbers, and tables for words.

A curve has knots ``(x0, p0) … (xm, pm)`` with strictly rising x. A value up to x0 gets p0 points,
a value from xm on gets pm points, and a value between two knots gets points on the straight line
between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that a model can be read without importing numpy
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Percentile:
    """A percentile of the population on the reference date, such as ``p10``, without its value."""

    rank: float

    def __str__(self) -> str:
        return f"p{self.rank:g}"


Anchor = float | Percentile


@dataclass(frozen=True)
class Curve:
    """Knots of (value, points). Once all values are numbers, they rise.

    >>> import numpy as np
    >>> Curve(((0.0, 100.0), (10.0, 80.0), (30.0, 40.0), (60.0, 0.0))).points(np.array([9.0, 75.0, np.nan]))
    array([82.,  0., nan])
    """

    knots: tuple[tuple[Anchor, float], ...]

    @property
    def percentiles(self) -> tuple[Percentile, ...]:
        return tuple(value for value, _ in self.knots if isinstance(value, Percentile))

    def points(self, values: Floats) -> Floats:
        """Return 0 to 100 points for each value. NaN stays NaN."""
        import numpy as np

        xs = np.array([value for value, _ in self.knots], dtype=np.float64)
        return np.asarray(
            np.interp(values, xs, [points for _, points in self.knots]), dtype=np.float64
        )


@dataclass(frozen=True)
class WordScale:
    """Points for each known word. A word may also be a number in digits.

    >>> import numpy as np
    >>> WordScale({"1": 0.0, "2.5": 60.0}).of_numbers(np.array([2.5, 1.0, 7.0]))
    array([60.,  0., nan])
    """

    points: Mapping[str, float]

    def of_words(self, words: Sequence[str], codes: Floats) -> Floats:
        """Return the points for `codes`, which are positions in `words`. NaN stays NaN.

        An unknown word gets NaN.
        """
        import numpy as np

        table = np.array([self.points.get(word, np.nan) for word in words] + [np.nan])
        return table[np.where(np.isnan(codes), -1, codes).astype(np.int64)]

    def of_numbers(self, values: Floats) -> Floats:
        """Return the points for numbers; NaN if a number isn't one of the words."""
        import numpy as np

        result = np.full(values.shape, np.nan)
        for word, points in self.points.items():
            try:
                result[values == float(word)] = points
            except ValueError:  # the word isn't a number
                continue
        return result


Scale = Curve | WordScale


def straight_line(bad: Anchor, good: Anchor) -> Curve:
    """Make a straight line from 0 points at `bad` to 100 points at `good`.

    >>> straight_line(30.0, 3.0).knots
    ((3.0, 100.0), (30.0, 0.0))
    """
    ends: list[tuple[Anchor, float]] = [(bad, 0.0), (good, 100.0)]
    if isinstance(bad, float) and isinstance(good, float) and bad > good:
        ends.reverse()
    return Curve(tuple(ends))
