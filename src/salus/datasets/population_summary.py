"""Who is counted: the population on a date, a year before and ever, its value, and the outcomes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.datasets.presence import Presence, load_presence
from salus.facts.build import FactSet
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_attributes, load_entity_keys
from salus.kernel.chunk import EntityChunk
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents, load_events
from salus.outcomes.flagged import load_flags
from salus.periods.dates import months_after
from salus.periods.day import NEVER, date_of, day_number
from salus.periods.grid import Days, Grid
from salus.sources.connection import Connection

MONTHS, YEAR = 18, 12  # months before the date that are looked at, and those of the last year


@dataclass(frozen=True)
class MonthCount:
    """How often an outcome happened in a calendar month."""

    month: dt.date  # its first day
    events: int


@dataclass(frozen=True, kw_only=True)
class OutcomeSummary:
    """How often an outcome happened before the date. It counts on the day on which it took effect."""

    name: str
    months: tuple[MonthCount, ...] = ()  # of the last 18 months; the first and last may be partial
    last_year: int = 0  # in the last 12 months
    before: int = 0  # earlier than 18 months ago
    ahead: int = 0  # decided, but with an effect only later
    flagged: int | None = None  # entities with the flag; None: the outcome has dates
    entities: int = 0  # how many were looked at

    @property
    def recent(self) -> int:
        """How often it happened in the last 18 months."""
        return sum(month.events for month in self.months)


@dataclass(frozen=True, kw_only=True)
class PopulationSummary:
    """The population on the date `as_of`, which a score of that date counts."""

    as_of: dt.date
    today: int
    year_before: int
    ever: int  # entities that belonged to the population on any day up to the date
    constant: bool = False  # the model names no days: everybody belongs to it on every date
    left: int | None = None  # in the last 18 months, and not back; None: entities never leave
    left_last_year: int | None = None
    value: float | None = None  # of the population, in `currency`; None: the model names no value
    value_year_before: float | None = None  # None: values of earlier days aren't known
    without_value: int = 0  # entities of the population whose value isn't known
    currency: str | None = None
    outcomes: tuple[OutcomeSummary, ...] = ()

    @property
    def date_year_before(self) -> dt.date:
        """The date of `year_before`."""
        return months_after(self.as_of, -YEAR)


def load_population_summary(
    model: Model, connection: Connection, as_of: dt.date
) -> PopulationSummary | None:
    """The summary from what is known at midnight of `as_of`.

    None if the first or the last day of an entity changes over time.
    """
    stop = day_number(as_of)
    keys = load_entity_keys(model, connection) if model.entity.table is None else None
    known = load_attributes(model, connection, stop, keys)
    presence = load_presence(model, connection, known, stop)
    if presence is None:
        return None
    year, start = (day_number(months_after(as_of, -months)) for months in (YEAR, MONTHS))
    today, before = presence.on(stop), presence.on(year)
    entity = model.entity
    leaves = entity.contracts is not None or entity.ends is not None or entity.active is not None
    values = _values(model, known, stop)
    earlier = _values(model, known, year) if entity.value in known.dated else None
    return PopulationSummary(
        as_of=as_of,
        today=int(today.sum()),
        year_before=int(before.sum()),
        ever=int(presence.during(-NEVER, stop).sum()),
        constant=not leaves and entity.starts is None and entity.table is not None,
        left=_left(presence, start, stop) if leaves else None,
        left_last_year=_left(presence, year, stop) if leaves else None,
        value=None if values is None else float(np.nansum(values[today])),
        value_year_before=None if earlier is None else float(np.nansum(earlier[before])),
        without_value=0 if values is None else int(np.isnan(values[today]).sum()),
        currency=entity.currency,
        outcomes=tuple(
            summarise_outcome(model, connection, outcome, known.ids, as_of)
            for outcome in model.outcomes
        ),
    )


def _left(presence: Presence, first: int, day: int) -> int:
    """How many belonged to the population on a day from `first` on, but not on `day`."""
    return int((presence.during(first, day) & ~presence.on(day)).sum())


def _values(model: Model, known: Attributes, day: int) -> NDArray[np.float64] | None:
    """The value of each entity as known on a day, NaN where there is none. None without values."""
    name, columns = model.entity.value, {**known.columns, **known.changing}
    if name is None or name not in columns or not pa.types.is_floating(columns[name].type):
        return None
    grid = Grid.of(np.array([day], dtype=np.int32))
    chunk = EntityChunk(model, FactSet(known, {}), grid, 0, len(known.ids))
    return chunk.attribute(name).data[:, 0]


def summarise_outcome(
    model: Model, connection: Connection, outcome: Outcome, ids: Sequence[str], as_of: dt.date
) -> OutcomeSummary:
    """How often the outcome happened to the entities `ids`, sorted by code point, before `as_of`.

    An outcome that happens only once counts on its first day.
    """
    if outcome.flag is not None:
        flags = load_flags(model, connection, outcome, ids)
        return OutcomeSummary(name=outcome.name, flagged=int(flags.sum()), entities=len(ids))
    stop = day_number(as_of)
    days = _effective_days(load_events(model, connection, outcome, ids, stop), outcome)
    year, start = (months_after(as_of, -months) for months in (YEAR, MONTHS))
    recent = days[(days >= day_number(start)) & (days < stop)]
    counts = Counter(date_of(int(day)).replace(day=1) for day in recent)
    last = months_between(start, as_of - dt.timedelta(days=1))
    return OutcomeSummary(
        name=outcome.name,
        entities=len(ids),
        months=tuple(MonthCount(month, counts[month]) for month in last),
        last_year=int((recent >= day_number(year)).sum()),
        before=int((days < day_number(start)).sum()),
        ahead=int((days >= stop).sum()),
    )


def _effective_days(events: OutcomeEvents, outcome: Outcome) -> Days:
    """The day on which each event took effect. Inactivity takes effect on the day it is complete."""
    days = events.day if outcome.quiet is not None else events.effective_day
    if events.once and len(days):
        days = days[np.append(True, events.entity[1:] != events.entity[:-1])]
    return days


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first day of every month from that of `first` to that of `last`.

    >>> [str(month) for month in months_between(dt.date(2025, 11, 30), dt.date(2026, 1, 1))]
    ['2025-11-01', '2025-12-01', '2026-01-01']
    """
    month = first.replace(day=1)
    months = []
    while month <= last:
        months.append(month)
        month = months_after(month, 1)
    return months
