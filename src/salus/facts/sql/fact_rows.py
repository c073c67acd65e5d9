"""Facts one by one, for the numbers of the whole book: whose they are, when they began and ended,
what they say.
"""

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
from salus.model.metrics import Quantity
from salus.model.model import Model
from salus.periods.day import NEVER, date_of
from salus.periods.grid import Days
from salus.sources.connection import Connection

MICRO = 1e6
TURN = "salus_turn"  # 1: the largest of those of one moment


@dataclass(frozen=True)
class FactRows:
    """One place a fact. `entity` are positions in the list of entities; `closed` is NEVER while
    there is no end.
    """

    entity: NDArray[np.int64]
    begun: Days
    closed: Days
    value: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.entity)

    def at(self, rows: NDArray[np.bool_]) -> FactRows:
        return FactRows(self.entity[rows], self.begun[rows], self.closed[rows], self.value[rows])


def load_fact_rows(
    model: Model,
    connection: Connection,
    quantity: Quantity,
    ids: pa.Array,
    first: int,
    stop: int,
    *,
    still_open: bool = False,
) -> FactRows:
    """Facts begun on or after the day `first` and known before `stop`; those without a value aren't
    there.

    With `still_open` also those begun before that are open at `stop`. Truths are 1 and 0, an
    unknown one is 0. Of facts that the next one ends, those of one moment are one, the largest, as
    for `latest`.
    """
    table = connection.query(
        select_fact_rows(model, connection, quantity, first, stop, still_open=still_open)
    )
    where = pc.index_in(table[ENTITY].cast(pa.string()).combine_chunks(), value_set=ids)
    there = pc.is_valid(where)
    begun, closed, value = (
        to_array(name, table[name].filter(there)) for name in (BEGUN, CLOSED, "value")
    )
    return FactRows(
        where.drop_null().to_numpy(zero_copy_only=False).astype(np.int64),
        begun,
        closed,
        value / MICRO,
    )


def select_fact_rows(
    model: Model,
    connection: Connection,
    quantity: Quantity,
    first: int,
    stop: int,
    *,
    still_open: bool,
) -> exp.Select:
    """The query for `load_fact_rows`; a DataError where the column holds no numbers."""
    source = model.sources[quantity.source]
    found = facts_of(model, connection, source.name, metric_columns(model, source))
    span = Span(None if still_open else date_of(first), date_of(stop))
    relation = found.relation(span, ends=source.ends, moving=False)
    end = column(CLOSED) if source.ends else cast(exp.null(), "date")
    value, there = _value(quantity, relation.columns)
    rows = (
        exp.select(column(ENTITY), column(BEGUN), end.as_(CLOSED), value.as_("value"))
        .from_(relation.select.subquery("facts", copy=False))
        .where(there)
    )
    if not still_open:
        return _once(rows, grouped=source.until_group is not None) if source.until_next else rows
    since, until = (day_literal(date_of(day).isoformat()) for day in (first, stop))
    later = exp.or_(
        exp.Is(this=column(CLOSED), expression=exp.null()),
        exp.GTE(this=column(CLOSED), expression=until),
    )
    return rows.where(exp.or_(exp.GTE(this=column(BEGUN), expression=since), later))


def _once(rows: exp.Select, *, grouped: bool) -> exp.Select:
    """Nothing ends a fact of the same moment and group: of several only the largest stays. Who has
    no group stands alone.
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
    one.
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
    known: bool = False,
) -> Days:
    """Of each entity the day of its first fact known before `stop` (with `known`: on which one was
    known); NEVER: none.
    """
    relation = facts_of(model, connection, source).relation(
        Span(None, min(date_of(stop), FAR)), ends=False
    )
    least = exp.Min(this=column(KNOWN if known else BEGUN)).as_("day")
    table = connection.query(
        exp.select(column(ENTITY), least)
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(exp.Literal.number(1))
    )
    where = pc.index_in(table[ENTITY].cast(pa.string()).combine_chunks(), value_set=ids)
    there = pc.is_valid(where)
    found = np.full(len(ids), NEVER, dtype=np.int32)
    found[where.drop_null().to_numpy(zero_copy_only=False)] = to_array(
        "day", table["day"].filter(there)
    )
    return found
