"""The facts of one day, queried alone as a new day is, equal those that a query over more days
returns for it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from salus.sources.duckdb_file import DuckDBFile
from tests.engine.one_day import other_than_grouped
from tests.engine.product import read_model, write
from tests.engine.worlds import world


def test_a_day_alone_is_the_day_among_others(tmp_path: Path) -> None:
    compared = 0
    for seed in range(6):
        case = world(Random(seed), 40)
        connection = DuckDBFile(write(case.tables, tmp_path / f"{seed}.duckdb"))
        days = [max(case.dates) - dt.timedelta(days=back) for back in range(1, 61, 10)]
        other, rows = other_than_grouped(read_model(case.model, case.holidays), connection, days)
        connection.close()
        assert other == [], seed
        compared += rows
    assert compared > 100
