"""Random worlds on Spark: equal to DuckDB to the last bit, and equal to the oracle."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.engine.bytes import table_bytes
from tests.engine.compare import differences
from tests.engine.one_day import other_than_grouped
from tests.engine.product import compute, compute_file, read_model, write
from tests.engine.worlds import world
from tests.oracle.scoring import Scoring
from tests.spark.aspects import aspects, covering, of
from tests.spark.conftest import Open

pytestmark = pytest.mark.xdist_group("spark")
SEEDS = covering(range(200, 260))
KINDS = {
    "count",
    "count_distinct",
    "sum",
    "mean",
    "median",
    "min",
    "max",
    "latest",
    "share",
    "trend",
    "active_days",
    "days_since",
    "median_gap",
    "oldest_open",
    "value",
    "formula",
}


def test_every_kind_and_shape_is_looked_at() -> None:
    covered = {aspect for seed in SEEDS for aspect in aspects(of(seed))}
    assert {aspect[1] for aspect in covered if aspect[0] == "kind"} == KINDS
    assert {aspect[1] for aspect in covered if aspect[0] == "shape"} == {
        "ever",
        "daily",
        "until",
        "newest",
        "keys",
        "rows",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world(seed: int, spark_of: Open, tmp_path: Path) -> None:
    case = world(Random(seed), 25)
    model = read_model(case.model, case.holidays)
    place = spark_of(case.tables)
    result = compute(model, place, case.dates)
    assert other_than_grouped(model, place, case.dates[:1])[0] == []
    expected = Scoring(case.model, case.tables, frozenset(case.holidays)).cells(case.dates)
    assert differences(result, expected) == []
    here = compute_file(model, write(case.tables, tmp_path / "tables.duckdb"), case.dates)
    assert (result is None) == (here is None)  # no entity exists on any of the dates
    assert result is None or here is None or table_bytes(result.table) == table_bytes(here.table)
