"""Conditions and row arithmetic as SQL, typed by the columns they read.

They follow the same three-valued rules as ``model/expressions/evaluation.py``. x/0 and everything
with null is null, a comparison used as a number is 1 or 0, and a difference of dates is in days.
All arithmetic is in double precision on every engine.

Every step is finite, or the whole expression is null. A step whose operands are small enough is
always finite and isn't checked. The other steps are checked around the whole expression, the inner
ones first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.dialect import SQL, Dialect, Type, call, cast, number, text
from salus.model.expressions import expression as ex
from salus.model.expressions.evaluation import FIRST_MICROS, FURTHEST, STOP_MICROS
from salus.model.expressions.local_time import parse_local_time

DAY_MICROS = 86_400_000_000
ROOM = 1e300  # smaller than the largest double, with room for rounding


@dataclass(frozen=True)
class Typed:
    """An SQL expression and the kind of its value: number, text, bool, date or moment.

    A number is 0, or its size lies between `smallest` and `largest`. `checks`, in order: if one is
    true, a step isn't finite. `odd`: if one is true, a null stands for a column's value that isn't
    finite.
    """

    sql: SQL
    kind: str
    largest: float = 1.8e308
    smallest: float = 0.0
    checks: tuple[SQL, ...] = ()
    odd: tuple[SQL, ...] = ()


@dataclass(frozen=True)
class Columns:
    """The columns that a source's conditions may read, with their types."""

    types: Mapping[str, Type]
    dialect: Dialect
    zone: str

    def value(self, name: str, table: str | None = None) -> Typed:
        """The column as a value: numbers are finite doubles, instants are local moments."""
        column, kind = exp.column(name, table=table, quoted=True), self.types[name]
        if kind == "number":
            double = cast(column, "double")
            return Typed(
                self.dialect.finite(double),
                "number",
                odd=(exp.not_(self.dialect.is_finite(double.copy())),),
            )
        if kind == "integer":
            return Typed(cast(column, "double"), "number", 2.0**63, 1.0)
        if kind == "instant":
            return Typed(self.dialect.local(column, kind, self.zone), "moment")
        return Typed(column, kind)


def condition(node: ex.Expression, columns: Columns) -> SQL:
    """The expression as a condition. Only true counts, so the two sides of an `and` are checked
    separately.
    """
    if isinstance(node, ex.Both):
        sides = [exp.paren(condition(side, columns)) for side in (node.left, node.right)]
        return exp.paren(exp.And(this=sides[0], expression=sides[1]))
    typed = _write(node, columns)
    return _checked(_truth(typed), typed.checks, exp.null())


def compute_column(node: ex.Expression, columns: Columns) -> tuple[SQL, Type]:
    """The expression as a column, with its type; a number is NaN where a step isn't finite."""
    typed = _write(node, columns)
    kind: Type = typed.kind  # type: ignore[assignment]
    value = _checked(
        typed.sql, typed.checks, cast(text("NaN"), "double") if kind == "number" else exp.null()
    )
    return columns.dialect.truth(value) if kind == "bool" else value, kind


def _checked(value: SQL, checks: Sequence[SQL], otherwise: SQL) -> SQL:
    """The value, or `otherwise` where a step isn't finite."""
    if not checks:
        return value
    case = exp.case()
    for check in checks:  # in order: an earlier check protects what a later one computes
        case = case.when(check.copy(), otherwise.copy())
    return case.else_(value)


def _joined_checks(parts: Sequence[Typed]) -> tuple[SQL, ...]:
    return tuple(dict.fromkeys(check for part in parts for check in part.checks))


def _joined_odd(parts: Sequence[Typed]) -> tuple[SQL, ...]:
    return tuple(dict.fromkeys(odd for part in parts for odd in part.odd))


def _truth(typed: Typed) -> SQL:
    if typed.kind in ("text", "date", "moment"):
        raise DataError(f"a {typed.kind} can't be used as a condition", "compare it with something")
    return (
        typed.sql
        if typed.kind == "bool"
        else exp.NEQ(this=exp.paren(typed.sql), expression=number(0))
    )


def _number(typed: Typed) -> Typed:
    if typed.kind == "bool":
        return Typed(
            cast(cast(exp.paren(typed.sql), "int"), "double"), "number", 1.0, 1.0, typed.checks
        )
    if typed.kind == "null":
        return replace(typed, sql=cast(exp.null(), "double"), kind="number")
    if typed.kind != "number":
        raise DataError(
            f"a {typed.kind} can't be used as a number", "compare it, or choose another column"
        )
    return typed


def _text(typed: Typed) -> SQL:
    if typed.kind not in ("text", "null"):
        raise DataError(f"a {typed.kind} can't be compared with `like`", "use it on a text")
    return typed.sql


def _write(node: ex.Expression, columns: Columns) -> Typed:
    match node:
        case ex.Name(name):
            return columns.value(name)
        case ex.Constant(value):
            return _constant(value)
        case ex.Both() | ex.Either() | ex.Compare() | ex.Compute() | ex.Call():
            return _combined(node, [_write(part, columns) for part in ex.children(node)], columns)
        case ex.In(of, options):
            return _one_of(
                _write(of, columns), [_write(option, columns) for option in options], columns
            )
        case ex.Negative(of) | ex.Not(of) | ex.IsNull(of) | ex.Like(of):
            return _of_one(node, _write(of, columns), columns)


def _of_one(node: ex.Expression, of: Typed, columns: Columns) -> Typed:
    match node:
        case ex.Negative():
            value = _number(of)
            return replace(value, sql=exp.Neg(this=exp.paren(value.sql)))
        case ex.Not():
            return Typed(exp.Not(this=exp.paren(_truth(of))), "bool", checks=of.checks)
        case ex.Like(_, pattern):
            return Typed(columns.dialect.like(_text(of), pattern), "bool", checks=of.checks)
    return Typed(exp.Is(this=exp.paren(of.sql), expression=exp.null()), "bool", checks=of.checks)


def _combined(node: ex.Expression, parts: list[Typed], columns: Columns) -> Typed:
    match node:
        case ex.Compare(op):
            return _compare(op, parts, columns)
        case ex.Compute(op):
            return _compute(op, parts[0], parts[1], columns)
        case ex.Call(function):
            return _called(function, parts, columns)
    sides = {"this": exp.paren(_truth(parts[0])), "expression": exp.paren(_truth(parts[1]))}
    joined = exp.And(**sides) if isinstance(node, ex.Both) else exp.Or(**sides)
    return Typed(exp.paren(joined), "bool", checks=_joined_checks(parts))


def _constant(value: float | str | bool | dt.date | dt.datetime | None) -> Typed:
    match value:
        case None:
            return Typed(exp.null(), "null")
        case bool():
            return Typed(exp.true() if value else exp.false(), "bool")
        case dt.datetime():
            return Typed(cast(text(value.isoformat(" ")), "timestamp"), "moment")
        case dt.date():
            return Typed(cast(text(value.isoformat()), "date"), "date")
        case str():
            return Typed(text(value), "text")
        case _:
            size = abs(float(value))
            return Typed(cast(number(float(value)), "double"), "number", size, size or 1.0)


_OPERATORS: dict[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
    "/": exp.Div,
}


def _compare(op: str, parts: list[Typed], columns: Columns) -> Typed:
    a, b = _alike(parts, columns)
    return Typed(
        _OPERATORS[op](this=exp.paren(a.sql), expression=exp.paren(b.sql)),
        "bool",
        checks=_joined_checks(parts),
    )


def _one_of(of: Typed, options: list[Typed], columns: Columns) -> Typed:
    alike = _alike([of, *options], columns)
    value = exp.In(this=exp.paren(alike[0].sql), expressions=[option.sql for option in alike[1:]])
    return Typed(value, "bool", checks=_joined_checks(alike))


def _alike(sides: list[Typed], columns: Columns) -> list[Typed]:
    """The sides as one kind: text beside a date is read as a date, a truth value beside a number as
    1 or 0.
    """
    kinds = {side.kind for side in sides} - {"null"}
    if kinds & {"date", "moment"}:
        to = (
            "moment"
            if "moment" in kinds or any(_is_moment_text(side) for side in sides)
            else "date"
        )
        return [_as_time(side, to) for side in sides]
    if kinds == {"text"}:
        return [
            replace(side, sql=columns.dialect.by_code_point(side.sql), kind="text")
            for side in sides
        ]
    if len(kinds) > 1:
        return [_number(side) if side.kind != "null" else side for side in sides]
    return sides


def _is_moment_text(side: Typed) -> bool:
    return side.kind == "text" and isinstance(side.sql, exp.Literal) and len(side.sql.name) > 10


def _as_time(side: Typed, to: str) -> Typed:
    if side.kind in (to, "null"):
        return side
    if side.kind == "date" or (
        isinstance(side.sql, exp.Literal) and parse_local_time(side.sql.name) is not None
    ):
        return replace(side, sql=cast(side.sql, "timestamp" if to == "moment" else "date"), kind=to)
    raise DataError(
        f"a {side.kind} can't be compared with a date", "write the date as '2026-01-31'"
    )


def _compute(op: str, left: Typed, right: Typed, columns: Columns) -> Typed:
    times = {"date", "moment"}
    if op == "-" and left.kind in times and right.kind in times:
        return _difference(left, right, columns)
    if op in "+-" and left.kind in times:
        return _shifted(op, left, right, columns)
    if op == "+" and right.kind in times:
        return _shifted(op, right, left, columns)
    parts = [left, right]
    if "null" in (left.kind, right.kind):
        return Typed(
            cast(exp.null(), "double"),
            "number",
            checks=_joined_checks(parts),
            odd=_joined_odd(parts),
        )
    return _step(op, _number(left), _number(right), columns)


def _step(op: str, left: Typed, right: Typed, columns: Columns) -> Typed:
    a: SQL = exp.paren(left.sql)
    b: SQL = exp.paren(right.sql)
    if op == "/":
        b = exp.func("NULLIF", b, number(0))
    largest, smallest = _size(op, left, right)
    safe = largest <= ROOM and (op in "+-" or smallest >= 1 / ROOM)
    result = columns.dialect.step(_OPERATORS[op], a, b, safe=safe)
    checks = () if largest <= ROOM else (exp.not_(columns.dialect.is_finite(result.copy())),)
    return Typed(
        result,
        "number",
        largest,
        smallest,
        (*_joined_checks([left, right]), *checks),
        _joined_odd([left, right]),
    )


def _size(op: str, left: Typed, right: Typed) -> tuple[float, float]:
    """How large the result may be, and how small if it isn't 0."""
    if op == "*":
        return left.largest * right.largest, left.smallest * right.smallest
    if op == "/":
        return left.largest / right.smallest if right.smallest else float("inf"), left.smallest / (
            right.largest or 1.0
        )
    return left.largest + right.largest, 0.0


def _difference(left: Typed, right: Typed, columns: Columns) -> Typed:
    parts = [left, right]
    if left.kind == right.kind == "date":
        days = cast(columns.dialect.days_between(left.sql, right.sql), "double")
        return Typed(days, "number", 1e8, 1.0, _joined_checks(parts), _joined_odd(parts))
    micros = [columns.dialect.micros(_as_time(side, "moment").sql) for side in (left, right)]
    gap = cast(exp.paren(exp.Sub(this=micros[0], expression=micros[1])), "double")
    days_between = exp.paren(exp.Div(this=gap, expression=cast(number(DAY_MICROS), "double")))
    return Typed(days_between, "number", 1e8, 1e-12, _joined_checks(parts), _joined_odd(parts))


def _shifted(op: str, time: Typed, days: Typed, columns: Columns) -> Typed:
    """A date moved by days; not finite outside the years 1 to 9999."""
    if days.kind == "null":
        return Typed(cast(exp.null(), "timestamp"), "moment", checks=time.checks)
    by, limit = _number(days), cast(number(FURTHEST), "double")
    near, checks = by.sql, _joined_checks([time, by])
    if by.largest > FURTHEST:  # a bigint can't hold all microseconds
        near = exp.case().when(
            exp.LTE(this=call("abs", by.sql.copy()), expression=limit), by.sql.copy()
        )
        present = exp.not_(exp.Is(this=exp.paren(time.sql.copy()), expression=exp.null()))
        checks += (
            exp.and_(present, exp.GT(this=call("abs", by.sql.copy()), expression=limit.copy())),
        )
    step = columns.dialect.rounded(
        exp.Mul(this=exp.paren(near), expression=cast(number(DAY_MICROS), "double"))
    )
    micros = columns.dialect.micros(_as_time(time, "moment").sql)
    moved = exp.paren(_OPERATORS[op](this=micros, expression=step))
    checks += (
        exp.or_(
            exp.LT(this=moved.copy(), expression=exp.Literal.number(FIRST_MICROS)),
            exp.GTE(this=moved.copy(), expression=exp.Literal.number(STOP_MICROS)),
        ),
    )
    return Typed(
        columns.dialect.moment(moved),
        "moment",
        checks=checks,
        odd=_joined_odd([time, by]),
    )


def _called(function: str, arguments: list[Typed], columns: Columns) -> Typed:
    if function == "abs":
        value = _number(arguments[0])
        return replace(value, sql=call("abs", value.sql))
    alike = _alike(arguments, columns)
    kind = next((side.kind for side in alike if side.kind != "null"), "null")
    largest = max(side.largest for side in alike)
    smallest = min((side.smallest for side in alike if side.kind != "null"), default=0.0)
    checks, odd = _joined_checks(alike), _joined_odd(alike)
    if function in ("greatest", "least"):
        result = columns.dialect.extreme(function, [side.sql for side in alike])
        return Typed(result, kind, largest, smallest, tuple(dict.fromkeys((*checks, *odd))))
    result = call(function, *(side.sql for side in alike))
    empty = exp.Is(this=exp.paren(result.copy()), expression=exp.null())
    return Typed(
        result, kind, largest, smallest, checks, tuple(exp.and_(empty.copy(), each) for each in odd)
    )
