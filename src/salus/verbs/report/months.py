"""Everybody at the same day of each month before: computed from the facts known then, chunk by
chunk of entities.
"""

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


@dataclass(frozen=True)
class Months:
    """Per date: the sum of the scores, how many have one, how many in each band (unknown last); and
    every score.
    """

    dates: tuple[dt.date, ...]
    total: Floats
    scored: Floats
    bands: Floats
    places: Mapping[str, int]  # id -> its row in `scores`
    scores: Floats  # (entities, dates); NaN where there is none
    compare_with_measures: bool  # somebody was there at the earlier date

    def first(self) -> int:
        """The first date from which on every date has a score."""
        empty = np.flatnonzero(self.scored[:-1] == 0)
        return int(empty[-1]) + 1 if len(empty) else 0

    def moments(self, scores: Scores) -> tuple[TrendPoint, ...]:
        """The dates with scores; the last one as it is shown."""
        found = [
            TrendPoint(
                self.dates[i],
                float(self.total[i] / self.scored[i]),
                tuple(int(n) for n in self.bands[i]),
            )
            for i in range(self.first(), len(self.dates) - 1)
        ]
        known = scores.scored.score[~np.isnan(scores.scored.score)]
        last = TrendPoint(
            self.dates[-1],
            float(known.mean()) if len(known) else None,
            tuple(scores.bands().values()),
        )
        return (*found, last)

    def line(self, entity: str, last: float | None) -> tuple[float | None, ...]:
        """One entity's scores at the same dates."""
        place = self.places.get(entity)
        if place is None:  # its row has left the entity's table since
            return (*[None] * (len(self.dates) - 1 - self.first()), last)
        return (*(to_number(value) for value in self.scores[place, self.first() : -1]), last)


def dates_before(as_of: dt.date, count: int) -> tuple[dt.date, ...]:
    """The same day of each of the `count` months before, and the day itself; the last of the month
    where it is shorter.

    >>> [day.isoformat() for day in dates_before(dt.date(2026, 3, 31), 2)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    found = []
    for back in range(count, -1, -1):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - back, 12)
        found.append(
            dt.date(year, month + 1, min(as_of.day, calendar.monthrange(year, month + 1)[1]))
        )
    return tuple(found)


def months(model: Model, known: FactSet, dates: Sequence[dt.date], before: dt.date) -> Months:
    """The scores of everybody at `dates`; and whether anybody was there at `before`."""
    days = np.array([day_number(day) for day in dates], dtype=np.int32)
    asked = np.union1d(days, [day_number(before)]).astype(np.int32)
    ids = known.attributes.ids
    found = Months(
        tuple(dates),
        np.zeros(len(days)),
        np.zeros(len(days)),
        np.zeros((len(days), len(model.bands) + 1)),
        {one: place for place, one in enumerate(ids)},
        np.full((len(ids), len(days)), np.nan),
        False,
    )
    compare_with_measures = False
    for scored in score_dates(model, known, asked):
        compare_with_measures |= bool(np.any(scored.cells.day == day_number(before)))
        _add(found, model, scored, days)
    return replace(found, compare_with_measures=compare_with_measures)


def _add(found: Months, model: Model, scored: Scored, days: Days) -> None:
    """One chunk's scores into the sums."""
    for place, day in enumerate(days):
        rows = np.flatnonzero(scored.cells.day == day)
        has = rows[~np.isnan(scored.score[rows])]
        found.total[place] += scored.score[has].sum()
        found.scored[place] += len(has)
        for band in range(-1, len(model.bands)):
            found.bands[place, band] += int(np.sum(scored.band[rows] == band))
        found.scores[scored.cells.entity[rows], place] = scored.score[rows]
