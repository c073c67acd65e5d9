"""BigQuery. A local time is a DATETIME, an instant a TIMESTAMP. Generated, not executed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, text


class BigQueryDialect(DuckDBDialect):
    """BigQuery."""

    name = "bigquery"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        return call("datetime", column, text(zone)) if kind == "instant" else column

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        return (
            column
            if kind == "instant"
            else call("timestamp", cast(column, "timestamp"), text(zone))
        )

    def micros(self, moment: SQL) -> SQL:
        return call("unix_micros", cast(moment, "timestamptz"))

    def moment(self, micros: SQL) -> SQL:
        return cast(call("timestamp_micros", micros), "timestamp")

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        return call("date_diff", later, earlier, exp.var("DAY"))

    def is_finite(self, value: SQL) -> SQL:
        return exp.not_(exp.paren(exp.or_(call("is_nan", value), call("is_inf", value.copy()))))

    def like(self, value: SQL, pattern: str) -> SQL:
        return super().like(value, pattern.replace("\\", "\\\\"))

    def extreme(self, which: str, values: Sequence[SQL]) -> SQL:
        """By an aggregate over the values, because `greatest` is null in BigQuery if any value is."""
        aggregate = exp.Max if which == "greatest" else exp.Min
        named = exp.TableAlias(columns=[exp.to_identifier("v")])
        rows = exp.Unnest(expressions=[exp.Array(expressions=list(values))], alias=named)
        return exp.select(aggregate(this=exp.column("v"))).from_(rows).subquery()

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        row = call("to_json_string", call("struct", *columns))
        return exp.Mod(this=call("farm_fingerprint", row), expression=exp.Literal.number(CHECKSUMS))
