"""The list of entities to look at first: all in the worst band, then those with most value at a low
score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from salus.model.source import Renewal
from salus.periods.day import day_number
from salus.periods.notice_period import last_day
from salus.scores.scores import Scores
from salus.scoring.scored import Floats

FIRST = 10  # entities on the list
MOST = 30  # entities on the list if more are in the worst band
SOON = 90  # days: entities whose decision is nearer come first


@dataclass(frozen=True)
class Attention:
    """Rows of the scores in the order of the list, and how many entities it leaves out."""

    rows: tuple[int, ...]
    days: Floats  # by row of the scores: days until the decision; NaN: unknown or over
    more_at_risk: int  # left out, in the worst band
    more: int  # left out, in other bands


def rank_attention(scores: Scores, ended: Collection[str] = ()) -> Attention:
    """First the worst band: entities that decide soon, then the others, each by value. Then the
    other bands by value × (100 − score). For the `ended` ids, who have given notice, no decision is
    left.
    """
    score, band, days = scores.scored.score, scores.scored.band, decision_days(scores)
    if ended:
        days = np.where([each in ended for each in scores.ids], np.nan, days)
    valued = scores.model.entity.value is not None
    money = np.array([amount or 0.0 for amount in scores.money]) if valued else np.ones(len(scores))
    scored = [row for row in range(len(scores)) if not np.isnan(score[row])]
    worst = len(scores.model.bands) - 1

    def by_urgency(row: int) -> tuple[bool, float, float, str]:
        return not days[row] < SOON, -money[row], score[row], scores.ids[row]

    def by_value(row: int) -> tuple[float, float, str]:
        return -money[row] * (100 - score[row]), score[row], scores.ids[row]

    at_risk = sorted((row for row in scored if band[row] == worst), key=by_urgency)
    others = sorted((row for row in scored if band[row] != worst), key=by_value)
    listed, fill = at_risk[:MOST], others[: max(FIRST - len(at_risk), 0)]
    return Attention((*listed, *fill), days, len(at_risk) - len(listed), len(others) - len(fill))


def decision_days(scores: Scores) -> Floats:
    """Days from the date of the scores to each entity's decision. NaN if the decision is over, or
    if the model has no such date.
    """
    renewal = scores.model.entity.renewal or Renewal()
    day = _days(scores, renewal.decide_by)
    if renewal.decide_by is None and renewal.term_end is not None:
        ends = _days(scores, renewal.term_end)
        known = ~np.isnan(ends)
        day[known] = last_day(
            ends[known].astype(np.int64), renewal.notice.days, renewal.notice.months
        )
    ahead = day - day_number(scores.as_of)
    return np.where(ahead >= 0, ahead, np.nan)


def _days(scores: Scores, name: str | None) -> Floats:
    """A column of dates, or an input, as day numbers; NaN if a date is missing."""
    renewal = scores.model.entity.renewal
    if renewal is not None and name in renewal.inputs and name is not None:
        return np.floor(scores.scored.cells.values[name].data)
    return np.array([_day(value) for value in scores.details.values(name)], dtype=np.float64)


def _day(value: object) -> float:
    if isinstance(value, dt.datetime):
        return float(day_number(value.date()))
    return float(day_number(value)) if isinstance(value, dt.date) else float("nan")
