"""What differs between engines, one explicit rule each.

Everything else is plain ``SELECT … WHERE … GROUP BY`` that sqlglot writes alike for all. Rules follow what was seen to
run: rounding half away from zero, days of instants, microseconds, finite numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlglot import exp

from salus.errors import SalusError

Type = Literal["text", "integer", "number", "bool", "date", "moment", "instant"]
SQL = exp.Expr


def call(name: str, *arguments: SQL) -> SQL:
    """A function written as named, in every dialect."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def number(value: float) -> SQL:
    return exp.Literal.number(repr(value))


def text(value: str) -> SQL:
    return exp.Literal.string(value)


def cast(value: SQL, to: str) -> SQL:
    return exp.cast(value, to)


def day_literal(iso: str) -> SQL:
    return cast(text(iso), "date")


class DuckDB:
    """DuckDB 2."""

    name = "duckdb"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        """A time as local wall time: an instant is moved into the zone, anything else already is local."""
        return call("timezone", text(zone), column) if kind == "instant" else column

    def day(self, column: SQL, kind: Type, zone: str) -> SQL:
        """The local day of a time."""
        return column if kind == "date" else cast(self.local(column, kind, zone), "date")

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        """A time as an instant, so that times of different columns can be put in order."""
        return column if kind == "instant" else call("timezone", text(zone), cast(column, "timestamp"))

    def comparable(self, times: Sequence[tuple[SQL, Type]], zone: str) -> list[SQL]:
        """Times in one form that can be put in order: as written, unless only some of them have an offset."""
        kinds = {kind for _, kind in times}
        if len(kinds) == 1:
            return [time for time, _ in times]
        if "instant" in kinds:
            return [self.instant(time, kind, zone) for time, kind in times]
        return [cast(time, "timestamp") for time, _ in times]

    def micros(self, moment: SQL) -> SQL:
        """Microseconds since 1970 of a moment or instant, as a whole number."""
        return call("epoch_us", moment)

    def moment(self, micros: SQL) -> SQL:
        """The moment of microseconds since 1970."""
        return call("make_timestamp", micros)

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        """Whole days between two dates."""
        return call("date_diff", text("day"), earlier, later)

    def finite(self, value: SQL) -> SQL:
        """The double, or null where it is NaN or infinite."""
        return exp.case().when(call("isfinite", value), value)

    def rounded(self, value: SQL) -> SQL:
        """The nearest whole number as bigint, halves away from zero; an error beyond 64 bits."""
        return cast(call("round", value), "bigint")

    def by_code_point(self, value: SQL) -> SQL:
        """Text ordered by code point."""
        return value

    def key(self, column: SQL, kind: Type) -> SQL:
        """A key as text: a whole number without decimals, whatever its type; NaN and infinity are no keys."""
        if kind != "number":
            return column if kind == "text" else cast(column, "text")
        double = self.finite(cast(column, "double"))
        small = exp.LT(this=call("abs", double.copy()), expression=number(1e15))
        whole = exp.and_(exp.EQ(this=double.copy(), expression=call("trunc", double.copy())), small)
        there = exp.not_(exp.Is(this=exp.paren(double.copy()), expression=exp.null()))
        return exp.case().when(whole, cast(cast(double, "bigint"), "text")).when(there, cast(column.copy(), "text"))


class Postgres(DuckDB):
    """PostgreSQL."""

    name = "postgres"

    def micros(self, moment: SQL) -> SQL:
        epoch = exp.Extract(this=exp.Var(this="EPOCH"), expression=moment)
        return cast(exp.Mul(this=exp.paren(epoch), expression=number(1000000)), "bigint")

    def moment(self, micros: SQL) -> SQL:
        start = cast(text("1970-01-01"), "timestamp")
        step = exp.Mul(this=exp.Interval(this=text("1 microsecond")), expression=exp.paren(micros))
        return exp.Add(this=start, expression=step)

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        return exp.paren(exp.Sub(this=later, expression=earlier))

    def finite(self, value: SQL) -> SQL:
        odd = [cast(text(word), "double") for word in ("NaN", "Infinity", "-Infinity")]
        return exp.case().when(exp.not_(exp.In(this=value, expressions=odd)), value)

    def rounded(self, value: SQL) -> SQL:
        # round(double) goes half to even here; trunc and the fraction are exact in doubles.
        whole = call("trunc", value)
        far = exp.GTE(this=call("abs", exp.Sub(this=value, expression=whole)), expression=number(0.5))
        stepped = exp.Add(this=whole, expression=call("sign", value))
        return cast(exp.case().when(far, stepped).else_(whole), "bigint")

    def by_code_point(self, value: SQL) -> SQL:
        return exp.Collate(this=value, expression=exp.to_identifier("C", quoted=True))


Dialect = DuckDB | Postgres


def dialect(name: str) -> Dialect:
    """The rules of an engine by its sqlglot name."""
    known: dict[str, Dialect] = {"duckdb": DuckDB(), "postgres": Postgres()}
    if name not in known:
        raise SalusError(f"no SQL is written for {name}", "use " + " or ".join(known))
    return known[name]
