"""Who to look at first: everyone in the worst band, then those where most money meets a bad
score.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from salus.model.source import Renewal
from salus.periods.day import day_number
from salus.periods.notice import last_day
from salus.scores.scores import Scores
from salus.scoring.scored import Floats

FIRST, MOST = 10, 30  # lines of the list, and at most where more stand in the worst band
SOON = 90  # days to a decision: who decides by then comes first


@dataclass(frozen=True)
class Attention:
    """Rows of the scores in the order of the list, and how many it leaves out."""

    rows: tuple[int, ...]
    days: Floats  # from the date to the decision, of every row; NaN: not known, or over
    more_at_risk: int  # in the worst band
    more: int  # with a score, in other bands


def attention(scores: Scores) -> Attention:
    """In the worst band: who decides soon, then the others, each by value; after them by value ×
    (100 − score).
    """
    score, band, days = scores.scored.score, scores.scored.band, decision_days(scores)
    valued = scores.model.entity.value is not None
    money = np.array([amount or 0.0 for amount in scores.money]) if valued else np.ones(len(scores))
    known = [row for row in range(len(scores)) if not np.isnan(score[row])]
    worst = len(scores.model.bands) - 1

    def urgent(row: int) -> tuple[bool, float, float, str]:
        return not days[row] < SOON, -money[row], score[row], scores.ids[row]

    def weighty(row: int) -> tuple[float, float, str]:
        return -money[row] * (100 - score[row]), score[row], scores.ids[row]

    at_risk = sorted((row for row in known if band[row] == worst), key=urgent)
    others = sorted((row for row in known if band[row] != worst), key=weighty)
    chosen, fill = at_risk[:MOST], others[: max(FIRST - len(at_risk), 0)]
    return Attention((*chosen, *fill), days, len(at_risk) - len(chosen), len(others) - len(fill))


def decision_days(scores: Scores) -> Floats:
    """Days from the date of the scores to each one's decision; NaN where none lies ahead or the
    model names none.
    """
    renewal = scores.model.entity.renewal or Renewal()
    day = _days(scores, renewal.decide_by)
    if renewal.decide_by is None and renewal.term_end is not None:
        ends = _days(scores, renewal.term_end)
        there = ~np.isnan(ends)
        day[there] = last_day(
            ends[there].astype(np.int64), renewal.notice.days, renewal.notice.months
        )
    ahead = day - day_number(scores.as_of)
    return np.where(ahead >= 0, ahead, np.nan)


def _days(scores: Scores, name: str | None) -> Floats:
    """A column of dates as days; NaN where there is none."""
    return np.array([_day(value) for value in scores.details.values(name)], dtype=np.float64)


def _day(value: object) -> float:
    if isinstance(value, dt.datetime):
        return float(day_number(value.date()))
    return float(day_number(value)) if isinstance(value, dt.date) else float("nan")
