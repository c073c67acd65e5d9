"""Which of a table's dates says when a row happened, when it became known, and when it ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.dictionary import Role
from salus.draft.profile import ColumnProfile, TableProfile
from salus.facts.data_end import split_doubtful
from salus.sources.connection import Connection

BEGINNINGS: tuple[Role, ...] = ("time", "opened", "started")
AFTER = 0.95  # of the rows on which a second date never lies before the first


@dataclass(frozen=True)
class TimeColumns:
    """Column names. `why_recorded` says how sure the second date is."""

    time: str
    recorded: str | None = None
    why_recorded: str = ""


def find_time_columns(connection: Connection, table: TableProfile) -> TimeColumns | None:
    """The time of the table's rows, and when they were recorded; None for a table without dates."""
    if not table.times:
        return None
    time = _time(table)
    recorded = _recorded(connection, table, time)
    return TimeColumns(time.name, *recorded) if recorded else TimeColumns(time.name)


def date_column(table: TableProfile, *roles: Role) -> str | None:
    """The date column whose header plays one of the roles."""
    return next(
        (column.name for column in table.playing(*roles) if column.is_time and column.filled), None
    )


def _time(table: TableProfile) -> ColumnProfile:
    """By header, else the fullest and then earliest date that isn't the day of recording, an end or
    a payment.
    """
    named = [column for column in table.playing(*BEGINNINGS) if column in table.times]
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
    rest = [column for column in table.times if not column.plays(*late)] or list(table.times)
    return min(
        rest,
        key=lambda column: (-round(column.share_filled, 2), _moment(column.least), column.name),
    )


def _moment(value: object) -> dt.datetime:
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
            return column.name, "a guess: it is always filled and hardly ever lies before the time"
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
    """How dense a table is in its last year: days between an entity's active days, share of days
    with any row.
    """

    gap: float
    span: int  # days from the first row to the last
    dense: bool

    @property
    def window(self) -> int:
        """A window of whole weeks that holds several active days of a usual entity."""
        wish = 28 if self.gap <= 3 else 84 if self.gap <= 15 else 182
        return next(days for days in (wish, 84, 28, 7) if days <= max(self.span // 2, 7))

    @property
    def year(self) -> int:
        return min(364, max(28, self.span // 7 * 7))

    @property
    def silence(self) -> int:
        """Days without a fact after which an entity may be taken as gone."""
        wish = 30 if self.gap <= 3 else 90 if self.gap <= 15 else 180
        return next((days for days in (180, 90) if days <= min(wish, self.span / 3)), 30)


def _newest(connection: Connection, table: TableProfile, time: str, today: dt.date) -> dt.datetime:
    """The newest time of a table, without days after today and mistyped years."""
    day = exp.cast(exp.column(time, quoted=True), "date")
    found = connection.query(
        exp.select(day.as_("d")).distinct().from_(connection.table(table.name))
    )["d"].to_pylist()
    days = sorted(one for one in found if one is not None)
    certain = [one for one in split_doubtful(days, today)[0] if one <= today]
    if not certain or certain[-1] == days[-1]:
        return _moment(table.column(time).most)
    return dt.datetime.combine(certain[-1], dt.time())


def measure_pace(
    connection: Connection, table: TableProfile, columns: tuple[str, str], today: dt.date
) -> Pace:
    """Measure the pace of a table by the columns of its key and time."""
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
        .from_(connection.table(table.name))
        .where(
            exp.GTE(this=exp.cast(moment.copy(), "timestamp"), expression=since),
            exp.not_(exp.Is(this=owner.copy(), expression=exp.null())),
        )
    )
    counted = exp.select(
        exp.Count(this=exp.Star()).as_("pairs"),
        exp.Count(this=exp.Distinct(expressions=[exp.column("k")])).as_("keys"),
        exp.Count(this=exp.Distinct(expressions=[exp.column("d")])).as_("days"),
    )
    row = connection.query(counted.from_(days.subquery("active"))).to_pylist()[0]
    span = max((newest - _moment(column.least)).days, 1)
    shown = min(span, 365)
    gap = shown * row["keys"] / row["pairs"] if row["pairs"] else float(shown)
    return Pace(gap, span, row["days"] >= 0.6 * shown)
