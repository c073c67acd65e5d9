"""Numbers that aren't finite, too large, or too small: never a score from them, and the same in numpy and SQL.

`prove/test_odd_values.py` looks at ten times as many.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from salus.sources.duckdb_file import DuckDBFile
from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree, scores_agree
from tests.engine.product import write


def test_expressions(tmp_path: Path) -> None:
    """10,000 values of expressions."""
    table = odd_rows(Random(7), 50)
    connection = DuckDBFile(write({"odd": table}, tmp_path / "odd.duckdb"))
    try:
        assert sum(expressions_agree(seed, table, 50, [connection]) for seed in range(4)) == 10_000
    finally:
        connection.close()


def test_scores(tmp_path: Path) -> None:
    """10,000 values of measures of every kind, and the scores made of them."""
    assert sum(scores_agree(seed, 25, tmp_path) for seed in range(8)) >= 10_000
