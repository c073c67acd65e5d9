"""Finds the columns that say when a row happened and when it was recorded, and how dense rows are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.dictionary import Role
from salus.draft.profile import ColumnProfile, TableProfile
from salus.facts.data_end import split_doubtful
from salus.sources.connection import Connection

BEGINNINGS: tuple[Role, ...] = ("time", "opened", "started")
AFTER = 0.95  # share of rows on which a recording date isn't before the time


@dataclass(frozen=True)
class TimeColumns:
    """Column names. `why_recorded` says how certain `recorded` is."""

    time: str
    recorded: str | None = None
    why_recorded: str = ""


def find_time_columns(connection: Connection, table: TableProfile) -> TimeColumns | None:
    """The columns of a table that say when its rows happened and were recorded.

    None for a table without dates.
    """
    if not table.times:
        return None
    time = _time(table)
    recorded = _recorded(connection, table, time)
    return TimeColumns(time.name, *recorded) if recorded else TimeColumns(time.name)


def date_column(table: TableProfile, *roles: Role) -> str | None:
    """The name of the date column whose header suggests one of the roles."""
    return next(
        (column.name for column in table.with_role(*roles) if column.is_time and column.filled),
        None,
    )


def _time(table: TableProfile) -> ColumnProfile:
    """The column chosen by its header, or else the date that is filled most often, then the earliest.

    Dates of recording, of an end or of a payment come last.
    """
    named = [column for column in table.with_role(*BEGINNINGS) if column in table.times]
    if named:
        return named[0]
    late: tuple[Role, ...] = (
        "recorded",
        "closed",
        "paid",
        "due",
        "ended",
        "contract_end",
        "replied",
    )
    rest = [column for column in table.times if not column.has_role(*late)] or list(table.times)
    return min(
        rest,
        key=lambda column: (-round(column.share_filled, 2), _datetime(column.minimum), column.name),
    )


def _datetime(value: object) -> dt.datetime:
    """A date or time as a time without zone; the last possible time for anything else."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else dt.datetime.max


def _recorded(
    connection: Connection, table: TableProfile, time: ColumnProfile
) -> tuple[str, str] | None:
    named = date_column(table, "recorded")
    if named and named != time.name:
        return named, "by its header"
    for column in table.times:
        complete = column.share_filled > 0.99 and column.name != time.name and not column.roles
        if (
            complete
            and column.type == time.type
            and _share_after(connection, table, time, column) >= AFTER
        ):
            return column.name, f"a guess: always filled and hardly ever before `{time.name}`"
    return None


def _share_after(
    connection: Connection, table: TableProfile, first: ColumnProfile, second: ColumnProfile
) -> float:
    a, b = exp.column(first.name, quoted=True), exp.column(second.name, quoted=True)
    after = (
        exp.case()
        .when(exp.GTE(this=b, expression=a), exp.Literal.number(1))
        .else_(exp.Literal.number(0))
    )
    row = connection.query(
        exp.select(exp.Avg(this=after).as_("share")).from_(connection.table(table.name))
    )
    return float(row["share"][0].as_py() or 0.0)


@dataclass(frozen=True)
class Pace:
    """How dense the rows of a table are in its last year."""

    gap: float  # days between the active days of an entity, on average
    span: int  # days from the first row to the last

    @property
    def window(self) -> int:
        """Days of a window of whole weeks with several active days of a typical entity."""
        ideal = 28 if self.gap <= 3 else 84 if self.gap <= 15 else 182
        return next(days for days in (ideal, 84, 28, 7) if days <= max(self.span // 2, 7))

    @property
    def year(self) -> int:
        """Days of a window of up to a year."""
        return min(364, max(28, self.span // 7 * 7))

    @property
    def inactivity_days(self) -> int:
        """Days without a fact after which an entity counts as having left."""
        ideal = 30 if self.gap <= 3 else 90 if self.gap <= 15 else 180
        return next((days for days in (180, 90) if days <= min(ideal, self.span / 3)), 30)


def _newest(connection: Connection, table: TableProfile, time: str, today: dt.date) -> dt.datetime:
    """The newest time of a table. Days after today and mistyped years don't count."""
    day = exp.cast(exp.column(time, quoted=True), "date")
    values = connection.query(
        exp.select(day.as_("d")).distinct().from_(connection.table(table.name))
    )["d"].to_pylist()
    days = sorted(value for value in values if value is not None)
    certain = [value for value in split_doubtful(days, today)[0] if value <= today]
    if not certain or certain[-1] == days[-1]:
        return _datetime(table.column(time).maximum)
    return dt.datetime.combine(certain[-1], dt.time())


def measure_pace(
    connection: Connection,
    table: TableProfile,
    columns: tuple[str, str],
    today: dt.date,
    rows: exp.Table | exp.Subquery | None = None,
) -> Pace:
    """Measure how dense a table is. `columns`: the names of its key and of its time; `rows`: where
    they are, if not in the table itself.
    """
    key, time = columns
    moment, owner = exp.column(time, quoted=True), exp.column(key, quoted=True)
    column = table.column(time)
    newest = _newest(connection, table, time, today)
    since = exp.cast(
        exp.Literal.string((newest - dt.timedelta(days=365)).date().isoformat()), "timestamp"
    )
    day = exp.cast(moment, "date")
    days = (
        exp.select(owner.as_("k"), day.as_("d"))
        .distinct()
        .from_(rows or connection.table(table.name))
        .where(
            exp.GTE(this=exp.cast(moment.copy(), "timestamp"), expression=since),
            exp.not_(exp.Is(this=owner.copy(), expression=exp.null())),
        )
    )
    counted = exp.select(
        exp.Count(this=exp.Star()).as_("pairs"),
        exp.Count(this=exp.Distinct(expressions=[exp.column("k")])).as_("keys"),
    )
    row = connection.query(counted.from_(days.subquery("active"))).to_pylist()[0]
    span = max((newest - _datetime(column.minimum)).days, 1)
    period = min(span, 365)
    gap = period * row["keys"] / row["pairs"] if row["pairs"] else float(period)
    return Pace(gap, span)
