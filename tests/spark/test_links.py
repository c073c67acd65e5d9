"""Keys through links on Spark: the functions of keys, and the entity of each row."""

from __future__ import annotations

import pytest

from tests.engine.product import read_model
from tests.links.test_functions import functions_agree, names
from tests.links.test_worlds import STATES, rows_agree
from tests.links.worlds import MODEL, world
from tests.spark.conftest import Open

pytestmark = pytest.mark.xdist_group("spark")


def test_functions(spark_of: Open) -> None:
    table = names()
    functions_agree(spark_of({"names": table}), table)


def test_rows(spark_of: Open) -> None:
    tables = world(3, 2_000)
    assert rows_agree(spark_of(tables), read_model(MODEL), tables) == set(STATES.values())
