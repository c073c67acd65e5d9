"""The outcome's rate by level of the score, and the score below which it jumps."""

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
#: Likelihood ratio that chance exceeds one time in a hundred, wherever the threshold lies (Andrews
#: 1993, 5 % cut off at each end).
CLEAR = 13.0
#: A threshold whose likelihood ratio is lower by more lies outside the 95 % interval:
#: −2 ln(1 − √.95) (Hansen 2000, "Sample splitting and threshold estimation"). The interval is rather
#: too wide. Resampling doesn't work here: its intervals held the truth in only 4 of 5 cases.
OUTSIDE = 7.352
EDGE = 0.05  # of the rows, at each end, that hold no threshold


@dataclass(frozen=True)
class Level:
    """Rows with scores from `low` to `high`, and their rate of the outcome; None for too few
    rows.
    """

    low: float
    high: float
    rows: int
    rate: Interval | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        rate_ = self.rate
        return {
            "score_from": self.low,
            "score_to": self.high,
            "n": self.rows,
            "rate": rate_.value if rate_ else None,
            "low": rate_.low if rate_ else None,
            "high": rate_.high if rate_ else None,
        }


def deciles(panel: Panel) -> tuple[Level, ...]:
    """Ten parts with about the same number of rows, lowest scores first. Equal scores stay together,
    so there may be fewer parts.
    """
    edges = np.unique(np.quantile(panel.score, np.linspace(0, 1, PARTS + 1)[1:-1]))
    part = np.searchsorted(edges, panel.score, "right")
    return tuple(_level(panel.at(np.flatnonzero(part == number))) for number in np.unique(part))


def _level(panel: Panel) -> Level:
    observed = rate(panel.had_outcome, panel.entity) if len(panel) >= FEWEST else None
    return Level(float(panel.score.min()), float(panel.score.max()), len(panel), observed)


@dataclass(frozen=True)
class Break:
    """The score below which the outcome is suddenly more frequent, and the rates on both sides."""

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


def find_break(panel: Panel) -> Break | None:
    """The score at which two rates, one below and one above, fit best. None where a single rate fits
    as well.
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
    # The threshold lies between two scores.
    low, high = float(rows.score[inside[0] - 1]), float(rows.score[inside[-1]])
    return Break(Interval(float(rows.score[best]), low, high), below, above)


def _candidates(score: Floats) -> NDArray[np.intp]:
    """The rows at which a higher score begins, at least a twentieth of the rows from either end."""
    starts = np.flatnonzero(np.diff(score) > 0) + 1
    size = len(score)
    return starts[(starts >= EDGE * size) & (starts <= (1 - EDGE) * size)]


def _gains(had_outcome: Floats, places: NDArray[np.intp]) -> Floats:
    """By how much two rates raise the log likelihood, for a cut at each place."""
    number, hits = places.astype(np.float64), np.cumsum(had_outcome)[places - 1]
    total, all_hits = float(len(had_outcome)), float(had_outcome.sum())
    return (
        _likely(hits, number)
        + _likely(all_hits - hits, total - number)
        - _likely(np.array(all_hits), np.array(total))
    )


def _likely(hits: Floats, number: Floats) -> Floats:
    """The log likelihood of the hits at their own rate."""
    misses = number - hits
    with np.errstate(divide="ignore", invalid="ignore"):
        parts: Sequence[Floats] = [
            np.where(count > 0, count * np.log(count / number), 0.0) for count in (hits, misses)
        ]
    return np.asarray(parts[0] + parts[1])
