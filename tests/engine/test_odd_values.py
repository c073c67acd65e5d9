"""Numbers that aren't finite, too large or too small never make a score, and they mean the same in
numpy and SQL.

`prove/test_odd_values.py` checks ten times as many.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import numpy as np
import pytest

from salus.kernel.values import NOT_FINITE
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree, scores_agree
from tests.engine.product import compute_file, read_model, write
from tests.oracle.table import table


def test_expressions(tmp_path: Path) -> None:
    """10,000 values of expressions."""
    rows = odd_rows(Random(7), 50)
    connection = DuckDBFile(write({"odd": rows}, tmp_path / "odd.duckdb"))
    try:
        assert sum(expressions_agree(seed, rows, 50, [connection]) for seed in range(4)) == 10_000
    finally:
        connection.close()


def test_scores(tmp_path: Path) -> None:
    """10,000 values of measures of every kind, and the scores made of them."""
    assert sum(scores_agree(seed, 25, tmp_path) for seed in range(8)) >= 10_000


@pytest.mark.parametrize(
    ("kind", "values"), [("min", [-5e12, 5e12]), ("max", [-5e12, 5e12]), ("latest", [-5e12, 5e12])]
)
def test_values_near_the_largest_that_are_counted(
    kind: str, values: list[float], tmp_path: Path
) -> None:
    """Values far apart can't be packed with others, and the smallest aren't taken for missing ones."""
    rows = [[who, dt.date(2024, 1, 1), value] for who, value in zip("ab", values, strict=True)]
    model = {
        "version": 1,
        "name": "far",
        "entity": {"name": "thing", "key": "who"},
        "sources": {"s": {"table": "facts", "key": "who", "time": "at"}},
        "inputs": {"x": {kind: "s.v"}},
        "dimensions": {"d": {"measures": {"m": {"count": "s", "bad": 0, "good": 1}}}},
    }
    path = write({"facts": table("who:text at:date v:number", *rows)}, tmp_path / "tables.duckdb")
    result = compute_file(read_model(model), path, [dt.date(2024, 7, 1)])
    assert result is not None
    assert result.scored.cells.values["x"].data.tolist() == values


@pytest.mark.parametrize(
    "formula",
    [
        "least(100, price * price)",
        "greatest(0, 100 - price * price + price * price)",
        "100 * (1 / (price * price) < 1)",
        "least(100, broken)",
        "greatest(0, least(100, twice))",
    ],
)
def test_no_points_from_an_overflow(formula: str, tmp_path: Path) -> None:
    """Each of these once gave 100 points, or 0."""
    model = {
        "version": 1,
        "name": "odd",
        "entity": {
            "name": "thing",
            "table": "things",
            "key": "who",
            "attributes": ["price", "broken"],
        },
        "inputs": {"twice": {"formula": "price * price"}},
        "dimensions": {"d": {"measures": {"m": {"formula": formula, "bad": 0, "good": 100}}}},
    }
    path = write(
        {"things": table("who:text price:number broken:number", ["a", 1e300, float("inf")])},
        tmp_path / "t.duckdb",
    )
    result = compute_file(read_model(model), path, [dt.date(2024, 7, 1)])
    assert result is not None
    assert np.isnan(result.scored.points["m"]).all()
    assert np.isnan(result.scored.score).all()
    assert result.scored.reason["m"].tolist() == [NOT_FINITE]
