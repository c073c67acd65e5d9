"""Pieces of SQL that every engine writes the same way."""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]
SQL = exp.Expr
CHECKSUMS = 2**31 - 1                        # of a row: small enough that billions of them can be added up


def call(name: str, *arguments: SQL) -> SQL:
    """A function written as named, in every dialect."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def number(value: float) -> SQL:
    return exp.Literal.number(repr(value))


def text(value: str) -> SQL:
    return exp.Literal.string(value)


def cast(value: SQL, to: str) -> SQL:
    """The value as another type; a `timestamp` has no zone, also where engines call one with a zone so."""
    return exp.cast(value, "timestamp_ntz" if to == "timestamp" else to)


def day_literal(iso: str) -> SQL:
    return cast(text(iso), "date")
