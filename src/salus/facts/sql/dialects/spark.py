"""Spark SQL in ANSI mode, in a session whose time zone is UTC.

A `timestamp` of Spark is an instant, a `timestamp_ntz` a local moment. NaN equals itself and is
larger than every other number.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text

ASIDE = exp.Interval(this=text("25"), unit=exp.var("HOUR"))  # more than clocks were ever put back


class SparkDialect(DuckDBDialect):
    """Spark 4."""

    name = "spark"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        return (
            cast(call("from_utc_timestamp", column, text(zone)), "timestamp")
            if kind == "instant"
            else column
        )

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        """A local time that clocks show twice is the later one, where Spark takes the earlier.

        The offset of the day after is tried: if the local time can be read with it, the later of
        both readings counts.
        """
        if kind == "instant":
            return column
        moment = cast(column, "timestamp")
        early = self._in_utc(moment, zone)
        late = exp.paren(
            exp.Sub(
                this=self._in_utc(
                    exp.paren(exp.Add(this=moment.copy(), expression=ASIDE.copy())), zone
                ),
                expression=ASIDE.copy(),
            )
        )
        right = exp.EQ(this=self.local(late.copy(), "instant", zone), expression=moment.copy())
        return exp.case().when(right, call("greatest", early, late)).else_(early.copy())

    def _in_utc(self, moment: SQL, zone: str) -> SQL:
        return call("to_utc_timestamp", moment, text(zone))

    def micros(self, moment: SQL) -> SQL:
        return call("unix_micros", cast(moment, "timestamptz"))

    def moment(self, micros: SQL) -> SQL:
        return cast(call("timestamp_micros", micros), "timestamp")

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        return call("datediff", later, earlier)

    def is_finite(self, value: SQL) -> SQL:
        return exp.LT(this=call("abs", value), expression=cast(text("Infinity"), "double"))

    def rounded(self, value: SQL) -> SQL:
        # round(double) goes through a decimal text. The cast cuts off the fraction, and the rest is
        # exact.
        whole = cast(value, "bigint")
        rest = exp.paren(exp.Sub(this=value.copy(), expression=cast(whole.copy(), "double")))
        far = exp.GTE(this=call("abs", rest), expression=cast(number(0.5), "double"))
        step = cast(call("sign", value.copy()), "bigint")
        return exp.case().when(far, exp.Add(this=whole, expression=step)).else_(whole.copy())

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        return exp.Mod(this=call("xxhash64", *columns), expression=exp.Literal.number(CHECKSUMS))

    def numbered(self) -> SQL:
        return call("monotonically_increasing_id")  # row_number() would move all rows to one worker

    def like(self, value: SQL, pattern: str) -> SQL:
        return super().like(value, pattern.replace("\\", "\\\\"))

    def fits(self, value: SQL, pattern: str) -> SQL:
        return call("regexp_like", value, text(pattern))

    def is_ascii(self, value: SQL) -> SQL:
        return exp.EQ(
            this=call("octet_length", value), expression=call("char_length", value.copy())
        )

    def without(self, value: SQL, pattern: str) -> SQL:
        return call("regexp_replace", value, text(pattern), text(""))

    def rows_of(self, value: SQL, separator: str) -> SQL:
        return call("explode", call("split", value, text(f"[{separator}]")))

    def truncated(self, value: SQL) -> SQL:
        return call("rint", value)  # enough, as it is only compared with the value itself
