"""Snowflake. Generated, not executed; its session needs `TIMEZONE = 'UTC'`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text


class SnowflakeDialect(DuckDBDialect):
    """Snowflake."""

    name = "snowflake"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        return (
            cast(call("convert_timezone", text(zone), column), "timestamp")
            if kind == "instant"
            else column
        )

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        if kind == "instant":
            return column
        return cast(
            call("convert_timezone", text(zone), text("UTC"), cast(column, "timestamp")),
            "timestamptz",
        )

    def micros(self, moment: SQL) -> SQL:
        return call("date_part", exp.var("epoch_microsecond"), moment)

    def moment(self, micros: SQL) -> SQL:
        return call("to_timestamp_ntz", micros, number(6))

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        return call("datediff", exp.var("day"), earlier, later)

    def is_finite(self, value: SQL) -> SQL:
        odd = [cast(text(word), "double") for word in ("NaN", "inf", "-inf")]
        return exp.not_(exp.In(this=value, expressions=odd))

    def bits(self, value: SQL) -> SQL:
        return call("bitor_agg", value)

    def extreme(self, which: str, values: Sequence[SQL]) -> SQL:
        return call(f"{which}_ignore_nulls", *values)

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        return cast(call("mod", call("hash", *columns), exp.Literal.number(CHECKSUMS)), "bigint")

    def numbered(self) -> SQL:
        return exp.Window(
            this=exp.RowNumber(),
            order=exp.Order(expressions=[exp.Ordered(this=number(1), nulls_first=False)]),
        )
