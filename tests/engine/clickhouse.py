"""ClickHouse within this process, as a connection to it would be. The product has no such
connection yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.dialect import dialect
from salus.facts.sql.dialects.clickhouse import SETTINGS
from salus.sources.parts import split_rows
from salus.sources.table import TableColumn
from salus.sources.types import column_type
from tests.engine.product import to_arrow
from tests.oracle.table import Table

TYPES = {
    "text": "String",
    "integer": "Int64",
    "number": "Float64",
    "bool": "Bool",
    "date": "Date32",
    "moment": "DateTime64(6)",
    "instant": "DateTime64(6, 'UTC')",
}
PLAIN = TYPES | {
    "date": "Date",
    "moment": "DateTime",
    "instant": "DateTime('UTC')",
}  # days from 1970 on, whole seconds
WORDS = {
    "String": "text",
    "Int64": "bigint",
    "Float64": "double",
    "Bool": "boolean",
    "Date32": "date",
    "DateTime64(6)": "timestamp",
    "DateTime64(6, 'UTC')": "timestamp with time zone",
    "Date": "date",
    "DateTime": "timestamp",
    "DateTime('UTC')": "timestamp with time zone",
}
WORDS |= {f"Nullable({kind})": word for kind, word in WORDS.items()}
OUT_OF_RANGE = ("cannot be safely converted", "Unexpected inf or nan")


class ClickHouse:
    """Tables in the memory of a session of chdb; a process can have only one session."""

    dialect = "clickhouse"

    def __init__(self, session: Any) -> None:
        self.audit: list[str] = []
        self._session = session
        for name, value in SETTINGS.items():
            self._session.query(f"SET {name} = {value!r}")

    def load(self, name: str, table: Table, types: Mapping[str, str] = TYPES) -> None:
        """The rows as a table. A column without a null in it can't hold nulls, as is usual in
        ClickHouse.
        """
        arriving = to_arrow(table)
        columns = ", ".join(
            f"{_quoted(column)} {_declared(types[kind], arriving[column].null_count)}"
            for column, kind in table.columns.items()
        )
        self._session.query(f"CREATE OR REPLACE TABLE {_quoted(name)} ({columns}) ENGINE = Memory")
        self._session.query(f"INSERT INTO {_quoted(name)} SELECT * FROM Python(arriving)")

    def tables(self) -> tuple[str, ...]:
        rows = self._fetched(
            "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name"
        )
        return tuple(rows["name"].to_pylist())

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns(table))

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        rows = self._fetched(f"DESCRIBE TABLE {_quoted(table)}").to_pylist()
        typed = ((row["name"], column_type(WORDS[row["type"]])) for row in rows)
        return tuple(TableColumn(name, kind) for name, kind in typed if kind is not None)

    def table(self, name: str) -> exp.Table:
        return exp.table_(name, quoted=True)

    def parts(self, table: str) -> Mapping[str, str]:
        return {}

    def query(self, select: exp.Select) -> pa.Table:
        return _local(self._fetched(dialect(self.dialect).written(select)))

    def _fetched(self, text: str) -> pa.Table:
        self.audit.append(text)
        try:
            data = self._session.query(text, "Arrow").bytes()
        except Exception as error:
            self._session.query(
                "SELECT 1"
            )  # chdb puts the output of a failed query before the next result
            message = str(error).splitlines()[0]
            message = (
                f"out of range: {message}"
                if any(words in message for words in OUT_OF_RANGE)
                else message
            )
            raise DataError(f"the query failed: {message}", "run `salus check`") from error
        return pa.ipc.open_file(pa.BufferReader(data)).read_all()

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
        return table

    def close(self) -> None:
        """The session is closed by the code that opened it."""


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("clickhouse")


def _declared(kind: str, nulls: int) -> str:
    return f"Nullable({kind})" if nulls else kind


def _local(table: pa.Table) -> pa.Table:
    """Moments are transferred as if they had a zone; queries return no instants."""
    fields = [
        field.with_type(pa.timestamp("us")) if pa.types.is_timestamp(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
