"""The same worlds on PostgreSQL: to the last bit what DuckDB says, and what the oracle says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlglot import exp

from salus.facts.dialect import dialect
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
    """The address, and a connection that may write. The tables of the worlds are gone afterwards."""
    from adbc_driver_postgresql import dbapi
    connection = dbapi.connect(postgres)
    yield postgres, connection
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.commit()
    connection.close()


def load(connection: Any, found: World) -> None:
    with connection.cursor() as cursor:
        for name, table in found.tables.items():
            cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
            cursor.adbc_ingest(name, to_arrow(table), mode="create", db_schema_name="public")
    connection.commit()


def test_a_local_time_shown_twice_or_never_is_the_later_one(database: tuple[str, Any], tmp_path: Path) -> None:
    """02:30 in Berlin is 01:30 in UTC when clocks go back, and when they go forward."""
    there, here = Postgres(database[0]), DuckDBFile(write({}, tmp_path / "empty.duckdb"))
    zone = ZoneInfo("Europe/Berlin")
    try:
        for text in ("2024-10-27 02:30:00", "2024-03-31 02:30:00"):
            expected = instant(dt.datetime.fromisoformat(text), zone)
            for connection in (there, here):
                rules = dialect(connection.dialect)
                moment = rules.instant(exp.cast(exp.Literal.string(text), "timestamp"), "moment", "Europe/Berlin")
                found = connection.query(exp.select(moment.as_("moment")))["moment"].to_pylist()
                assert found == [expected]
    finally:
        there.close()
        here.close()


def test_odd_values(database: tuple[str, Any]) -> None:
    """A result that is too large or too small stops a query here, unless it is seen before."""
    url, connection = database
    found = odd_rows(Random(7), 40)
    load(connection, World({}, {"odd": found}, []))
    there = Postgres(url)
    try:
        assert sum(expressions_agree(seed, found, 25, [there]) for seed in range(2)) == 2_000
    finally:
        there.close()


@pytest.mark.parametrize("seed", range(100, 108))
def test_postgres(seed: int, database: tuple[str, Any], tmp_path: Path) -> None:
    url, connection = database
    found = world(Random(seed), 30)
    load(connection, found)
    model = read_model(found.model, found.holidays)
    there = Postgres(url)
    try:
        result = compute(model, there, found.dates)
        assert other_than_grouped(model, there, found.dates[:2])[0] == []
    finally:
        there.close()
    expected = Scoring(found.model, found.tables, frozenset(found.holidays)).cells(found.dates)
    assert differences(result, expected) == []
    here = compute_file(model, write(found.tables, tmp_path / "tables.duckdb"), found.dates)
    assert (result is None) == (here is None)
    if result is not None and here is not None:
        assert table_bytes(result.table) == table_bytes(here.table)
