"""Numbers that aren't finite, too large or too small mean the same on Spark as elsewhere."""

from __future__ import annotations

from random import Random

import pytest

from tests.engine.odd import odd_rows
from tests.engine.odd_checks import expressions_agree
from tests.spark.conftest import Open

pytestmark = pytest.mark.xdist_group("spark")


def test_odd_values(spark_of: Open) -> None:
    rows = odd_rows(Random(7), 40)
    for row in rows.rows:  # Spark reads Parquet's days before 1582 in another calendar
        row["day"] = row["day"] if row["day"] is not None and row["day"].year >= 1900 else None
    assert (
        sum(expressions_agree(seed, rows, 25, [spark_of({"odd": rows})]) for seed in range(2))
        == 2_000
    )
