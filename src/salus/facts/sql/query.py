"""The grouped query of a partial."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlglot import exp

from salus.errors import DataError
from salus.facts.partials.requirements import PartialColumn, PartialColumns
from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, MONTH, RECORDED, STOP, TIME
from salus.facts.sql.dialect import SQL, call, cast, day_literal, number
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.relation import Relation, column

CUT = "salus_piece"


def build_query(
    need: PartialColumns, relation: Relation, clamp: dt.date | None, cuts: Sequence[dt.date] = ()
) -> exp.Select:
    """The SELECT of a partial. Facts known by `clamp` are known on every date of the grid, so their
    exact day isn't kept.

    Where rows hold neither the day known nor its month, CUT holds how many of `cuts` are not after
    that day.
    """
    facts = relation.select.subquery("facts", copy=False)
    match need.spec.mode:
        case "rows":
            return _rows(need, relation, facts)
        case "keys":
            return _keys(need, relation, facts, cuts)
        case "newest":
            return _grouped(
                [_known(relation, clamp)],
                facts,
                [
                    _filtered(exp.Max(this=column(BEGUN)), cell, relation.columns)
                    for cell in need.cells
                ],
            )
    sums = [_sum(cell, relation.columns) for cell in need.cells]
    if need.spec.mode == "ever":
        return _grouped([_known(relation, clamp)], facts, sums)
    days = [relation.begun, relation.known] + (
        [column(CLOSED), column(ENDED)] if need.spec.ending else []
    )
    days += [column(STOP)] if relation.stops else []
    select = _grouped(days, facts, sums)
    return _still_open(select, clamp) if need.only_open and clamp else select


def number_pieces(select: exp.Select, cuts: Sequence[dt.date]) -> exp.Select:
    """The query of a partial with CUT, also where its rows hold the day known or its month."""
    names = select.named_selects
    if CUT in names:
        return select
    piece = _cut_number(cuts, KNOWN if KNOWN in names else MONTH)
    return exp.select(exp.Star(), piece).from_(select.subquery("pieces", copy=False))


def _cut_number(cuts: Sequence[dt.date], by: str = KNOWN) -> SQL:
    case = exp.case()
    for number_, day in enumerate(cuts):
        known_before = exp.LT(this=column(by), expression=day_literal(day.isoformat()))
        case = case.when(known_before, exp.Literal.number(number_))
    return case.else_(exp.Literal.number(len(cuts))).as_(CUT)


def _still_open(select: exp.Select, clamp: dt.date) -> exp.Select:
    """Without the facts that ended before every date of the grid."""
    return select.where(
        exp.or_(
            exp.Is(this=column(ENDED), expression=exp.null()),
            exp.GT(this=column(ENDED), expression=day_literal(clamp.isoformat())),
        )
    )


def _known(relation: Relation, clamp: dt.date | None) -> SQL:
    if clamp is None:
        return relation.known
    return call("greatest", column(KNOWN), day_literal(clamp.isoformat())).as_(KNOWN)


def _grouped(keys: list[SQL], facts: SQL, cells: list[SQL]) -> exp.Select:
    """The cells by entity and keys. A key that is the same in all rows isn't grouped by."""
    keys = [column(ENTITY), *keys]
    named = [cell.as_(f"c{i}") for i, cell in enumerate(cells)]
    by = [exp.Literal.number(place) for place, key in enumerate(keys, 1) if key.find(exp.Column)]
    return exp.select(*keys, *named).from_(facts, copy=False).group_by(*by, copy=False)


def _keys(
    need: PartialColumns, relation: Relation, facts: SQL, cuts: Sequence[dt.date]
) -> exp.Select:
    """Distinct values: for each condition the first day on which each (key, day) was known."""
    assert need.spec.column is not None
    key = _key(need.spec.column, relation.columns).as_("key")
    value = relation.columns.value(need.spec.column).sql
    present = exp.not_(exp.Is(this=exp.paren(value), expression=exp.null()))
    if not relation.late and not need.spec.ending:
        return _months(key, need, relation, facts).where(present, copy=False)
    days = [relation.begun, relation.known, column(ENDED)] if need.spec.ending else [relation.begun]
    first = [_filtered(exp.Min(this=column(KNOWN)), cell, relation.columns) for cell in need.cells]
    cut = [_cut_number(cuts)] if cuts and not need.spec.ending else []
    return _grouped([key, *days, *cut], facts, first).where(present, copy=False)


def _months(key: SQL, need: PartialColumns, relation: Relation, facts: SQL) -> exp.Select:
    """For facts known when they begin: the days of each distinct value per month, as bits of a
    whole number (day 1: bit 0).
    """
    month, bit = _month_and_bit(relation.day)
    days = [
        cast(_filtered(relation.columns.dialect.bits(bit.copy()), cell, relation.columns), "int")
        for cell in need.cells
    ]
    return _grouped([key, month.as_(MONTH)], facts, days)


def _month_and_bit(only: dt.date | None) -> tuple[SQL, SQL]:
    """The first day of the month in which a fact began, and the bit of its day."""
    if only is not None:
        return day_literal(only.replace(day=1).isoformat()), exp.Literal.number(1 << (only.day - 1))
    day = exp.Sub(
        this=cast(exp.Extract(this=exp.var("DAY"), expression=column(BEGUN)), "int"),
        expression=exp.Literal.number(1),
    )
    bit = exp.BitwiseLeftShift(this=exp.Literal.number(1), expression=exp.paren(day.copy()))
    return exp.Sub(this=column(BEGUN), expression=exp.paren(day)), bit


def _key(name: str, columns: Columns) -> SQL:
    """A distinct value as text, so that keys of all types are handled alike."""
    typed = columns.value(name)
    if columns.types[name] == "number":  # 0 and -0 are the same key
        return cast(
            exp.Add(this=exp.paren(typed.sql), expression=cast(number(0), "double")), "text"
        )
    if columns.types[name] == "integer":  # not as a double, which can't tell large numbers apart
        return cast(column(name), "text")
    return typed.sql if typed.kind == "text" else cast(typed.sql, "text")


def _rows(need: PartialColumns, relation: Relation, facts: SQL) -> exp.Select:
    assert need.spec.column is not None
    columns = relation.columns
    value, micro = micro_value(need.spec.column, columns)
    parts: list[SQL] = [column(ENTITY), column(BEGUN), column(KNOWN)]
    parts += [column(ENDED)] if need.spec.ending else []
    parts += [
        _ordering(TIME, columns).as_(TIME),
        _ordering(RECORDED, columns).as_(RECORDED),
        micro.as_("value"),
    ]
    for i, cell in enumerate(need.cells):
        parts.append(
            columns.dialect.truth(_all_conditions(cell, columns) or exp.true()).as_(f"c{i}")
        )
    return (
        exp.select(*parts)
        .from_(facts)
        .where(exp.not_(exp.Is(this=exp.paren(value), expression=exp.null())))
    )


def _ordering(name: str, columns: Columns) -> SQL:
    """Times as whole microseconds; a date is its midnight."""
    return columns.dialect.micros(cast(column(name), "timestamp"))


def micro_value(name: str, columns: Columns) -> tuple[SQL, SQL]:
    """A column's value, and what the partial keeps of it: micro-units, the moment, the text or the
    truth.
    """
    typed = columns.value(name)
    if typed.kind in ("text", "bool"):
        return typed.sql, typed.sql
    if typed.kind in ("date", "moment"):
        return typed.sql, cast(typed.sql, "timestamp")
    return typed.sql, _micro(_double(name, columns), columns)


def _double(name: str, columns: Columns) -> SQL:
    typed = columns.value(name)
    if typed.kind == "bool":
        return cast(cast(typed.sql, "int"), "double")
    if typed.kind != "number":
        raise DataError(
            f"column `{name}` is {typed.kind}; a number is needed here",
            "choose a numeric column, or compute one under `columns:`",
        )
    return typed.sql


def _micro(value: SQL, columns: Columns) -> SQL:
    """Six decimals as a whole number, halves away from zero. A sum of integers doesn't depend on
    their order.
    """
    return columns.dialect.rounded(exp.Mul(this=exp.paren(value), expression=number(1000000)))


def _all_conditions(cell: PartialColumn, columns: Columns) -> SQL | None:
    truths = [exp.paren(condition(each, columns)) for each in cell.where]
    return exp.func("COALESCE", exp.and_(*truths), exp.false()) if truths else None


def _filtered(aggregate: SQL, cell: PartialColumn, columns: Columns) -> SQL:
    truth = _all_conditions(cell, columns)
    return (
        exp.Filter(this=aggregate, expression=exp.Where(this=truth))
        if truth is not None
        else aggregate
    )


def _sum(cell: PartialColumn, columns: Columns) -> SQL:
    if cell.what == "rows":
        return cast(_filtered(_count(cell, columns), cell, columns), "bigint")
    if cell.what == "value":
        assert cell.column is not None
        amount = _micro(_double(cell.column, columns), columns)
    else:
        amount = _weighted(cell, columns)
    total = _filtered(exp.Sum(this=amount), cell, columns)
    return cast(call("coalesce", total, exp.Literal.number(0)), "bigint")


def _count(cell: PartialColumn, columns: Columns) -> SQL:
    present = [columns.value(name).sql for name in (cell.column, cell.weight) if name]
    if not present:
        return exp.Count(this=exp.Star())
    all_present = exp.and_(
        *(exp.not_(exp.Is(this=exp.paren(value), expression=exp.null())) for value in present)
    )
    return exp.Count(this=exp.case().when(all_present, exp.Literal.number(1)))


def _weighted(cell: PartialColumn, columns: Columns) -> SQL:
    assert cell.weight is not None
    weight = _double(cell.weight, columns)
    if cell.column is None:
        return _micro(weight, columns)
    value = _double(cell.column, columns)
    if cell.what == "weight":
        present = exp.not_(exp.Is(this=exp.paren(value), expression=exp.null()))
        return _micro(exp.case().when(present, weight), columns)
    return _micro(exp.paren(exp.Mul(this=exp.paren(value), expression=exp.paren(weight))), columns)
