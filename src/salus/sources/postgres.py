"""A PostgreSQL database: queries run there, results travel as Arrow."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

import pyarrow as pa
from sqlglot import exp

from salus.errors import DataError, ResourceError, SalusError
from salus.model.suggest import did_you_mean
from salus.sources.table import TableColumn
from salus.sources.types import column_type

#: Tables, views, materialized views, foreign and partitioned tables of which this role may read
#: something.
_TABLES = """SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')
AND has_any_column_privilege(c.oid, 'SELECT') ORDER BY 2, 3"""
#: Of a table the columns that this role may read; an enum is called so, a domain by what it is made
#: of.
_COLUMNS = """SELECT a.attname::text, CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN format_type(t.typbasetype, NULL)
ELSE format_type(a.atttypid, NULL) END FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped
AND has_column_privilege(a.attrelid, a.attnum, 'SELECT') ORDER BY a.attnum"""
#: Types that are words but travel as something else, or can't be put in the order of code points.
_CAST = ("uuid", "enum", "name", "citext", '"char"')
#: What a driver says when there is no server any more.
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
_COUNTED = ("r", "p")  # kinds whose written rows are counted
#: What changes when a table does: it and all that inherit from it, each with the file it is stored
#: in (another one after a rewrite) and the rows written since statistics began; when they began, as
#: counters of before say nothing then; and its columns, of which a default may stand for values in
#: no row, and a word of an enum for others. A standby counts nothing.
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
    """Tables as `table` in the schema `public`, else `schema.table`. Nothing can be written.

    `wanted(table)` are the columns the model names; without it all may be read.
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
        """Nothing can be written, days are those of UTC, and every name of a function, operator or
        type is the server's own.

        A schema of the path could hold a function that fits better, such as trunc(integer), and
        change scores. Tables need no path: they are always named with their schema.
        """
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                cursor.execute("SET TIME ZONE 'UTC'")
                cursor.execute("SET search_path = pg_catalog, pg_temp")
            self._connection.commit()
        except Exception as error:  # the driver's own tree of errors, imported only with the extra
            self.close()
            raise _refused(error) from error

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
        """Names and types from the catalogue, of the columns that this role may read."""
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
        """The table, or where some of its columns travel badly, a SELECT from it that casts them to
        text.
        """
        _, schema, table, _ = self._place(name)
        plain = exp.table_(table, db=schema, quoted=True)
        wanted = None if self._wanted is None else self._wanted(name)
        read = [
            (column, kind)
            for column, kind in self._declared(name)
            if column_type(kind) is not None and (wanted is None or column in wanted)
        ]
        if not any(kind in _CAST for _, kind in read):
            return plain
        columns = [
            _as_text(column) if kind in _CAST else exp.column(column, quoted=True)
            for column, kind in read
        ]
        return exp.select(*columns).from_(plain).subquery(exp.to_identifier(table, quoted=True))

    def query(self, select: exp.Select) -> pa.Table:
        return self._fetched(select.sql(self.dialect, copy=False))

    def _fetched(self, text: str) -> pa.Table:
        self._audit.append(text)
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(text)
                return _numbers(cursor.fetch_arrow_table())
        except Exception as error:  # the driver's own tree of errors, imported only with the extra
            raise _refused(error) from error
        finally:
            with suppress(Exception):  # a server that is gone has ended the transaction itself
                self._connection.rollback()

    def _rows(self, text: str) -> list[tuple[Any, ...]]:
        table = self._fetched(text)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    def pieces(self, table: str) -> Mapping[str, str]:
        return {}

    def identity(self, table: str) -> str:
        """Of a table what its server counts (_STATE); a view, and a table on a standby, changes
        with every transaction.

        Where rows lie elsewhere, as in a foreign table, nothing tells: each connection takes them
        for new.
        """
        if table not in self._states:
            oid, _, _, kind = self._place(table)
            [(*state, counted, snapshot, foreign)] = self._rows(
                _STATE.format(oid=int(oid), view=str(kind == "v").lower())
            )
            known = state if counted and kind in _COUNTED else snapshot
            self._states[table] = f"{table} {oid} {secrets.token_hex(8) if foreign else known}"
        return self._states[table]

    def close(self) -> None:
        with suppress(Exception):  # a server that is gone has closed it itself
            self._connection.close()


def _as_text(column: str) -> exp.Expr:
    return exp.cast(exp.column(column, quoted=True), "text").as_(column, quoted=True)


def _numbers(table: pa.Table) -> pa.Table:
    """NUMERIC travels as text of a type of its own: make it doubles."""
    for place, field in enumerate(table.schema):
        if isinstance(field.type, pa.OpaqueType) and field.type.type_name == "numeric":
            storage = pa.chunked_array(
                [chunk.storage for chunk in table[place].chunks], field.type.storage_type
            )
            table = table.set_column(place, field.name, storage.cast(pa.float64()))
    return table


def _refused(error: Exception) -> SalusError:
    """What the driver says, and the next step: another one where the server has ended the
    connection.
    """
    line = _first_line(error)
    if any(word in str(error) for word in _GONE):
        return ResourceError(
            f"the database ended the connection: {line}",
            "check that the server runs, and run the same command again",
        )
    return DataError(f"the query failed: {line}", "run `salus check`")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _connect(url: str) -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise DataError(
            "PostgreSQL needs an extra that isn't installed", "pip install 'salus[postgres]'"
        ) from error
    try:
        return dbapi.connect(url)
    except Exception as error:
        reason = _reason(str(error))
        raise DataError(
            f"the database can't be reached: {reason}", "check the address and SALUS_DATA__URL"
        ) from error


def _reason(message: str) -> str:
    """Why there is no connection, in words of our own: the driver's may hold the address with its
    password.
    """
    return next(
        (reason for sign, reason in _REASONS if sign in message.casefold()),
        "the driver gives no known reason",
    )


_REASONS = (
    ("connection refused", "no server listens at this host and port"),
    ("no such file or directory", "no server listens on this socket"),
    ("could not translate host name", "the host name is unknown"),
    ("name or service not known", "the host name is unknown"),
    ("timeout", "the server doesn't answer in time"),
    ("timed out", "the server doesn't answer in time"),
    ("no route to host", "no network leads to the host"),
    ("network is unreachable", "no network leads to the host"),
    ("password authentication failed", "the user or the password is wrong"),
    ("no password supplied", "a password is missing"),
    ("role ", "the server doesn't know this user"),
    ("database ", "the server has no such database"),
    ("no pg_hba.conf entry", "the server doesn't let this user in from here"),
    ("ssl", "the server and the address disagree about SSL"),
    ("too many clients", "the server has too many connections"),
    ("too many connections", "the server has too many connections"),
    ("starting up", "the server is starting; try again"),
    ("invalid", "the address isn't valid"),
    ("missing", "the address isn't valid"),
)
