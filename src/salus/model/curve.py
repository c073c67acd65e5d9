"""Values become points: piecewise-linear curves and words.

Formula: with knots ``(x0, p0) … (xm, pm)``, x strictly rising, the points of x are p0 up
to x0, pm from xm on, and lie on the straight line between neighbours otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a model can be read and checked without arrays
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Percentile:
    """A percentile of the population at the model's reference date, as yet without its number
    (``p10``).
    """

    rank: float

    def __str__(self) -> str:
        return f"p{self.rank:g}"


Anchor = float | Percentile


@dataclass(frozen=True)
class Curve:
    """Knots (value, points), by rising value once every value is a number.

    >>> import numpy as np
    >>> Curve(((0.0, 100.0), (10.0, 80.0), (30.0, 40.0), (60.0, 0.0))).points(np.array([9.0, 75.0, np.nan]))
    array([82.,  0., nan])
    """

    knots: tuple[tuple[Anchor, float], ...]

    @property
    def percentiles(self) -> tuple[Percentile, ...]:
        return tuple(value for value, _ in self.knots if isinstance(value, Percentile))

    def points(self, values: Floats) -> Floats:
        """Points 0-100 of each value; NaN stays NaN. Clamped at both ends."""
        import numpy as np

        xs = np.array([value for value, _ in self.knots], dtype=np.float64)
        return np.asarray(
            np.interp(values, xs, [points for _, points in self.knots]), dtype=np.float64
        )


@dataclass(frozen=True)
class WordScale:
    """Points of each known word; an unknown word has none. Numbers may stand among the words,
    spelled as digits.

    >>> import numpy as np
    >>> Words({"1": 0.0, "2.5": 60.0}).of_numbers(np.array([2.5, 1.0, 7.0]))
    array([60.,  0., nan])
    """

    points: Mapping[str, float]

    def of_words(self, words: Sequence[str], codes: Floats) -> Floats:
        """Points of positions in `words`; NaN stays NaN."""
        import numpy as np

        table = np.array([self.points.get(word, np.nan) for word in words] + [np.nan])
        return table[np.where(np.isnan(codes), -1, codes).astype(np.int64)]

    def of_numbers(self, values: Floats) -> Floats:
        """Points of numbers."""
        import numpy as np

        result = np.full(values.shape, np.nan)
        for word, points in self.points.items():
            try:
                result[values == float(word)] = points
            except ValueError:  # no number
                continue
        return result


Scale = Curve | WordScale


def straight_line(bad: Anchor, good: Anchor) -> Curve:
    """The straight line from 0 points at `bad` to 100 at `good`; their order gives the direction.

    >>> between(30.0, 3.0).knots
    ((3.0, 100.0), (30.0, 0.0))
    """
    ends: list[tuple[Anchor, float]] = [(bad, 0.0), (good, 100.0)]
    if isinstance(bad, float) and isinstance(good, float) and bad > good:
        ends.reverse()
    return Curve(tuple(ends))
