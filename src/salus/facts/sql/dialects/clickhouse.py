"""ClickHouse, in a session with SETTINGS. Tests execute it with the embedded engine.

A `DateTime64(6)` without a zone holds a local moment, one with a zone an instant. A sum or a cast
that doesn't fit wraps around unless the query makes it fail. A type that isn't `Nullable` has 0 or
1970 where other engines have null.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text

#: What a session needs so that SQL has the same meaning as in the other engines.
SETTINGS = {
    "session_timezone": "UTC",  # local moments are stored as if they were UTC
    "join_use_nulls": 1,  # an outer join fills with null, not with 0 or 1970
    "aggregate_functions_null_for_empty": 1,  # an aggregate over nothing is null too
    # a name in an expression is the column, not an alias of SELECT
    "prefer_column_name_to_alias": 1,
    "least_greatest_legacy_null_behavior": 0,  # `greatest` ignores nulls
    # CASE casts only the values that meet its condition
    "short_circuit_function_evaluation": "enable",
}
ASIDE = call("toIntervalHour", exp.Literal.number(25))  # more than clocks were ever put back


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
        """By the zone's offset a day later if the local time can be read with it, else by the
        offset of the day before.

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
        """The time plus (or minus) the offset that the zone has at another time."""
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
        # round(double) rounds half to even here; trunc and the fraction are exact in doubles.
        whole = call("trunc", value)
        rest = exp.paren(exp.Sub(this=value.copy(), expression=whole))
        nearest = exp.Add(
            this=whole.copy(), expression=call("trunc", exp.Mul(this=number(2.0), expression=rest))
        )
        present = exp.not_(exp.Is(this=exp.paren(value.copy()), expression=exp.null()))
        return exp.case().when(present, cast(nearest, "bigint"))

    def bits(self, value: SQL) -> SQL:
        return call("groupBitOr", value)

    def like(self, value: SQL, pattern: str) -> SQL:
        return super().like(value, pattern.replace("\\", "\\\\"))

    def truth(self, value: SQL) -> SQL:
        return cast(value, "boolean")  # a comparison is a number in ClickHouse

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        row = call(
            "cityHash64", call("toString", call("tuple", *columns))
        )  # as text, since the hash of a null is null
        return cast(exp.Mod(this=row, expression=exp.Literal.number(CHECKSUMS)), "bigint")

    def written(self, select: exp.Select, *, pretty: bool = False) -> str:
        result = select.copy()
        for node in reversed(
            list(result.walk())
        ):  # leaves first, so that an outer node contains the inner ones already converted
            node.replace(_to_clickhouse(node))
        return super().written(result, pretty=pretty)


_TYPES = {
    exp.DType.DATE: "Date32",
    exp.DType.TIMESTAMPNTZ: "DateTime64(6)",
    exp.DType.TIMESTAMPTZ: "DateTime64(6, 'UTC')",
}


def _to_clickhouse(node: SQL) -> SQL:
    """The node as ClickHouse writes it, where all other engines write it alike."""
    match node:
        case exp.DataType() if node.this in _TYPES:
            return exp.DataType.build(f"Nullable({_TYPES[node.this]})", dialect="clickhouse")
        case exp.Cast() if node.to.is_type("bigint"):
            return call(
                "accurateCast", node.this, text("Nullable(Int64)")
            )  # fails if it doesn't fit
        case exp.Sum():
            return exp.Sum(this=cast(node.this, "int128"))  # else it would wrap around
        case exp.Lag():
            return exp.Lag(
                this=call("toNullable", node.this)
            )  # else the value before the first would be 1970
        case exp.In():  # else a null among the options would be ignored
            return exp.paren(
                exp.or_(
                    *(
                        exp.EQ(this=node.this.copy(), expression=option)
                        for option in node.expressions
                    )
                )
            )
        case exp.BitwiseLeftShift():
            return call("bitShiftLeft", cast(node.this, "bigint"), node.expression)
    return node
