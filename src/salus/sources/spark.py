"""Spark: the tables of its catalogue, and Parquet files that Spark can read.

Queries run in Spark; results come back as Arrow tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from salus.errors import DataError
from salus.model.suggest import did_you_mean
from salus.sources.connection import FILE
from salus.sources.parts import split_rows
from salus.sources.spark_files import MAX_FILES, SparkFiles
from salus.sources.spark_session import first_line, master_of, start_session
from salus.sources.table import TableColumn, Type
from salus.sources.types import column_type

if TYPE_CHECKING:
    import pyarrow as pa

#: Type names with another meaning than in other engines: Spark's `timestamp` is an instant.
_WORDS = {
    "timestamp": "timestamptz",
    "timestamp_ntz": "timestamp",
    "string": "text",
    "int": "integer",
}
_OVERFLOW = ("CAST_OVERFLOW", "ARITHMETIC_OVERFLOW")


class Spark:
    """The tables that Spark can read: `table` in the current schema, `schema.table` in others.

    `url`: `spark:local[2]` or `spark://host:port`. `tables`: a folder of Parquet files, whose
    tables come first. Salus writes nothing to them.
    """

    dialect = "spark"

    def __init__(
        self, url: str, tables: str | None = None, conf: Mapping[str, str] | None = None
    ) -> None:
        self._audit: list[str] = []
        self.session = start_session(master_of(url), conf or {})
        self._folder = tables
        self._views: dict[str, str] = {}

    @property
    def audit(self) -> list[str]:
        return self._audit

    @cached_property
    def files(self) -> SparkFiles:
        return SparkFiles(self.session)

    @cached_property
    def _parquet(self) -> dict[str, str]:
        return self.files.tables(self._folder) if self._folder else {}

    @cached_property
    def _catalogue(self) -> dict[str, tuple[str, str, bool]]:
        """Schema, table, and whether it is a view, by the name that models use."""
        tables: dict[str, tuple[str, str, bool]] = {}
        own = self.session.catalog.currentDatabase()
        for (schema,) in self._rows("SHOW SCHEMAS"):
            place = exp.to_identifier(schema, quoted=True).sql(self.dialect)
            views = {
                name for _, name, temporary in self._rows(f"SHOW VIEWS IN {place}") if not temporary
            }
            for _, table, temporary in self._rows(f"SHOW TABLES IN {place}"):
                if not temporary:
                    name = table if schema == own else f"{schema}.{table}"
                    tables[name] = (schema, table, table in views)
        return tables

    def _rows(self, text: str) -> list[Any]:
        self._audit.append(text)
        try:
            return list(self.session.sql(text).collect())
        except Exception as error:
            raise DataError(
                f"the catalogue of Spark can't be read: {first_line(error)}",
                "check [spark.conf] in salus.toml",
            ) from error

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted({**self._catalogue, **self._parquet}))

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(field.name for field in self._fields(table))

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        typed = (
            (field.name, spark_type(field.dataType.simpleString())) for field in self._fields(table)
        )
        return tuple(TableColumn(name, kind) for name, kind in typed if kind is not None)

    def _fields(self, table: str) -> list[Any]:
        return [field for field in self._frame(table).schema.fields if field.name != FILE]

    def table(self, name: str) -> exp.Table | exp.Subquery:
        """The table; or a SELECT that sorts by code point, if a column has its own sort order."""
        plain = self._reference(name)
        fields = self._fields(name)
        if not any(_collated(field) for field in fields):
            return plain
        readable = [
            field for field in fields if spark_type(field.dataType.simpleString()) is not None
        ]
        columns = [
            _by_code_point(field.name) if _collated(field) else exp.column(field.name, quoted=True)
            for field in readable
        ]
        return exp.select(*columns).from_(plain).subquery(exp.to_identifier(name, quoted=True))

    def _reference(self, name: str) -> exp.Table:
        if name in self._parquet:
            return exp.table_(self._view(name), quoted=True)
        if name in self._catalogue:
            schema, table, _ = self._catalogue[name]
            return exp.table_(table, db=schema, quoted=True)
        known = self.tables()
        raise DataError(
            f"there is no table `{name}` in Spark",
            did_you_mean(name, known)
            or (None if known else "set the folder of your tables in salus.toml: [spark] tables"),
        )

    def _view(self, name: str) -> str:
        """The name of a temporary view of a table's Parquet files. Its column FILE names the file
        of each row.
        """
        if name not in self._views:
            view = f"salus_table_{len(self._views)}"
            try:
                frame = self.session.read.option("mergeSchema", "true").parquet(self._parquet[name])
                frame.selectExpr("*", f"_metadata.file_path AS {FILE}").createOrReplaceTempView(
                    view
                )
            except Exception as error:
                raise DataError(
                    f"table `{name}` can't be read: {first_line(error)}",
                    "check the files under [spark] tables",
                ) from error
            self._views[name] = view
        return self._views[name]

    def _frame(self, name: str) -> Any:
        return self.session.table(self._reference(name).sql(self.dialect))

    def query(self, select: exp.Select) -> pa.Table:
        frame = self.frame(select)
        try:
            return frame.toArrow()
        except Exception as error:  # the errors of Spark and Java have no base class here
            raise DataError(f"the query failed: {_message(error)}", "run `salus check`") from error

    def frame(self, select: exp.Select) -> Any:
        """A SELECT as a Spark DataFrame that hasn't run yet."""
        text = select.sql(self.dialect, copy=False)
        self._audit.append(text)
        try:
            return self.session.sql(text)
        except Exception as error:
            raise DataError(f"the query failed: {_message(error)}", "run `salus check`") from error

    def parts(self, table: str) -> Mapping[str, str]:
        if table not in self._parquet:
            return {}
        entries = list(self.files.files(self._parquet[table]))
        return (
            {entry.address: f"{entry.address} {entry.size} {entry.written}" for entry in entries}
            if len(entries) > 1
            else {}
        )

    def query_parts(self, select: exp.Select, by: str) -> Iterator[tuple[int, pa.Table]]:
        return split_rows(self.query(select), by)

    def remembered(
        self, what: str, select: Callable[[], exp.Select], most: int | None = None
    ) -> exp.Table | None:
        return None

    def keeps_rows(self, table: str) -> bool:
        return False

    @property
    def has_file_states(self) -> bool:
        return False

    def identity(self, table: str) -> str:
        """A text that changes with the data: for files, from their names, sizes and times. For a
        view, or a table without files, from a checksum of every row, which reads the table.
        """
        frame = self._frame(table)
        view = table not in self._parquet and self._catalogue[table][2]
        places = (
            []
            if view
            else [self._parquet[table]]
            if table in self._parquet
            else list(frame.inputFiles())
        )
        if not places or len(places) > MAX_FILES:
            return f"{table} {self._checksum(frame)}"
        states = [
            f"{entry.path} {entry.size} {entry.written}"
            for place in places
            for entry in self.files.files(place)
        ]
        return f"{table} {hashlib.sha256(repr(sorted(states)).encode()).hexdigest()[:16]}"

    def _checksum(self, frame: Any) -> str:
        names = ", ".join(
            exp.column(field.name, quoted=True).sql(self.dialect)
            for field in frame.schema.fields
            if "map<" not in field.dataType.simpleString()
        )
        row = frame.selectExpr(
            "count(*)", f"sum(cast(xxhash64({names}) as decimal(38, 0)))"
        ).first()
        return f"{row[0]} {row[1]}"

    def close(self) -> None:
        """Drop the temporary views. Spark runs until the process ends, because the next connection
        needs it again.
        """
        for view in self._views.values():
            self.session.catalog.dropTempView(view)
        self._views.clear()


def spark_type(declared: str) -> Type | None:
    """The type of a column, from Spark's declaration; None for types that Salus doesn't read.

    >>> spark_type("timestamp"), spark_type("timestamp_ntz"), spark_type("decimal(18,4)"), spark_type("array<int>")
    ('instant', 'moment', 'number', None)
    """
    word = declared.lower().split(" collate ")[0].strip()
    return None if "<" in word else column_type(_WORDS.get(word, word))


def _collated(field: Any) -> bool:
    return " collate " in field.dataType.simpleString()


def _by_code_point(name: str) -> exp.Expr:
    own = exp.Collate(this=exp.column(name, quoted=True), expression=exp.var("UTF8_BINARY"))
    return own.as_(name, quoted=True)


def _message(error: Exception) -> str:
    line = first_line(error)
    return f"a number is out of range ({line})" if any(word in line for word in _OVERFLOW) else line
