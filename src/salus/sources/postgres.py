"""A PostgreSQL database. Queries run in the database; results come back as Arrow tables."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError, ResourceError, SalusError
from salus.model.suggest import did_you_mean
from salus.sources.parts import split_rows
from salus.sources.table import TableColumn
from salus.sources.types import column_type

#: All tables, views, materialized views, foreign and partitioned tables with a column that this
#: role may read.
_TABLES = """SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')
AND has_any_column_privilege(c.oid, 'SELECT') ORDER BY 2, 3"""
#: The columns of a table that this role may read. The type of an enum is `enum`; the type of a
#: domain is its base type.
_COLUMNS = """SELECT a.attname::text, CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN format_type(t.typbasetype, NULL)
ELSE format_type(a.atttypid, NULL) END FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped
AND has_column_privilege(a.attrelid, a.attnum, 'SELECT') ORDER BY a.attnum"""
#: Text types that arrive as another type, or can't be sorted by code point.
_CAST = ("uuid", "enum", "name", "citext", '"char"')
#: Parts of the driver's messages when the server is gone.
_GONE = (
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "connection not open",
    "Connection refused",
    "could not receive data from server",
    "could not send data to server",
    "SSL connection has been closed",
)
#: A text that changes with every transaction that writes anything, and whether a table is elsewhere.
_WRITTEN = """SELECT pg_catalog.concat_ws(' ', pg_catalog.pg_postmaster_start_time(), pg_catalog.txid_current_snapshot()),
EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.relkind = 'f')"""
_COUNTED = ("r", "p")  # kinds of tables whose written rows PostgreSQL counts
#: A text that changes when the data of a table change. It holds:
#: - the table and all that inherit from it, each with its storage file (new after a rewrite) and the
#:   number of rows written since statistics began;
#: - when the statistics began, because a reset makes older counts meaningless;
#: - the columns, because a default value is stored without any row, and so is the name of an enum
#:   value.
#: A standby counts nothing, so its snapshot is used instead.
_STATE = """WITH RECURSIVE part(oid) AS (SELECT {oid}::pg_catalog.oid UNION
SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN part p ON i.inhparent = p.oid),
written AS (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', p.oid, pg_catalog.pg_relation_filenode(p.oid), s.n_tup_ins,
s.n_tup_upd, s.n_tup_del), ',' ORDER BY p.oid) AS rows FROM part p
LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = p.oid),
declared AS (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.attname, a.atttypid, a.attmissingval::text,
(SELECT pg_catalog.string_agg(e.enumlabel::text, ',' ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e
WHERE e.enumtypid = a.atttypid)), ',' ORDER BY a.attnum) AS columns FROM pg_catalog.pg_attribute a
WHERE a.attrelid = {oid} AND a.attnum > 0)
SELECT pg_catalog.md5(pg_catalog.concat_ws(';', written.rows, declared.columns)),
(SELECT d.stats_reset::text FROM pg_catalog.pg_stat_database d WHERE d.datname = pg_catalog.current_database()),
(SELECT b.stats_reset::text FROM pg_catalog.pg_stat_bgwriter b),
pg_catalog.current_setting('track_counts') = 'on' AND NOT pg_catalog.pg_is_in_recovery(),
pg_catalog.txid_current_snapshot()::text,
EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.relkind = 'f' AND ({view} OR c.oid IN (SELECT p.oid FROM part p)))
FROM written, declared"""


class Postgres:
    """The tables of a database: `table` in the schema `public`, `schema.table` in others. The
    connection is read-only.

    `wanted(table)`: the columns that the model names; None: all columns may be read.
    """

    dialect = "postgres"

    def __init__(self, url: str, wanted: Callable[[str], Collection[str]] | None = None) -> None:
        self._audit: list[str] = []
        self._wanted = wanted
        self._connection = _connect(url)
        self._prepare()
        self._declared_columns: dict[str, tuple[tuple[str, str], ...]] = {}
        self._states: dict[str, str] = {}
        self._tables = {
            (name if schema == "public" else f"{schema}.{name}"): (oid, schema, name, kind)
            for oid, schema, name, kind in self._rows(_TABLES)
        }

    def _prepare(self) -> None:
        """Make the session read-only, set its time zone to UTC, and use only functions, operators
        and types of the server itself.

        A schema of the search path could have a function that fits better, such as trunc(integer),
        and change scores. Tables need no search path: queries name them with their schema.
        """
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                cursor.execute("SET TIME ZONE 'UTC'")
                cursor.execute("SET search_path = pg_catalog, pg_temp")
            self._connection.commit()
        except (
            Exception
        ) as error:  # the driver's errors have no base class that is always installed
            self.close()
            raise _to_salus_error(error) from error

    @property
    def audit(self) -> list[str]:
        return self._audit

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(self._tables))

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(name for name, _ in self._declared(table))

    def columns(self, table: str) -> tuple[TableColumn, ...]:
        typed = ((name, column_type(kind)) for name, kind in self._declared(table))
        return tuple(TableColumn(name, kind) for name, kind in typed if kind is not None)

    def _declared(self, table: str) -> tuple[tuple[str, str], ...]:
        """The names and types of the columns that this role may read, from the catalogue."""
        if table not in self._declared_columns:
            rows = self._rows(_COLUMNS.format(oid=int(self._place(table)[0])))
            self._declared_columns[table] = tuple((name, kind) for name, kind in rows)
        return self._declared_columns[table]

    def _place(self, table: str) -> tuple[int, str, str, str]:
        if table not in self._tables:
            raise DataError(
                f"there is no table `{table}` in the database", did_you_mean(table, self._tables)
            )
        return self._tables[table]

    def table(self, name: str) -> exp.Table | exp.Subquery:
        """The table; or a SELECT from it that casts some columns to text, if their type doesn't
        arrive as text.
        """
        _, schema, table, _ = self._place(name)
        plain = exp.table_(table, db=schema, quoted=True)
        wanted = None if self._wanted is None else self._wanted(name)
        readable = [
            (column, kind)
            for column, kind in self._declared(name)
            if column_type(kind) is not None and (wanted is None or column in wanted)
        ]
        if not any(kind in _CAST for _, kind in readable):
            return plain
        columns = [
            _as_text(column) if kind in _CAST else exp.column(column, quoted=True)
            for column, kind in readable
        ]
        return exp.select(*columns).from_(plain).subquery(exp.to_identifier(table, quoted=True))

    def query(self, select: exp.Select) -> pa.Table:
        return self._fetch(select.sql(self.dialect, copy=False))

    def _fetch(self, text: str) -> pa.Table:
        self._audit.append(text)
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(text)
                return _convert_numeric(cursor.fetch_arrow_table())
        except (
            Exception
        ) as error:  # the driver's errors have no base class that is always installed
            raise _to_salus_error(error) from error
        finally:
            with suppress(Exception):  # if the server is gone, so is the transaction
                self._connection.rollback()

    def _rows(self, text: str) -> list[tuple[Any, ...]]:
        table = self._fetch(text)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    def parts(self, table: str) -> Mapping[str, str]:
        return {}

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
        """A text that changes with the data: for a table what the server counts (_STATE), for a
        view or a table on a standby the transaction snapshot.

        The rows of a foreign table are elsewhere, so nothing is known of them: each connection
        treats them as new.
        """
        if table not in self._states:
            oid, _, _, kind = self._place(table)
            [(*state, counted, snapshot, foreign)] = self._rows(
                _STATE.format(oid=int(oid), view=str(kind == "v").lower())
            )
            known = state if counted and kind in _COUNTED else snapshot
            self._states[table] = f"{table} {oid} {secrets.token_hex(8) if foreign else known}"
        return self._states[table]

    def written(self) -> str | None:
        """A text that changes with every transaction that writes anything in the server; None where
        the rows of a table are elsewhere.
        """
        [(state, elsewhere)] = self._rows(_WRITTEN)
        return None if elsewhere else str(state)

    def close(self) -> None:
        with suppress(Exception):  # if the server is gone, so is the connection
            self._connection.close()


def _as_text(column: str) -> exp.Expr:
    return exp.cast(exp.column(column, quoted=True), "text").as_(column, quoted=True)


def _convert_numeric(table: pa.Table) -> pa.Table:
    """Columns of type NUMERIC as doubles. The driver sends them as text in an extension type."""
    for position, field in enumerate(table.schema):
        if isinstance(field.type, pa.OpaqueType) and field.type.type_name == "numeric":
            storage = pa.chunked_array(
                [chunk.storage for chunk in table[position].chunks], field.type.storage_type
            )
            table = table.set_column(position, field.name, storage.cast(pa.float64()))
    return table


def _to_salus_error(error: Exception) -> SalusError:
    """An error with the first line of the driver's message and the next step."""
    line = _first_line(error)
    if any(word in str(error) for word in _GONE):
        return ResourceError(
            f"the database ended the connection: {line}",
            "check that the server is running, then run the same command again",
        )
    return DataError(f"the query failed: {line}", "run `salus check`")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _connect(url: str) -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise DataError(
            "PostgreSQL needs a package that isn't installed", "pip install 'salus[postgres]'"
        ) from error
    try:
        return dbapi.connect(url)
    except Exception as error:
        reason = _reason(str(error))
        raise DataError(
            f"the database can't be reached: {reason}", "check the address and SALUS_DATA__URL"
        ) from error


def _reason(message: str) -> str:
    """Why the connection failed. The driver's own message may contain the password, so it isn't
    shown.
    """
    return next(
        (reason for sign, reason in _REASONS if sign in message.casefold()),
        "for an unknown reason",
    )


_REASONS = (
    ("connection refused", "no server is running at this host and port"),
    ("no such file or directory", "no server is running on this socket"),
    ("could not translate host name", "the host name is unknown"),
    ("name or service not known", "the host name is unknown"),
    ("timeout", "the server didn't answer in time"),
    ("timed out", "the server didn't answer in time"),
    ("no route to host", "there is no network connection to the host"),
    ("network is unreachable", "there is no network connection to the host"),
    ("password authentication failed", "the user or the password is wrong"),
    ("no password supplied", "the password is missing"),
    ("role ", "the server has no such user"),
    ("database ", "the server has no such database"),
    ("no pg_hba.conf entry", "the server doesn't allow this user to connect from this machine"),
    ("ssl", "the SSL setting of the address doesn't match the server"),
    ("too many clients", "the server has too many connections"),
    ("too many connections", "the server has too many connections"),
    ("starting up", "the server is starting; try again in a minute"),
    ("invalid", "the address isn't valid"),
    ("missing", "the address isn't valid"),
)
