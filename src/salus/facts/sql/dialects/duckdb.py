"""DuckDB: the rules that the other engines differ from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from salus.facts.sql.sql_helpers import CHECKSUMS, SQL, Type, call, cast, number, text
from salus.sources.key import DECIMAL


class DuckDBDialect:
    """DuckDB 2."""

    name = "duckdb"

    def local(self, column: SQL, kind: Type, zone: str) -> SQL:
        """A time as local wall time: an instant is moved into the zone, any other time is local
        already.
        """
        if kind != "instant":
            return column
        moved = call("timezone", text(zone), column)
        if zone != "UTC":
            return moved
        # the same microseconds; `timezone` asks a calendar for each row, which takes four times as long
        same = self.moment(self.micros(column.copy()))
        return exp.case().when(call("isfinite", column.copy()), same).else_(moved)

    def day(self, column: SQL, kind: Type, zone: str) -> SQL:
        """The local day of a time."""
        return column if kind == "date" else cast(self.local(column, kind, zone), "date")

    def instant(self, column: SQL, kind: Type, zone: str) -> SQL:
        """A time as an instant, so that times of different columns can be ordered."""
        return (
            column if kind == "instant" else call("timezone", text(zone), cast(column, "timestamp"))
        )

    def comparable(self, times: Sequence[tuple[SQL, Type]], zone: str) -> list[SQL]:
        """Times in one form that can be ordered: as written, unless only some of them have an
        offset.
        """
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
        """The moment that is this many microseconds after 1970."""
        return call("make_timestamp", micros)

    def days_between(self, later: SQL, earlier: SQL) -> SQL:
        """Whole days between two dates."""
        return call("date_diff", text("day"), earlier, later)

    def is_finite(self, value: SQL) -> SQL:
        """Whether a double is neither NaN nor infinite."""
        return call("isfinite", value)

    def finite(self, value: SQL) -> SQL:
        """The double, or null where it is NaN or infinite."""
        return exp.case().when(self.is_finite(value), value.copy())

    def step(self, node: type[exp.Binary], left: SQL, right: SQL, *, safe: bool) -> SQL:
        """A step of arithmetic in doubles, infinite or 0 where the result doesn't fit. `safe`: it
        is certain to fit.
        """
        return exp.paren(
            node(this=left, expression=right, **({"typed": False} if node is exp.Div else {}))
        )

    def rounded(self, value: SQL) -> SQL:
        """The nearest whole number as bigint, halves away from zero; an error beyond 64 bits."""
        return cast(call("round", value), "bigint")

    def bits(self, value: SQL) -> SQL:
        """An aggregate: every bit that is set in any of the whole numbers."""
        return call("bit_or", value)

    def extreme(self, which: str, values: Sequence[SQL]) -> SQL:
        """The greatest or least of values, ignoring nulls; `which` is `greatest` or `least`."""
        return call(which, *values)

    def numbered(self) -> SQL:
        """A number that is different for each row, in no order."""
        return exp.Window(this=exp.RowNumber())

    def like(self, value: SQL, pattern: str) -> SQL:
        """Whether a text fits a pattern of % and _; a backslash is a backslash."""
        return exp.Like(this=value, expression=text(pattern))

    def truncated(self, value: SQL) -> SQL:
        """The double without its fraction."""
        return call("trunc", value)

    def by_code_point(self, value: SQL) -> SQL:
        """A text that is ordered by code point."""
        return value

    def truth(self, value: SQL) -> SQL:
        """A condition as a column of true and false."""
        return value

    def checksum(self, columns: Sequence[SQL]) -> SQL:
        """A whole number for a row, small enough to be summed over a day's rows. Equal columns give
        equal numbers.
        """
        return cast(
            exp.Mod(this=call("hash", *columns), expression=exp.Literal.number(CHECKSUMS)), "bigint"
        )

    def key(self, column: SQL, kind: Type) -> SQL:
        """A key as text: a whole number has no decimals, whatever its type; NaN and infinity aren't
        keys.
        """
        if kind == "text":
            return self._plain_key(column)
        if kind != "number":
            return cast(column, "text")
        double = self.finite(cast(column, "double"))
        small = exp.LT(this=call("abs", double.copy()), expression=number(1e15))
        whole = exp.and_(
            exp.EQ(this=double.copy(), expression=self.truncated(double.copy())), small
        )
        present = exp.not_(exp.Is(this=exp.paren(double.copy()), expression=exp.null()))
        return (
            exp.case()
            .when(whole, cast(cast(double, "bigint"), "text"))
            .when(present, cast(column.copy(), "text"))
        )

    def _plain_key(self, column: SQL) -> SQL:
        """A text as a key (sources/key.py). The slow pattern is tested only for texts that contain
        `.0`, which are few.
        """
        point = exp.Like(this=column.copy(), expression=text("%.0%"))
        decimal = self.fits(column.copy(), DECIMAL)
        bare = self._without_end(self._without_end(column.copy(), "0"), ".")
        return exp.case().when(exp.and_(point, decimal), bare).else_(column)

    def fits(self, value: SQL, pattern: str) -> SQL:
        """Whether a text fits a regular expression."""
        return exp.RegexpLike(this=value, expression=text(pattern))

    def is_ascii(self, value: SQL) -> SQL:
        """Whether a text has ASCII signs only: as many bytes as signs."""
        return exp.EQ(this=call("strlen", value), expression=call("length", value.copy()))

    def without(self, value: SQL, pattern: str) -> SQL:
        """A text without everything that fits a regular expression."""
        return call("regexp_replace", value, text(pattern), text(""), text("g"))

    def group(self, value: SQL, pattern: str) -> SQL:
        """The part of a text that is in the only brackets of a regular expression."""
        return call("regexp_extract", value, text(pattern), exp.Literal.number(1))

    def rows_of(self, value: SQL, separator: str) -> SQL:
        """A row for each part of a text, in the list of a SELECT; none if the text is null."""
        return call("unnest", call("string_to_array", value, text(separator)))

    def _without_end(self, value: SQL, sign: str) -> SQL:
        """A text without these characters at its end."""
        return exp.Trim(this=value, expression=text(sign), position="TRAILING")

    def written(self, select: exp.Select, *, pretty: bool = False) -> str:
        """A SELECT as text."""
        return select.sql(self.name, pretty=pretty)
