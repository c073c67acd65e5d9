"""The values of measures among those who are customers, at a date before the end of the data.

At the end of the data some have already stopped without anybody having recorded it, and those who
left would only stretch the curves. So where a table says who left, anchors come from customers who
hadn't left a horizon before the end. What happened to them afterwards shows whether the direction of
each measure is right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from salus.draft.anchors import Floats
from salus.errors import DataError
from salus.facts.build import load_facts
from salus.facts.data_end import DataEnd
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import each_of
from salus.kernel.cells import Cells, compute_cells, join_cells, required_grid
from salus.model.curve import WordScale
from salus.model.model import Model, Outcome
from salus.outcomes.events import load_events
from salus.periods.day import day_number
from salus.scoring.scored import Truths
from salus.sources.connection import Connection

HORIZON = 90  # days after each date in which somebody leaves
WARM = 90  # days of facts before the first date
DATES = 4  # a horizon apart, the last of them a horizon before the end
FEWEST = 20  # entities that left, and that stayed, for a word on directions


@dataclass(frozen=True)
class LivingValues:
    """Values on `day` and, for directions, on earlier days. Each row of `cells` is a living entity
    on a day; `left`: whether it left within the horizon. None: no outcome tells.
    """

    day: dt.date
    cells: Cells
    left: Truths | None = None

    def of(self, measure: str) -> Floats:
        """The values of a measure or input on the day; NaN where there is none."""
        rows = self.cells.day == day_number(self.day)
        return np.asarray(self.cells.values[measure].data[rows], dtype=np.float64)


def load_living(model: Model, connection: Connection, end: dt.date, data: DataEnd) -> LivingValues:
    """The values of a model's measures: a horizon before the end if a table says who left and the
    data are long enough, else at the `end`.
    """
    outcome = next((each for each in model.outcomes if not (each.flag or each.quiet)), None)
    first = sorted(data.starts)[len(data.starts) // 2] if data.starts else None
    days = () if outcome is None or first is None else tuple(_days(first, end))
    if outcome is not None and days:
        past = _past(model, connection, outcome, days, end)
        if past is not None:
            return past
    return LivingValues(end, _cells(model, connection, [end]))


def _days(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The days, the latest first."""
    for number in range(1, DATES + 1):
        day = end - dt.timedelta(days=number * HORIZON)
        if day < first + dt.timedelta(days=WARM):
            return
        yield day


def _cells(model: Model, connection: Connection, days: list[dt.date]) -> Cells:
    numbers = np.array(sorted(map(day_number, days)), dtype=np.int32)
    facts = load_facts(model, connection, required_grid(model, numbers))
    return join_cells(list(compute_cells(model, facts, numbers)), model)


def _past(
    model: Model,
    connection: Connection,
    outcome: Outcome,
    days: tuple[dt.date, ...],
    end: dt.date,
) -> LivingValues | None:
    """The values of those at risk of the outcome; None if nobody is known to have left."""
    numbers = np.array(sorted(map(day_number, days)), dtype=np.int32)
    facts = load_facts(model, connection, required_grid(model, numbers))
    try:
        events = load_events(model, connection, outcome, facts.attributes.ids, day_number(end))
    except DataError:
        return None
    cells = join_cells(list(compute_cells(model, facts, numbers)), model)
    following, at_risk = events.next(cells.entity, cells.day)
    rows = np.flatnonzero(at_risk)
    if not (cells.day[rows] == numbers[-1]).any():
        return None
    left = following[rows] < cells.day[rows] + HORIZON
    return LivingValues(days[0], cells.at(rows), left)


@dataclass(frozen=True)
class WrongDirection:
    """A measure with fewer points for those who stayed than for those who left soon after.

    `share`: of pairs of one of each, those in which who left had more points.
    """

    measure: str
    share: float
    low: float
    high: float
    left: int

    @property
    def note(self) -> str:
        """The note in the model's comments."""
        return (
            f"measure `{self.measure}` points the other way than the outcomes: of one who left"
            f" within {HORIZON} days and one who stayed, the one who left had more points in"
            f" {self.share:.0%} of cases ({self.low:.0%} to {self.high:.0%}, {self.left} who left)."
            " Its direction is kept; turn it or remove it if you agree"
        )


def find_wrong_directions(model: Model, living: LivingValues) -> tuple[WrongDirection, ...]:
    """The measures whose points contradict what happened afterwards, beyond chance.

    The interval of each share allows for the number of measures and for several days of one entity.
    """
    if living.left is None:
        return ()
    wrong = []
    for measure in model.measures:
        points = _points(model, living, measure.name)
        rows = np.flatnonzero(np.isfinite(points))
        left, entity = living.left[rows], living.cells.entity[rows]
        leavers = len(np.unique(entity[left]))
        if min(leavers, len(np.unique(entity[~left]))) < FEWEST:
            continue
        alone = auc(points[rows], left, entity)
        interval = alone.at(each_of(len(model.measures)))
        if interval.low > 0.5:
            wrong.append(
                WrongDirection(measure.name, alone.value, interval.low, interval.high, leavers)
            )
    return tuple(wrong)


def _points(model: Model, living: LivingValues, name: str) -> Floats:
    """The points of a measure's values; NaN without a value."""
    values, scale = living.cells.values[name], model.measure(name).scale
    if isinstance(scale, WordScale):
        return values.points(scale, values.data)
    return np.full(len(values.data), np.nan) if scale is None else scale.points(values.data)
