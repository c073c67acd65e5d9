"""Conditions and row arithmetic as SQL, typed by the columns they read.

The same three-valued rules as ``model/evaluation.py``: x/0 and anything with null is null, a comparison used as a
number is 1 or 0, a difference of dates is days. All arithmetic is in double precision on every engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.errors import DataError
from salus.facts.dialect import SQL, Dialect, Type, call, cast, number, text
from salus.model import expression as ex
from salus.model.moment import moment

DAY_MICROS = 86_400_000_000


@dataclass(frozen=True)
class Typed:
    """A piece of SQL and what it yields: number, text, bool, date or moment."""

    sql: SQL
    kind: str


@dataclass(frozen=True)
class Columns:
    """The columns a source's conditions may read, with their types."""

    types: Mapping[str, Type]
    dialect: Dialect
    zone: str

    def value(self, name: str, table: str | None = None) -> Typed:
        """The column as a value: numbers finite doubles, instants local moments."""
        column, kind = exp.column(name, table=table, quoted=True), self.types[name]
        if kind == "number":
            return Typed(self.dialect.finite(cast(column, "double")), "number")
        if kind == "integer":
            return Typed(cast(column, "double"), "number")
        if kind == "instant":
            return Typed(self.dialect.local(column, kind, self.zone), "moment")
        return Typed(column, kind)


def condition(node: ex.Expression, columns: Columns) -> SQL:
    """The expression as a truth value."""
    return _truth(_write(node, columns))


def computed(node: ex.Expression, columns: Columns) -> tuple[SQL, Type]:
    """The expression as a column, with the type it has."""
    typed = _write(node, columns)
    kind: Type = typed.kind                                # type: ignore[assignment]
    return columns.dialect.truth(typed.sql) if kind == "bool" else typed.sql, kind


def _truth(typed: Typed) -> SQL:
    if typed.kind in ("text", "date", "moment"):
        raise DataError(f"a {typed.kind} can't be used as a condition", "compare it with something")
    return typed.sql if typed.kind == "bool" else exp.NEQ(this=exp.paren(typed.sql), expression=number(0))


def _number(typed: Typed) -> SQL:
    if typed.kind == "bool":
        return cast(cast(exp.paren(typed.sql), "int"), "double")
    if typed.kind != "number":
        raise DataError(f"a {typed.kind} can't be used as a number", "compare it, or choose another column")
    return typed.sql


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
        case ex.Negative(of):
            return Typed(exp.Neg(this=exp.paren(_number(_write(of, columns)))), "number")
        case ex.Not(of):
            return Typed(exp.Not(this=exp.paren(condition(of, columns))), "bool")
        case ex.Both(left, right):
            return _joined(exp.And, left, right, columns)
        case ex.Either(left, right):
            return _joined(exp.Or, left, right, columns)
        case ex.Compare(op, left, right):
            return _compare(op, _write(left, columns), _write(right, columns), columns)
        case ex.Compute(op, left, right):
            return _compute(op, _write(left, columns), _write(right, columns), columns)
        case ex.In(of, options):
            return _one_of(_write(of, columns), [_write(option, columns) for option in options], columns)
        case ex.IsNull(of):
            return Typed(exp.Is(this=exp.paren(_write(of, columns).sql), expression=exp.null()), "bool")
        case ex.Like(of, pattern):
            return Typed(columns.dialect.like(_text(_write(of, columns)), pattern), "bool")
        case ex.Call(function, arguments):
            return _called(function, [_write(argument, columns) for argument in arguments], columns)


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
            return Typed(cast(number(float(value)), "double"), "number")


def _joined(node: Callable[..., SQL], left: ex.Expression, right: ex.Expression, columns: Columns) -> Typed:
    sides = {"this": exp.paren(condition(left, columns)), "expression": exp.paren(condition(right, columns))}
    return Typed(exp.paren(node(**sides)), "bool")


_OPERATORS: dict[str, Callable[..., SQL]] = {"=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT,
                                             ">=": exp.GTE, "+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def _compare(op: str, left: Typed, right: Typed, columns: Columns) -> Typed:
    a, b = _alike([left, right], columns)
    return Typed(_OPERATORS[op](this=exp.paren(a.sql), expression=exp.paren(b.sql)), "bool")


def _one_of(of: Typed, options: list[Typed], columns: Columns) -> Typed:
    alike = _alike([of, *options], columns)
    return Typed(exp.In(this=exp.paren(alike[0].sql), expressions=[option.sql for option in alike[1:]]), "bool")


def _alike(sides: list[Typed], columns: Columns) -> list[Typed]:
    """The sides as one kind: text beside a date is read as a date, a truth value beside a number as 1 or 0."""
    kinds = {side.kind for side in sides} - {"null"}
    if kinds & {"date", "moment"}:
        to = "moment" if "moment" in kinds or any(_is_moment_text(side) for side in sides) else "date"
        return [_as_time(side, to) for side in sides]
    if kinds == {"text"}:
        return [Typed(columns.dialect.by_code_point(side.sql), "text") for side in sides]
    if len(kinds) > 1:
        return [Typed(_number(side), "number") if side.kind != "null" else side for side in sides]
    return sides


def _is_moment_text(side: Typed) -> bool:
    return side.kind == "text" and isinstance(side.sql, exp.Literal) and len(side.sql.name) > 10


def _as_time(side: Typed, to: str) -> Typed:
    if side.kind in (to, "null"):
        return side
    if side.kind == "date" or (isinstance(side.sql, exp.Literal) and moment(side.sql.name) is not None):
        return Typed(cast(side.sql, "timestamp" if to == "moment" else "date"), to)
    raise DataError(f"a {side.kind} can't be compared with a date", "write the date as '2026-01-31'")


def _compute(op: str, left: Typed, right: Typed, columns: Columns) -> Typed:
    times = {"date", "moment"}
    if op == "-" and left.kind in times and right.kind in times:
        return _difference(left, right, columns)
    if op in "+-" and left.kind in times:
        return _shifted(op, left, right, columns)
    if op == "+" and right.kind in times:
        return _shifted(op, right, left, columns)
    if "null" in (left.kind, right.kind):
        return Typed(cast(exp.null(), "double"), "number")
    a, b = exp.paren(_number(left)), exp.paren(_number(right))
    if op == "/":
        return Typed(exp.paren(exp.Div(this=a, expression=exp.func("NULLIF", b, number(0)), typed=False)), "number")
    return Typed(exp.paren(_OPERATORS[op](this=a, expression=b)), "number")


def _difference(left: Typed, right: Typed, columns: Columns) -> Typed:
    if left.kind == right.kind == "date":
        return Typed(cast(columns.dialect.days_between(left.sql, right.sql), "double"), "number")
    micros = [columns.dialect.micros(_as_time(side, "moment").sql) for side in (left, right)]
    gap = cast(exp.paren(exp.Sub(this=micros[0], expression=micros[1])), "double")
    return Typed(exp.paren(exp.Div(this=gap, expression=cast(number(DAY_MICROS), "double"))), "number")


def _shifted(op: str, moment: Typed, days: Typed, columns: Columns) -> Typed:
    step = columns.dialect.rounded(exp.Mul(this=exp.paren(_number(days)), expression=cast(number(DAY_MICROS), "double")))
    micros = columns.dialect.micros(_as_time(moment, "moment").sql)
    return Typed(columns.dialect.moment(exp.paren(_OPERATORS[op](this=micros, expression=step))), "moment")


def _called(function: str, arguments: list[Typed], columns: Columns) -> Typed:
    if function == "abs":
        return Typed(call("abs", _number(arguments[0])), "number")
    alike = _alike(arguments, columns)
    kind = next((side.kind for side in alike if side.kind != "null"), "null")
    if function in ("greatest", "least"):
        return Typed(columns.dialect.extreme(function, [side.sql for side in alike]), kind)
    return Typed(call(function, *(side.sql for side in alike)), kind)
