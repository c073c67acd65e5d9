"""Small parts of SQL that every engine writes the same way."""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]
SQL = exp.Expr
CHECKSUMS = 2**31 - 1  # limit for a row: billions of them can be summed


def call(name: str, *arguments: SQL) -> SQL:
    """A function written as named, in every dialect."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def number(value: float) -> SQL:
    return exp.Literal.number(repr(value))


def text(value: str) -> SQL:
    return exp.Literal.string(value)


def cast(value: SQL, to: str) -> SQL:
    """The value as another type. A `timestamp` has no zone, even where an engine uses that name for
    one with a zone.
    """
    return exp.cast(value, "timestamp_ntz" if to == "timestamp" else to)


def day_literal(iso: str) -> SQL:
    return cast(text(iso), "date")


def open_end(end: SQL) -> SQL:
    """The end of something, null where it means that there is no end: 9999-12-31 and later,
    1900-01-01 and earlier.

    Systems that can't leave the day empty write such days (1753-01-01 is the first day of SQL
    Server, 0001-01-01 that of .NET).
    """
    day = cast(end, "date")
    known = exp.and_(
        exp.GT(this=day, expression=day_literal("1900-01-01")),
        exp.LT(this=day.copy(), expression=day_literal("9000-01-01")),
    )
    return exp.case().when(known, end.copy())
