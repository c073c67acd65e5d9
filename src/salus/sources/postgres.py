"""A PostgreSQL database: queries run there, results travel as Arrow."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError
from salus.model.suggest import did_you_mean
from salus.sources.table import Column
from salus.sources.types import column_type


class Postgres:
    """Tables as `table` where the search path finds them in `public`, else `schema.table`. Read-only transactions."""

    dialect = "postgres"

    def __init__(self, url: str) -> None:
        self._audit: list[str] = []
        self._connection = _connect(url)
        self._columns: dict[str, tuple[Column, ...]] = {}
        with self._connection.cursor() as cursor:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            cursor.execute("SET TIME ZONE 'UTC'")
        self._connection.commit()
        rows = self._rows("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN "
                          "('pg_catalog', 'information_schema') ORDER BY 1, 2")
        self._tables = {(name if schema == "public" else f"{schema}.{name}"): (schema, name) for schema, name in rows}

    @property
    def audit(self) -> list[str]:
        return self._audit

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(self._tables))

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(name for name, _ in self._declared(table))

    def columns(self, table: str) -> tuple[Column, ...]:
        if table not in self._columns:
            typed = ((column, column_type(kind)) for column, kind in self._declared(table))
            self._columns[table] = tuple(Column(column, kind) for column, kind in typed if kind is not None)
        return self._columns[table]

    def _declared(self, table: str) -> list[tuple[str, str]]:
        """Names and types from the catalogue, of the columns that this role may read."""
        schema, name = self._place(table)
        return self._rows("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = "
                          f"{_quoted(schema)} AND table_name = {_quoted(name)} ORDER BY ordinal_position")

    def _place(self, table: str) -> tuple[str, str]:
        if table not in self._tables:
            raise DataError(f"there is no table `{table}` in the database", did_you_mean(table, self._tables))
        return self._tables[table]

    def table(self, name: str) -> exp.Table:
        schema, table = self._place(name)
        return exp.table_(table, db=schema, quoted=True)

    def query(self, select: exp.Select) -> pa.Table:
        return self._fetched(select.sql(self.dialect))

    def _fetched(self, text: str) -> pa.Table:
        self._audit.append(text)
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(text)
                return cursor.fetch_arrow_table()
        except Exception as error:               # the driver's own tree of errors, imported only with the extra
            raise DataError(f"the query failed: {str(error).strip().splitlines()[0]}", "run `salus check`") from error
        finally:
            self._connection.rollback()

    def _rows(self, text: str) -> list[tuple[str, str]]:
        table = self._fetched(text)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    def identity(self, table: str) -> str:
        """Counters of rows written since the statistics began: any change moves one of them."""
        schema, name = self._place(table)
        rows = self._fetched("SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_all_tables WHERE schemaname = "
                             f"{_quoted(schema)} AND relname = {_quoted(name)}").to_pylist()
        return f"{table} {rows}"

    def close(self) -> None:
        self._connection.close()


def _quoted(value: str) -> str:
    return exp.Literal.string(value).sql("postgres")


def _connect(url: str) -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise DataError("PostgreSQL needs an extra that isn't installed", "pip install 'salus[postgres]'") from error
    try:
        return dbapi.connect(url)
    except Exception as error:
        raise DataError("the database can't be reached", "check the address and SALUS_DATA__URL") from error
