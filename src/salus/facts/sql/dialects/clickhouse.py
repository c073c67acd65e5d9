"""ClickHouse, in a session with SETTINGS. Executed in tests by its embedded engine.

A `DateTime64(6)` without a zone holds a local moment, one with a zone an instant. A sum or a cast
that doesn't fit wraps around unless it is told to fail, and a type that isn't `Nullable` has 0 or
1970 where others have null.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text

#: What a session needs so that SQL means here what it means elsewhere.
SETTINGS = {
    "session_timezone": "UTC",  # local moments are kept as if they were UTC
    "join_use_nulls": 1,  # an outer join fills with null, not with 0 or 1970
    "aggregate_functions_null_for_empty": 1,  # so does an aggregate over nothing
    # a name in an expression is the column, not what SELECT calls so
    "prefer_column_name_to_alias": 1,
    "least_greatest_legacy_null_behavior": 0,  # `greatest` passes over nulls
    # CASE casts only the values that its condition lets through
    "short_circuit_function_evaluation": "enable",
}
ASIDE = call("toIntervalHour", exp.Literal.number(25))  # more than clocks were ever put back by


class ClickHouseDialect(DuckDBDialect):
    """ClickHouse 26."""

    name = "clickhouse"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        return (
            cast(self._moved(exp.Add, column, column, zone), "timestamp")
            if kind == "instant"
            else column
        )

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        """By the zone's offset a day later if that is right for it, else by that of a day before.

        So a local time that clocks show twice, or never, is the later one.
        """
        if kind == "instant":
            return column
        moment = cast(column, "timestamp")
        before, after = (
            exp.paren(side(this=moment.copy(), expression=ASIDE.copy()))
            for side in (exp.Sub, exp.Add)
        )
        early, late = (
            cast(self._moved(exp.Sub, moment, at, zone), "timestamptz") for at in (before, after)
        )
        right = exp.EQ(this=self.local(late, "instant", zone), expression=moment.copy())
        return exp.case().when(right, late.copy()).else_(early)

    def _moved(self, way: type[exp.Binary], time: SQL, at: SQL, zone: str) -> SQL:
        """The time and (or less) the offset that the zone has at another."""
        offset = call("timeZoneOffset", call("toTimeZone", at.copy(), text(zone)))
        return exp.paren(way(this=time.copy(), expression=call("toIntervalSecond", offset)))

    def micros(self, moment: SQL) -> SQL:
        return call(
            "toUnixTimestamp64Micro", cast(moment, "timestamp")
        )  # a plain `DateTime` counts seconds

    def moment(self, micros: SQL) -> SQL:
        return cast(call("fromUnixTimestamp64Micro", micros), "timestamp")

    def is_finite(self, value: SQL) -> SQL:
        return call("isFinite", value)

    def rounded(self, value: SQL) -> SQL:
        # round(double) goes half to even here; trunc and the fraction are exact in doubles.
        whole = call("trunc", value)
        rest = exp.paren(exp.Sub(this=value.copy(), expression=whole))
        nearest = exp.Add(
            this=whole.copy(), expression=call("trunc", exp.Mul(this=number(2.0), expression=rest))
        )
        there = exp.not_(exp.Is(this=exp.paren(value.copy()), expression=exp.null()))
        return exp.case().when(there, cast(nearest, "bigint"))

    def bits(self, value: SQL) -> SQL:
        return call("groupBitOr", value)

    def like(self, value: SQL, pattern: str) -> SQL:
        return super().like(value, pattern.replace("\\", "\\\\"))

    def truth(self, value: SQL) -> SQL:
        return cast(value, "boolean")  # a comparison is a number here

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        row = call(
            "cityHash64", call("toString", call("tuple", *columns))
        )  # a hash of a null is null
        return cast(exp.Mod(this=row, expression=exp.Literal.number(CHECKSUMS)), "bigint")

    def written(self, select: exp.Select, *, pretty: bool = False) -> str:
        own = select.copy()
        for node in reversed(
            list(own.walk())
        ):  # from the leaves on: what is put around a node holds it as it is here
            node.replace(_as_here(node))
        return super().written(own, pretty=pretty)


_TYPES = {
    exp.DType.DATE: "Date32",
    exp.DType.TIMESTAMPNTZ: "DateTime64(6)",
    exp.DType.TIMESTAMPTZ: "DateTime64(6, 'UTC')",
}


def _as_here(node: SQL) -> SQL:
    """What every engine but this one writes alike."""
    match node:
        case exp.DataType() if node.this in _TYPES:
            return exp.DataType.build(f"Nullable({_TYPES[node.this]})", dialect="clickhouse")
        case exp.Cast() if node.to.is_type("bigint"):
            return call(
                "accurateCast", node.this, text("Nullable(Int64)")
            )  # fails where it doesn't fit
        case exp.Sum():
            return exp.Sum(this=cast(node.this, "int128"))  # else it wraps around
        case exp.Lag():
            return exp.Lag(
                this=call("toNullable", node.this)
            )  # else there is 1970 before the first
        case exp.In():  # else a null among the options is none
            return exp.paren(
                exp.or_(
                    *(exp.EQ(this=node.this.copy(), expression=one) for one in node.expressions)
                )
            )
        case exp.BitwiseLeftShift():
            return call("bitShiftLeft", cast(node.this, "bigint"), node.expression)
    return node
