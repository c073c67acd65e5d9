"""Keys through links on Spark: the functions of keys, and the entity of each row."""

from __future__ import annotations

import pytest

from tests.engine.compare import differences
from tests.engine.product import compute, read_model
from tests.links.test_functions import functions_agree, names
from tests.links.test_lookups import LOOKED_UP, agree
from tests.links.test_worlds import DATES, STATES, expected_cells, rows_agree
from tests.links.worlds import MODEL, world
from tests.spark.conftest import Open
from tests.sql import test_time_forms as time_forms

pytestmark = pytest.mark.xdist_group("spark")


def test_functions(spark_of: Open) -> None:
    table = names()
    functions_agree(spark_of({"names": table}), table)


def test_rows(spark_of: Open) -> None:
    tables = world(3, 2_000)
    assert rows_agree(spark_of(tables), read_model(MODEL), tables) == set(STATES.values())


def test_scores_equal_those_of_tables_joined_beforehand(spark_of: Open) -> None:
    tables = world(30, 150)
    result = compute(read_model(MODEL), spark_of(tables), DATES)
    assert differences(result, expected_cells(tables)) == []


def test_lookups_through_links(spark_of: Open) -> None:
    tables = world(31, 150)
    agree(compute(read_model(LOOKED_UP), spark_of(tables), DATES), tables)


def test_times_in_texts_and_numbers(spark_of: Open) -> None:
    data, expected = time_forms.tables(3)
    time_forms.times_agree(spark_of(data), expected)
