"""PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.dialects.duckdb import DuckDBDialect
from salus.facts.sql.dialects.postgres_steps import checked_step
from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text


class PostgresDialect(DuckDBDialect):
    """PostgreSQL."""

    name = "postgres"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        return call("timezone", text(zone), column) if kind == "instant" else column

    def micros(self, moment: SQL) -> SQL:
        epoch = exp.Extract(this=exp.Var(this="EPOCH"), expression=moment)
        return cast(exp.Mul(this=exp.paren(epoch), expression=number(1000000)), "bigint")

    def moment(self, micros: SQL) -> SQL:
        start = cast(text("1970-01-01"), "timestamp")
        step = exp.Mul(this=exp.Interval(this=text("1 microsecond")), expression=exp.paren(micros))
        return exp.Add(this=start, expression=step)

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        return exp.paren(exp.Sub(this=later, expression=earlier))

    def is_finite(self, value: SQL) -> SQL:
        odd = [cast(text(word), "double") for word in ("NaN", "Infinity", "-Infinity")]
        return exp.not_(exp.In(this=value, expressions=odd))

    def step(self, node: type[exp.Binary], left: SQL, right: SQL, *, safe: bool) -> SQL:
        return (
            super().step(node, left, right, safe=True) if safe else checked_step(node, left, right)
        )

    def rounded(self, value: SQL) -> SQL:
        # round(double) rounds half to even here; trunc and the fraction are exact in doubles.
        whole = call("trunc", value)
        far = exp.GTE(
            this=call("abs", exp.Sub(this=value, expression=whole)), expression=number(0.5)
        )
        stepped = exp.Add(this=whole, expression=call("sign", value))
        return cast(exp.case().when(far, stepped).else_(whole), "bigint")

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        whole = call("hashtextextended", cast(call("row", *columns), "text"), exp.Literal.number(0))
        return exp.Mod(this=whole, expression=exp.Literal.number(CHECKSUMS))

    def like(self, value: SQL, pattern: str) -> SQL:
        return super().like(value, pattern.replace("\\", "\\\\"))

    def group(self, value: SQL, pattern: str) -> SQL:
        return call("substring", value, text(pattern))

    def is_ascii(self, value: SQL) -> SQL:
        encoded = call("convert_to", value, text("UTF8"))
        return exp.EQ(
            this=call("octet_length", encoded), expression=call("char_length", value.copy())
        )

    def by_code_point(self, value: SQL) -> SQL:
        return exp.Collate(this=value, expression=exp.to_identifier("C", quoted=True))
