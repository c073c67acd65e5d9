"""A hundred thousand odd values through every kind of measure, column and operator of a formula.

Scores stay within 0 to 100, no score comes from a value that isn't finite, and numpy, DuckDB and
PostgreSQL agree. Ten thousand of the values are part of `make test`
(tests/engine/test_odd_values.py).
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.conftest import postgres
from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree, scores_agree
from tests.engine.product import to_arrow, write

from salus.sources.duckdb_file import DuckDBFile
from salus.sources.postgres import Postgres

__all__ = ["postgres"]


def test_expressions(postgres: str, tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    table = odd_rows(Random(1), 200)
    with dbapi.connect(postgres) as connection, connection.cursor() as cursor:
        cursor.adbc_ingest("odd", to_arrow(table), mode="replace", db_schema_name="public")
        connection.commit()
    connections = [DuckDBFile(write({"odd": table}, tmp_path / "odd.duckdb")), Postgres(postgres)]
    try:
        assert (
            sum(expressions_agree(100 + seed, table, 50, connections) for seed in range(10))
            == 100_000
        )
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.parametrize("seed", range(10))
def test_scores(seed: int, tmp_path: Path) -> None:
    assert sum(scores_agree(1000 + seed * 10 + part, 25, tmp_path) for part in range(8)) >= 10_000
