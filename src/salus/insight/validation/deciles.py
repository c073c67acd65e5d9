"""The outcome's rate by level of the score, and the score below which it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import FEWEST, design_effect, rate
from salus.insight.validation.panel import Panel
from salus.scoring.scored import Floats

PARTS = 10
#: Of the likelihood ratio: by chance one time in a hundred, wherever the threshold (Andrews 1993, 5
#: % cut off).
CLEAR = 13.0
#: A place whose likelihood ratio is less by more is outside the 95 % interval: −2 ln(1 − √.95)
#: (Hansen 2000, "Sample splitting and threshold estimation"). Too wide rather than too narrow;
#: resampling is no way here, it was right in 4 of 5.
OUTSIDE = 7.352
EDGE = 0.05


@dataclass(frozen=True)
class Level:
    """Rows with scores from `low` to `high` and how often the outcome came to them; no rate of too
    few.
    """

    low: float
    high: float
    rows: int
    rate: Interval | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        told = self.rate
        return {
            "score_from": self.low,
            "score_to": self.high,
            "n": self.rows,
            "rate": told.value if told else None,
            "low": told.low if told else None,
            "high": told.high if told else None,
        }


def deciles(panel: Panel) -> tuple[Level, ...]:
    """Ten parts of about as many rows, lowest scores first; equal scores stay together, so there
    may be fewer.
    """
    edges = np.unique(np.quantile(panel.score, np.linspace(0, 1, PARTS + 1)[1:-1]))
    part = np.searchsorted(edges, panel.score, "right")
    return tuple(_level(panel.at(np.flatnonzero(part == one))) for one in np.unique(part))


def _level(panel: Panel) -> Level:
    told = rate(panel.had_outcome, panel.entity) if len(panel) >= FEWEST else None
    return Level(float(panel.score.min()), float(panel.score.max()), len(panel), told)


@dataclass(frozen=True)
class Break:
    """The score below which the outcome is more frequent at once, with the interval of where that
    is, and both rates.
    """

    score: Interval
    below: float
    above: float

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "score": self.score.value,
            "low": self.score.low,
            "high": self.score.high,
            "rate_below": self.below,
            "rate_above": self.above,
        }


def break_of(panel: Panel) -> Break | None:
    """Where two rates, one below a score and one from it on, fit best. None where one rate for all
    does as well.
    """
    order = np.argsort(panel.score, kind="stable")
    rows, had_outcome = panel.at(order), panel.had_outcome[order].astype(np.float64)
    places = _candidates(rows.score)
    if not len(places):
        return None
    ratio = 2 * _gains(had_outcome, places) / design_effect(rows.had_outcome, rows.entity)
    best = int(places[np.argmax(ratio)])
    below, above = float(had_outcome[:best].mean()), float(had_outcome[best:].mean())
    if below <= above or ratio.max() < CLEAR:
        return None
    inside = places[ratio >= ratio.max() - OUTSIDE]
    low, high = (
        float(rows.score[inside[0] - 1]),
        float(rows.score[inside[-1]]),
    )  # it lies between two scores
    return Break(Interval(float(rows.score[best]), low, high), below, above)


def _candidates(score: Floats) -> NDArray[np.intp]:
    """Where a higher score begins, at least a twentieth of the rows from either end."""
    starts = np.flatnonzero(np.diff(score) > 0) + 1
    size = len(score)
    return starts[(starts >= EDGE * size) & (starts <= (1 - EDGE) * size)]


def _gains(had_outcome: Floats, places: NDArray[np.intp]) -> Floats:
    """By how much two rates raise the log likelihood over one, for a cut at each place."""
    number, hits = places.astype(np.float64), np.cumsum(had_outcome)[places - 1]
    total, all_hits = float(len(had_outcome)), float(had_outcome.sum())
    return (
        _likely(hits, number)
        + _likely(all_hits - hits, total - number)
        - _likely(np.array(all_hits), np.array(total))
    )


def _likely(hits: Floats, number: Floats) -> Floats:
    """The log likelihood of so many hits at their own rate."""
    misses = number - hits
    with np.errstate(divide="ignore", invalid="ignore"):
        parts: Sequence[Floats] = [
            np.where(one > 0, one * np.log(one / number), 0.0) for one in (hits, misses)
        ]
    return np.asarray(parts[0] + parts[1])
