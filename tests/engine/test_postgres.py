"""The worlds on PostgreSQL: equal to DuckDB to the last bit, and equal to the oracle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlglot import exp

from salus.facts.sql.dialect import dialect
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.postgres import Postgres
from tests.engine.bytes import table_bytes
from tests.engine.compare import differences
from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree
from tests.engine.one_day import other_than_grouped
from tests.engine.product import compute, compute_file, read_model, to_arrow, write
from tests.engine.worlds import World, world
from tests.oracle.facts import instant
from tests.oracle.scoring import Scoring


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[tuple[str, Any]]:
    """The address, and a connection that may write. The tables of the worlds are removed
    afterwards.
    """
    from adbc_driver_postgresql import dbapi

    connection = dbapi.connect(postgres)
    yield postgres, connection
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.commit()
    connection.close()


def load(connection: Any, case: World) -> None:
    with connection.cursor() as cursor:
        for name, table in case.tables.items():
            cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
            cursor.adbc_ingest(name, to_arrow(table), mode="create", db_schema_name="public")
    connection.commit()


def test_a_local_time_shown_twice_or_never_is_the_later_one(
    database: tuple[str, Any], tmp_path: Path
) -> None:
    """02:30 in Berlin is 01:30 in UTC when clocks go back, and when they go forward."""
    postgres, here = Postgres(database[0]), DuckDBFile(write({}, tmp_path / "empty.duckdb"))
    zone = ZoneInfo("Europe/Berlin")
    try:
        for text in ("2024-10-27 02:30:00", "2024-03-31 02:30:00"):
            expected = instant(dt.datetime.fromisoformat(text), zone)
            for connection in (postgres, here):
                rules = dialect(connection.dialect)
                moment = rules.instant(
                    exp.cast(exp.Literal.string(text), "timestamp"), "moment", "Europe/Berlin"
                )
                moments = connection.query(exp.select(moment.as_("moment")))["moment"].to_pylist()
                assert moments == [expected]
    finally:
        postgres.close()
        here.close()


def test_odd_values(database: tuple[str, Any]) -> None:
    """PostgreSQL stops a query with a result that is too large or too small unless the query tests
    for it.
    """
    url, connection = database
    rows = odd_rows(Random(7), 40)
    load(connection, World({}, {"odd": rows}, []))
    postgres = Postgres(url)
    try:
        assert sum(expressions_agree(seed, rows, 25, [postgres]) for seed in range(2)) == 2_000
    finally:
        postgres.close()


@pytest.mark.parametrize("seed", [*range(100, 108), 109, 113, 154])
def test_postgres(seed: int, database: tuple[str, Any], tmp_path: Path) -> None:
    url, connection = database
    case = world(Random(seed), 30)
    load(connection, case)
    model = read_model(case.model, case.holidays)
    postgres = Postgres(url)
    try:
        result = compute(model, postgres, case.dates)
        assert other_than_grouped(model, postgres, case.dates[:2])[0] == []
    finally:
        postgres.close()
    expected = Scoring(case.model, case.tables, frozenset(case.holidays)).cells(case.dates)
    assert differences(result, expected) == []
    here = compute_file(model, write(case.tables, tmp_path / "tables.duckdb"), case.dates)
    assert (result is None) == (here is None)
    if result is not None and here is not None:
        assert table_bytes(result.table) == table_bytes(here.table)


SHADOWS = [
    f"FUNCTION {name}({kind}) RETURNS {result} LANGUAGE sql IMMUTABLE AS 'SELECT {value}'"
    for name, kind, result, value in (
        *(
            ("trunc", kind, kind, "42")
            for kind in ("integer", "bigint", "real", "double precision", "numeric")
        ),
        *(
            ("floor", kind, kind, "43")
            for kind in ("integer", "bigint", "real", "double precision", "numeric")
        ),
        *(
            ("abs", kind, kind, "44")
            for kind in ("integer", "bigint", "double precision", "numeric")
        ),
        *(
            ("date_trunc", f"text, {kind}", "timestamp", "''2001-01-01''::timestamp")
            for kind in ("timestamp", "timestamptz", "date")
        ),
        *(
            ("timezone", f"text, {kind}", "timestamp", "''2001-01-01''::timestamp")
            for kind in ("timestamptz",)
        ),
        ("lower", "text", "text", "''x''"),
        ("md5", "text", "text", "''x''"),
        ("plus", "integer, integer", "integer", "45"),
        ("plus", "bigint, integer", "bigint", "45"),
        ("plus", "double precision, double precision", "double precision", "45"),
    )
]
OPERATORS = [
    f"OPERATOR public.{sign} (LEFTARG = {left}, RIGHTARG = {right}, FUNCTION = public.plus)"
    for sign in ("+", "-", "*")
    for left, right in (
        ("integer", "integer"),
        ("bigint", "integer"),
        ("double precision", "double precision"),
    )
]


@pytest.mark.parametrize("path", ["public", "public, pg_catalog"])
def test_functions_and_operators_of_a_schema_change_nothing(
    path: str, database: tuple[str, Any]
) -> None:
    """Neither functions that fit better than the server's own, nor those that a search path puts
    first.
    """
    url, connection = database
    case = world(Random(103), 30)
    load(connection, case)
    model = read_model(case.model, case.holidays)
    results = []
    for shadowed in (False, True):
        with connection.cursor() as cursor:
            for shadow in (SHADOWS + OPERATORS) if shadowed else ():
                cursor.execute(
                    f"CREATE {shadow}".replace("FUNCTION ", "FUNCTION public.", 1)
                    if shadow.startswith("FUNCTION")
                    else f"CREATE {shadow}"
                )
            cursor.execute(
                f"ALTER ROLE CURRENT_USER SET search_path = {path}"
                if shadowed
                else "ALTER ROLE CURRENT_USER RESET search_path"
            )
        connection.commit()
        postgres = Postgres(url)
        try:
            results.append(compute(model, postgres, case.dates))
            assert postgres.query(exp.select(exp.func("trunc", exp.Literal.number(7)).as_("x")))[
                "x"
            ].to_pylist() == [7]
        finally:
            postgres.close()
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER RESET search_path")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.commit()
    before, after = results
    assert before is not None and after is not None
    assert table_bytes(before.table) == table_bytes(after.table)
