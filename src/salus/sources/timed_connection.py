"""A database some of whose columns are read as times, as `salus.toml` says (`[times.TABLE]`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

from salus.errors import DataError
from salus.model.suggest import did_you_mean
from salus.sources.connection import Connection
from salus.sources.table import TableColumn, Type
from salus.sources.time_forms import TimeForm, Times

if TYPE_CHECKING:
    import pyarrow as pa

#: From rows (a SELECT without columns), their columns and the forms of some, by the engine's name.
ReadTimes = Callable[[exp.Select, Collection[TableColumn], Mapping[str, TimeForm], str], exp.Select]
_WRITTEN = "salus_written"  # a value as the database holds it
_READABLE: tuple[Type, ...] = ("text", "integer", "number")


class TimedConnection:
    """A connection that reads columns in the forms of `times`; every other column is as it was.

    `read` writes the SQL of an engine (facts/sql/time_forms.py). `wanted(table)`: the columns that may
    be read; None: all.
    """

    def __init__(
        self,
        connection: Connection,
        times: Times,
        read: ReadTimes,
        wanted: Callable[[str], Collection[str]] | None = None,
    ) -> None:
        self.inner, self.times, self.read, self.wanted = connection, times, read, wanted
        self.dialect = connection.dialect

    @property
    def audit(self) -> list[str]:
        return self.inner.audit

    def tables(self) -> tuple[str, ...]:
        return self.inner.tables()

    def names(self, table: str) -> tuple[str, ...]:
        return self.inner.names(table)

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        columns = self.inner.columns(table)
        forms = self._forms(table, columns)
        return tuple(
            TableColumn(column.name, forms[column.name].type) if column.name in forms else column
            for column in columns
        )

    def table(self, name: str) -> exp.Table | exp.Subquery:
        columns = self.inner.columns(name)
        wanted = None if self.wanted is None else set(self.wanted(name))
        if wanted is not None:
            columns = tuple(column for column in columns if column.name in wanted)
        forms = self._forms(name, columns)
        plain = self.inner.table(name)
        if not forms:
            return plain
        select = self.read(exp.select().from_(plain), columns, forms, self.dialect)
        return select.subquery(exp.to_identifier(name.rpartition(".")[2], quoted=True))

    def parts(self, table: str) -> Mapping[str, str]:
        return {} if self.times.get(table) else self.inner.parts(table)

    def query(self, select: exp.Select) -> pa.Table:
        return self.inner.query(select)

    def query_parts(self, select: exp.Select, by: str) -> Iterator[tuple[int, pa.Table]]:
        return self.inner.query_parts(select, by)

    def remembered(
        self, what: str, select: Callable[[], exp.Select], most: int | None = None
    ) -> exp.Table | None:
        return self.inner.remembered(f"{what} {self.times!r}", select, most)

    def keeps_rows(self, table: str) -> bool:
        return self.inner.keeps_rows(table)

    @property
    def has_file_states(self) -> bool:
        return self.inner.has_file_states

    def identity(self, table: str) -> str:
        forms = self.times.get(table)
        own = self.inner.identity(table)
        return (
            f"{own} {sorted((name, form.text) for name, form in forms.items())}" if forms else own
        )

    def close(self) -> None:
        self.inner.close()

    def unread(self, table: str, column: str) -> tuple[int, str]:
        """The number of values that aren't times in the column's form, and the least of them."""
        form = self.times[table][column]
        types = {each.name: each.type for each in self.inner.columns(table)}
        if column not in types:
            return 0, ""
        written: exp.Expr = exp.column(column, quoted=True)
        if types[column] == "text":
            written = exp.Nullif(this=exp.Trim(this=written), expression=exp.Literal.string(""))
        columns = (TableColumn(column, types[column]), TableColumn(_WRITTEN, "text"))
        plain = exp.column(column, quoted=True)
        rows = exp.select(plain, exp.cast(written, "text").as_(_WRITTEN)).from_(
            self.inner.table(table)
        )
        rows = exp.select().from_(rows.subquery("salus_written", copy=False))
        read = self.read(rows, columns, {column: form}, self.dialect)
        lost = exp.and_(
            exp.Is(this=exp.column(column, quoted=True), expression=exp.null()),
            exp.not_(exp.Is(this=exp.column(_WRITTEN), expression=exp.null())),
        )
        counted = exp.select(
            exp.cast(exp.Count(this=exp.Star()), "bigint").as_("n"),
            exp.Min(this=exp.column(_WRITTEN)).as_("example"),
        )
        row = self.inner.query(counted.from_(read.subquery("salus_read")).where(lost)).to_pylist()[
            0
        ]
        return int(row["n"]), str(row["example"] or "")

    def _forms(self, table: str, columns: Collection[TableColumn]) -> dict[str, TimeForm]:
        """The forms of those columns. Raises DataError where a form doesn't fit the column."""
        forms = self.times.get(table, {})
        types = {column.name: column.type for column in columns}
        names = self.inner.names(table) if forms else ()
        for name, form in forms.items():
            if name not in names:
                raise DataError(
                    f"salus.toml says how `{name}` of {table} writes times, but there is no such"
                    " column",
                    did_you_mean(name, names) or f"remove it from [times.{table}]",
                )
            kind = types.get(name, "text")
            fits = _READABLE if form.unit is not None else ("text",)
            if kind not in fits:
                raise DataError(
                    f"salus.toml reads `{name}` of {table} as {form.text}, but the column holds"
                    f" {kind} values",
                    f"remove it from [times.{table}]",
                )
        return {name: form for name, form in forms.items() if name in types}
