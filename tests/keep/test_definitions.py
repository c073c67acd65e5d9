"""The names of the folders of partials stay the same, so that an upgrade doesn't build partials
again.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from salus.facts.partials.requirements import required_partials
from salus.facts.sql.origin import Origin
from salus.model.read import read_text
from salus.sources.duckdb_file import DuckDBFile

MODEL = """
version: 1
name: shop
entity: {name: customer, table: customers, key: id}
sources: {visits: {table: visits, key: id, time: at, recorded: told}}
dimensions:
  use:
    measures:
      often: {count: visits, within: 40d, where: amount > 3, bad: 0, good: 10}
      people: {count_distinct: visits.who, within: 20d, bad: 0, good: 3}
      ever: {sum: visits.amount, bad: 0, good: 100}
missing_guard: 0d
"""


def test_names_of_folders_stay(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as tables:
        tables.execute("CREATE TABLE customers AS SELECT 'a' AS id")
        tables.execute(
            "CREATE TABLE visits AS SELECT 'a' AS id, 'w' AS who, 1.5 AS amount,"
            " DATE '2024-01-01' AS at, DATE '2024-01-01' AS told"
        )
    model, connection = read_text(MODEL), DuckDBFile(path)
    try:
        origin = Origin.of(model, connection, "visits")
        names = {
            columns.spec.mode: origin.definition(columns)
            for columns in required_partials(model).values()
        }
        assert names == {
            "daily": "2666406e7c165645",
            "keys": "acaaa82d52077703",
            "ever": "517ec33e745a44f9",
        }
        assert origin.checksum_definition(moving=True) == "01efecdc8fef9261"
    finally:
        connection.close()
