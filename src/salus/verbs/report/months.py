"""The scores of all entities on the same day of each month before, from what was known then."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from salus.channels.report.content import TrendPoint
from salus.facts.build import FactReader
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scores.scores import Scores
from salus.scoring.explanation import to_number
from salus.scoring.scored import Floats
from salus.scoring.timeline import score_dates
from salus.verbs.report.kept_months import DayScores, KeptMonths


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
    model: Model,
    facts: FactReader,
    dates: Sequence[dt.date],
    before: dt.date,
    kept: KeptMonths | None = None,
) -> MonthlyScores:
    """The scores of all entities at `dates`, and whether any was scored at `before`. `kept`: a
    replay that holds these days but the last date, whose scores the page takes from elsewhere.
    """
    days = [day_number(day) for day in dates]
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
    for part in (
        _scores_from_facts(model, facts, [*days, day_number(before)])
        if kept is None
        else kept.scores(sorted({*days[:-1], day_number(before)}))
    ):
        has_before |= part.day == day_number(before)
        if part.day in days:
            _add(months, part, days.index(part.day))
    known = ~np.isnan(months.scores)
    months.scored[:] = known.sum(axis=0)
    for date in range(len(days)):
        months.total[date] = months.scores[known[:, date], date].sum()
    return replace(months, has_before=has_before)


def _scores_from_facts(model: Model, facts: FactReader, days: Sequence[int]) -> Iterator[DayScores]:
    """The scores of one chunk of entities after another on each day."""
    numbers = np.unique(np.array(days, dtype=np.int32))
    for first, known in facts.ranges():
        for scored in score_dates(model, known, numbers):
            cells = scored.cells
            for day in np.unique(cells.day):
                rows = np.flatnonzero(cells.day == day)
                band = scored.band[rows].astype(np.int64)
                yield DayScores(int(day), cells.entity[rows] + first, scored.score[rows], band)


def _add(months: MonthlyScores, part: DayScores, date: int) -> None:
    """Add the scores of some entities at a date."""
    for band in range(-1, months.bands.shape[1] - 1):
        months.bands[date, band] += int(np.sum(part.band == band))
    months.scores[part.entity, date] = part.score
