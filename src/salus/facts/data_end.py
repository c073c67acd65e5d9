"""Where the data end, and the date that is scored by default: one rule for every verb and the
Python API.

The data end on the latest day, not after today, on which a fact is known. A day more than 31 days
after all other days of its source is doubtful (a mistyped year) and doesn't count. If the source's
facts are usually further apart, the day must be twice their usual distance away. A source with
`until` may be dated by due dates, which lie in the future. Beside other sources it counts only up
to the last day on which one of its facts ended. If half of the sources have ended and another goes
on with few facts, it is taken to hold future dates, too: steps of a plan, meetings to come.

An export is old when nothing has happened for longer than in any pause of its last year, all sources
together, but after 31 days at the latest. Scoring today would take the silence since then for
customers who stopped: a week is enough to move half of the bands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlglot import exp

from salus.facts.sql.columns import CLOSED, KNOWN
from salus.facts.sql.dialect import cast
from salus.facts.sql.origin import facts_of
from salus.facts.sql.relation import FAR, Span, column
from salus.model.model import Model
from salus.sources.connection import Connection

GAP = dt.timedelta(days=31)  # after so long without a fact a day is doubtful, and any export old
YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)
LEAST = 0.05  # of the usual facts of the sources that ended: fewer say little
FEWEST = 2  # other days that a source needs to have a usual distance
ENOUGH = 10  # days with facts, so that their longest pause is known


@dataclass(frozen=True)
class DoubtfulDays:
    """Days of a source, `first` to `last`, far after all its other days, and the number of facts
    dated so.
    """

    source: str
    first: dt.date
    last: dt.date
    facts: int
    before: dt.date  # the last of the other days

    def __str__(self) -> str:
        number = "1 fact" if self.facts == 1 else f"{self.facts:,} facts"
        days = (
            f"on {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"
        )
        return (
            f"source `{self.source}` has {number} {days}, {(self.first - self.before).days:,} days"
            " after all others. The date looks wrong, so the data isn't taken to end there"
        )


@dataclass(frozen=True)
class DataEnd:
    """`day`: the last day of the data, None without any fact by `today`. `silence`: an export is old
    when there was no fact for longer. `starts`: the first day with a fact, per source.

    `doubtful`: days that would move the end if they counted.
    """

    today: dt.date
    day: dt.date | None
    silence: dt.timedelta = GAP
    starts: tuple[dt.date, ...] = ()
    doubtful: tuple[DoubtfulDays, ...] = ()

    @property
    def midnight(self) -> dt.date | None:
        """The midnight at which the data end: after their last day, but not after today's."""
        return None if self.day is None else min(self.day + DAY, self.today)

    @property
    def old(self) -> bool:
        """Whether the last fact is so old that today's scores would mean nothing."""
        return self.day is not None and self.today - self.day > self.silence

    @property
    def as_of(self) -> dt.date:
        """The date that is scored by default: today, or where an old export ends."""
        return self.day + DAY if self.day is not None and self.old else self.today

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell a person who gets the default date."""
        return self._notes(f"everything is shown as of {self.as_of}. Use --as-of for another date.")

    @property
    def range_notes(self) -> tuple[str, ...]:
        """What to tell a person who gets it as the last of several dates."""
        return self._notes(f"the last date is {self.as_of}. Use --to for another one.")

    def _notes(self, conclusion: str) -> tuple[str, ...]:
        ends = (f"The data ends on {self.day}, so {conclusion}",) if self.old else ()
        return (*ends, *map(str, self.doubtful))


@dataclass(frozen=True)
class SourceDays:
    """The days on which facts of a source became known, rising, with the number of facts. `ended`:
    the last day on which a fact ended.
    """

    source: str
    facts: Mapping[dt.date, int]
    may_be_due: bool = False  # its facts end on a day of their own: `time` may be a due date
    ended: dt.date | None = None

    @property
    def days(self) -> list[dt.date]:
        return list(self.facts)


def load_days(
    model: Model, connection: Connection, names: Iterable[str] | None = None
) -> list[SourceDays]:
    """The days of each of these sources (None: of all) that has a fact, by a query for each."""
    wanted = model.sources if names is None else names
    return [days for name in wanted if (days := load_source_days(model, connection, name)).facts]


def find_data_end(sources: list[SourceDays], today: dt.date) -> DataEnd:
    """Where the data end, from the days of every source that has a fact.

    >>> use = SourceDays("use", {dt.date(2025, 12, 27): 9, dt.date(2025, 12, 28): 9, dt.date(2205, 3, 1): 1})
    >>> find_data_end([use], dt.date(2026, 5, 1)).as_of
    datetime.date(2025, 12, 29)
    """
    doubtful: list[DoubtfulDays] = []
    pasts: list[_Past] = []
    for source in sources:
        days, doubtful_days = split_doubtful(source.days, today)
        if doubtful_days:
            number = sum(source.facts[day] for day in doubtful_days)
            doubtful.append(
                DoubtfulDays(source.source, doubtful_days[0], doubtful_days[-1], number, days[-1])
            )
        if days[0] <= today:
            pasts.append(_Past.of(source, days, today, alone=len(sources) == 1))
    pasts = _without_plans(pasts)
    day = _latest([_End.of(past.source, past.newest) for past in pasts])
    later = tuple(each for each in doubtful if day is None or each.last > day)
    known = {each for past in pasts for each in past.days}
    pause = None if day is None else longest_pause(known, day)
    silence = GAP if pause is None else min(GAP, pause)
    return DataEnd(today, day, silence, tuple(source.days[0] for source in sources), later)


@dataclass(frozen=True)
class _Past:
    """The days of a source up to today, and the newest of them that isn't a plan. `goes_on`: it has
    facts after today, too, as plans have.
    """

    source: SourceDays
    days: list[dt.date]
    newest: dt.date
    goes_on: bool

    @classmethod
    def of(cls, source: SourceDays, days: list[dt.date], today: dt.date, *, alone: bool) -> _Past:
        """From the certain days of a source."""
        by_today = [day for day in days if day <= today]
        ahead = sum(source.facts[day] for day in days if day > today)
        months = max((by_today[-1] - by_today[0]) / GAP, 1.0)
        usual = sum(source.facts[day] for day in by_today) / months
        ends = source.may_be_due and source.ended is not None  # these have a rule of their own
        newest = _certain(source, by_today[-1], alone=alone)
        return cls(source, by_today, newest, ahead > LEAST * usual and not ends)

    def until(self, day: dt.date) -> _Past:
        """Without the days after a day."""
        days = [each for each in self.days if each <= day]
        return replace(self, days=days, newest=min(self.newest, day))


def _without_plans(pasts: list[_Past]) -> list[_Past]:
    """A source that goes on after today says less about where the data end than others do, if these
    ended within a month.
    """
    stop = max((past.newest for past in pasts if not past.goes_on), default=None)
    if stop is None:
        return pasts
    return [
        past.until(stop) if past.goes_on and stop < past.newest <= stop + GAP else past
        for past in pasts
    ]


def longest_pause(days: Set[dt.date], end: dt.date) -> dt.timedelta | None:
    """The longest time between two days with facts in the year before an end; None if there are too
    few to know.

    >>> weekly = {dt.date(2026, 1, 1) + dt.timedelta(weeks=week) for week in range(13)}
    >>> longest_pause(weekly, max(weekly)), longest_pause(weekly, min(weekly))
    (datetime.timedelta(days=7), None)
    """
    year = sorted(day for day in days if end - YEAR <= day <= end)
    if len(year) < ENOUGH:
        return None
    return max(after - before for before, after in pairwise(year))


def split_doubtful(days: list[dt.date], today: dt.date) -> tuple[list[dt.date], list[dt.date]]:
    """Rising days without the last ones that lie far after all others, and these doubtful days.

    Among the days up to today only a single day is doubtful, and only where there are enough others
    to know the usual distance. Of the days after today, everything after a gap is doubtful.

    >>> quarters, today = [dt.date(2025, month, 1) for month in (1, 4, 7, 10)], dt.date(2026, 1, 1)
    >>> split_doubtful(quarters, today)[1], split_doubtful([*quarters, dt.date(2205, 1, 1)], today)[1]
    ([], [datetime.date(2205, 1, 1)])
    """
    far = max(GAP, 2 * _usual_gap(days))
    ahead = next(
        (
            place
            for place in range(1, len(days))
            if days[place] > today and days[place] - days[place - 1] > far
        ),
        len(days),
    )
    while ahead > FEWEST and days[ahead - 1] - days[ahead - 2] > far:
        ahead -= 1
    return days[:ahead], days[ahead:]


def _usual_gap(days: list[dt.date]) -> dt.timedelta:
    """The median distance between days, without the last day, which may be the doubtful one."""
    gaps = sorted(after - before for before, after in pairwise(days[:-1]))
    return gaps[len(gaps) // 2] if gaps else dt.timedelta(0)


@dataclass(frozen=True)
class _End:
    """Where one source ends, how many facts it has in a usual month by then, and how many in the
    last month.
    """

    day: dt.date
    usual: float
    last: int

    @classmethod
    def of(cls, source: SourceDays, day: dt.date) -> _End:
        by_then = {each: number for each, number in source.facts.items() if each <= day}
        months = max((day - source.days[0]) / GAP, 1.0)
        return cls(
            day,
            sum(by_then.values()) / months,
            sum(number for each, number in by_then.items() if each > day - GAP),
        )


def _latest(ends: list[_End]) -> dt.date | None:
    """The latest end of a source, unless half of the sources ended more than a month before and it
    has few facts since.
    """
    for end in sorted(ends, key=lambda end: end.day, reverse=True):
        before = [other for other in ends if other.day < end.day - GAP]
        goes_on = 2 * end.last >= end.usual and end.last >= LEAST * sum(
            other.usual for other in before
        )
        if 2 * len(before) < len(ends) or goes_on:
            return end.day
    return None


def _certain(source: SourceDays, newest: dt.date, *, alone: bool) -> dt.date:
    """The newest day that can't be a due date in the future."""
    if not source.may_be_due or alone or source.ended is None:
        return newest
    return min(newest, source.ended)


def load_source_days(model: Model, connection: Connection, name: str) -> SourceDays:
    """The days of a source, by one grouped query."""
    source = model.sources[name]
    ending = source.until is not None and not source.until_next
    relation = facts_of(model, connection, name).relation(Span(None, FAR), ends=ending)
    facts = relation.select.subquery("facts", copy=False)
    columns = [column(KNOWN).as_("day"), cast(exp.Count(this=exp.Star()), "bigint").as_("n")]
    columns += [exp.Max(this=column(CLOSED)).as_("ended")] if ending else []
    rows = connection.query(exp.select(*columns).from_(facts).group_by(column(KNOWN))).to_pylist()
    ended = max((row["ended"] for row in rows if ending and row["ended"] is not None), default=None)
    return SourceDays(
        name,
        {row["day"]: row["n"] for row in sorted(rows, key=lambda row: row["day"])},
        ending,
        ended,
    )
