"""The scores of all entities on the same day of each month before, from what was known then."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from salus.channels.report.content import TrendPoint
from salus.facts.build import FactSet
from salus.model.model import Model
from salus.periods.day import day_number
from salus.periods.grid import Days
from salus.scores.scores import Scores
from salus.scoring.explanation import to_number
from salus.scoring.scored import Floats, Scored
from salus.scoring.timeline import score_dates


@dataclass(frozen=True, kw_only=True)
class MonthlyScores:
    """The scores at monthly dates, oldest first. The arrays are filled in by `score_months`."""

    dates: tuple[dt.date, ...]
    total: Floats  # by date: the sum of the scores
    scored: Floats  # by date: how many entities have a score
    bands: Floats  # (dates, bands): how many entities are in each band; unknown last
    positions: Mapping[str, int]  # id -> row in `scores`
    scores: Floats  # (entities, dates); NaN where there is none
    has_before: bool  # whether any entity was scored at the date to compare with

    def first(self) -> int:
        """The first date from which on every date has a score."""
        empty = np.flatnonzero(self.scored[:-1] == 0)
        return int(empty[-1]) + 1 if len(empty) else 0

    def trend(self, scores: Scores) -> tuple[TrendPoint, ...]:
        """The dates that have scores; the last one from `scores`, which the page shows."""
        points = [
            TrendPoint(
                self.dates[i],
                float(self.total[i] / self.scored[i]),
                tuple(int(count) for count in self.bands[i]),
            )
            for i in range(self.first(), len(self.dates) - 1)
        ]
        known = scores.scored.score[~np.isnan(scores.scored.score)]
        last = TrendPoint(
            self.dates[-1],
            float(known.mean()) if len(known) else None,
            tuple(scores.bands().values()),
        )
        return (*points, last)

    def line(self, entity: str, last: float | None) -> tuple[float | None, ...]:
        """The scores of one entity at the dates of the trend, with `last` as the last one."""
        row = self.positions.get(entity)
        if row is None:  # the entity's table no longer has it
            return (*[None] * (len(self.dates) - 1 - self.first()), last)
        return (*(to_number(value) for value in self.scores[row, self.first() : -1]), last)


def dates_before(as_of: dt.date, count: int) -> tuple[dt.date, ...]:
    """The same day of each of the `count` months before, and the day itself. A shorter month gives
    its last day.

    >>> [day.isoformat() for day in dates_before(dt.date(2026, 3, 31), 2)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    dates = []
    for back in range(count, -1, -1):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - back, 12)
        last = calendar.monthrange(year, month + 1)[1]
        dates.append(dt.date(year, month + 1, min(as_of.day, last)))
    return tuple(dates)


def score_months(
    model: Model, facts: FactSet, dates: Sequence[dt.date], before: dt.date
) -> MonthlyScores:
    """The scores of all entities at `dates`, and whether any was scored at `before`."""
    days = np.array([day_number(day) for day in dates], dtype=np.int32)
    all_days = np.union1d(days, [day_number(before)]).astype(np.int32)
    ids = facts.attributes.ids
    months = MonthlyScores(
        dates=tuple(dates),
        total=np.zeros(len(days)),
        scored=np.zeros(len(days)),
        bands=np.zeros((len(days), len(model.bands) + 1)),
        positions={key: row for row, key in enumerate(ids)},
        scores=np.full((len(ids), len(days)), np.nan),
        has_before=False,
    )
    has_before = False
    for scored in score_dates(model, facts, all_days):
        has_before |= bool(np.any(scored.cells.day == day_number(before)))
        _add(months, model, scored, days)
    return replace(months, has_before=has_before)


def _add(months: MonthlyScores, model: Model, scored: Scored, days: Days) -> None:
    """Add the scores of one chunk of entities to the sums."""
    for date, day in enumerate(days):
        rows = np.flatnonzero(scored.cells.day == day)
        known = rows[~np.isnan(scored.score[rows])]
        months.total[date] += scored.score[known].sum()
        months.scored[date] += len(known)
        for band in range(-1, len(model.bands)):
            months.bands[date, band] += int(np.sum(scored.band[rows] == band))
        months.scores[scored.cells.entity[rows], date] = scored.score[rows]
