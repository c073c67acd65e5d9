"""The same worlds on PostgreSQL: to the last bit what DuckDB says, and what the oracle says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from salus.sources.postgres import Postgres
from tests.engine.bytes import table_bytes
from tests.engine.compare import differences
from tests.engine.product import compute, compute_file, read_model, to_arrow, write
from tests.engine.worlds import World, world
from tests.oracle.scoring import Scoring


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[tuple[str, Any]]:
    """The address, and a connection that may write."""
    from adbc_driver_postgresql import dbapi
    connection = dbapi.connect(postgres)
    yield postgres, connection
    connection.close()


def load(connection: Any, found: World) -> None:
    with connection.cursor() as cursor:
        for name, table in found.tables.items():
            cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
            cursor.adbc_ingest(name, to_arrow(table), mode="create", db_schema_name="public")
    connection.commit()


@pytest.mark.parametrize("seed", range(100, 108))
def test_postgres(seed: int, database: tuple[str, Any], tmp_path: Path) -> None:
    url, connection = database
    found = world(Random(seed), 30)
    load(connection, found)
    model = read_model(found.model, found.holidays)
    there = Postgres(url)
    try:
        result = compute(model, there, found.dates)
    finally:
        there.close()
    expected = Scoring(found.model, found.tables, frozenset(found.holidays)).cells(found.dates)
    assert differences(result, expected) == []
    here = compute_file(model, write(found.tables, tmp_path / "tables.duckdb"), found.dates)
    assert (result is None) == (here is None)
    if result is not None and here is not None:
        assert table_bytes(result.table) == table_bytes(here.table)
