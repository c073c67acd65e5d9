"""Single facts, for portfolio metrics: their entity, when they began and ended, and their value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlglot import exp

from salus.errors import DataError
from salus.facts.partials.arrays import to_array
from salus.facts.partials.requirements import metric_columns
from salus.facts.sql.columns import BEGUN, CLOSED, ENTITY, GROUP, KNOWN
from salus.facts.sql.dialect import SQL, cast, day_literal
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.origin import facts_of
from salus.facts.sql.query import micro_value
from salus.facts.sql.relation import FAR, Span, column
from salus.model.expressions.expression import Expression, find_names
from salus.model.metrics import Quantity
from salus.model.model import Model
from salus.periods.day import NEVER, date_of
from salus.periods.grid import Days
from salus.sources.connection import Connection

MICRO = 1e6
TURN = "salus_turn"  # 1: the largest of the facts of a moment


@dataclass(frozen=True)
class FactRows:
    """One element per fact. `entity` holds positions in the list of entities; `closed` is NEVER
    while a fact has no end.
    """

    entity: NDArray[np.int64]
    begun: Days
    closed: Days
    value: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: NDArray[np.bool_]) -> FactRows:
        return FactRows(self.entity[rows], self.begun[rows], self.closed[rows], self.value[rows])


@dataclass(frozen=True)
class FactPeriod:
    """Facts begun on or after the day `first` and known before `stop`.

    With `still_open` also older facts that are open at `stop`.
    """

    first: int
    stop: int
    still_open: bool = False


def load_fact_rows(
    model: Model, connection: Connection, quantity: Quantity, ids: pa.Array, period: FactPeriod
) -> FactRows:
    """The facts of a period; facts without a value are left out.

    True is 1 and false is 0; an unknown truth is 0. Where each fact ends the one before, facts of
    the same moment count as one, the largest, as for `latest`.
    """
    table = connection.query(select_fact_rows(model, connection, quantity, period))
    position = pc.index_in(table[ENTITY].cast(pa.string()).combine_chunks(), value_set=ids)
    known = pc.is_valid(position)
    begun, closed, value = (
        to_array(name, table[name].filter(known)) for name in (BEGUN, CLOSED, "value")
    )
    return FactRows(
        position.drop_null().to_numpy(zero_copy_only=False).astype(np.int64),
        begun,
        closed,
        value / MICRO,
    )


def select_fact_rows(
    model: Model, connection: Connection, quantity: Quantity, period: FactPeriod
) -> exp.Select:
    """The query for `load_fact_rows`. Raises DataError if the column holds no numbers."""
    source = model.sources[quantity.source]
    facts = facts_of(model, connection, source.name, metric_columns(model, source))
    span = Span(None if period.still_open else date_of(period.first), date_of(period.stop))
    relation = facts.relation(span, ends=source.ends, moving=False)
    end = column(CLOSED) if source.ends else cast(exp.null(), "date")
    value, has_value = _value(quantity, relation.columns)
    rows = (
        exp.select(column(ENTITY), column(BEGUN), end.as_(CLOSED), value.as_("value"))
        .from_(relation.select.subquery("facts", copy=False))
        .where(has_value)
    )
    if not period.still_open:
        return (
            _without_duplicates(rows, grouped=source.until_group is not None)
            if source.until_next
            else rows
        )
    since, until = (day_literal(date_of(day).isoformat()) for day in (period.first, period.stop))
    later = exp.or_(
        exp.Is(this=column(CLOSED), expression=exp.null()),
        exp.GTE(this=column(CLOSED), expression=until),
    )
    return rows.where(exp.or_(exp.GTE(this=column(BEGUN), expression=since), later))


def _without_duplicates(rows: exp.Select, *, grouped: bool) -> exp.Select:
    """Only the largest fact of each moment and group, because none of them ends another. A fact
    without a group stays.
    """
    names = [ENTITY, BEGUN, CLOSED, "value", *((GROUP,) if grouped else ())]
    whose = [column(name) for name in names if name != "value"]
    largest = exp.Order(expressions=[exp.Ordered(this=column("value"), desc=True)])
    turn = exp.Window(this=exp.RowNumber(), partition_by=whose, order=largest)
    first: SQL = exp.EQ(this=column(TURN), expression=exp.Literal.number(1))
    if grouped:
        rows, first = (
            rows.select(column(GROUP)),
            exp.or_(first, exp.Is(this=column(GROUP), expression=exp.null())),
        )
    numbered = exp.select(*map(column, names), turn.as_(TURN)).from_(
        rows.subquery("answers", copy=False)
    )
    return (
        exp.select(*map(column, names[:4]))
        .from_(numbered.subquery("numbered", copy=False))
        .where(first)
    )


def _value(quantity: Quantity, columns: Columns) -> tuple[SQL, SQL]:
    """The value in millionths, so that sums don't depend on the order of rows, and whether there is
    a value.
    """
    if quantity.of is not None:
        met = (
            exp.case()
            .when(condition(quantity.of, columns), exp.Literal.number(int(MICRO)))
            .else_(exp.Literal.number(0))
        )
        return cast(met, "bigint"), exp.true()
    if quantity.column is None:
        return cast(exp.Literal.number(0), "bigint"), exp.true()
    if columns.types[quantity.column] not in ("number", "integer"):
        raise DataError(
            f"`{quantity.column}` of source `{quantity.source}` is"
            f" {columns.types[quantity.column]}; numbers are needed here",
            "choose a numeric column, or compute one under `columns:`",
        )
    value, micro = micro_value(quantity.column, columns)
    return micro, exp.not_(exp.Is(this=exp.paren(value), expression=exp.null()))


def load_first_days(
    model: Model,
    connection: Connection,
    source: str,
    ids: pa.Array,
    stop: int,
    *,
    by_known_day: bool = False,
) -> Days:
    """The day of each entity's first fact known before `stop` (`by_known_day`: the day on which a
    fact was first known); NEVER where there is none.
    """
    relation = facts_of(model, connection, source).relation(
        Span(None, min(date_of(stop), FAR)), ends=False
    )
    least = exp.Min(this=column(KNOWN if by_known_day else BEGUN)).as_("day")
    table = connection.query(
        exp.select(column(ENTITY), least)
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(exp.Literal.number(1))
    )
    position = pc.index_in(table[ENTITY].cast(pa.string()).combine_chunks(), value_set=ids)
    known = pc.is_valid(position)
    days = np.full(len(ids), NEVER, dtype=np.int32)
    days[position.drop_null().to_numpy(zero_copy_only=False)] = to_array(
        "day", table["day"].filter(known)
    )
    return days


def select_newest_days(
    model: Model, connection: Connection, source: str, where: Expression | None = None
) -> exp.Select:
    """The query for the newest day begun of the facts that became known on a day: one row per entity
    and day known. `where`: which facts count.
    """
    more = find_names(where) - set(model.sources[source].columns)
    relation = facts_of(model, connection, source, more).relation(Span(None, FAR), ends=False)
    whose, newest = [column(ENTITY), column(KNOWN)], exp.Max(this=column(BEGUN)).as_(BEGUN)
    facts = (
        exp.select(*whose, newest)
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(*map(exp.Expression.copy, whose))
    )
    return facts if where is None else facts.where(condition(where, relation.columns))
