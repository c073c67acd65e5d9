"""Spark as Salus starts it: one for all tests, on one worker (`xdist_group`)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from salus.sources.spark import Spark
from tests.engine.product import to_arrow
from tests.oracle.table import Table

MASTER = "spark:local[2]"
#: For tiny tables: what Spark does for large ones would take most of the time. Results don't depend
#: on these settings.
SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}
Open = Callable[[dict[str, Table]], Spark]


@pytest.fixture(scope="session")
def spark() -> None:
    """Skips where Spark can't run; else starts it with settings for small tables."""
    pytest.importorskip("pyspark", reason="the extra `spark` isn't installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none on the path")
    Spark(MASTER, conf=SMALL).close()


@pytest.fixture
def spark_of(spark: None, tmp_path: Path) -> Iterator[Open]:
    """Write tables as Parquet that Spark reads."""
    opened: list[Spark] = []

    def open_tables(tables: dict[str, Table]) -> Spark:
        folder = tmp_path / f"tables{len(opened)}"
        folder.mkdir()
        for name, table in tables.items():
            pq.write_table(to_arrow(table), folder / f"{name}.parquet")
        opened.append(Spark(MASTER, str(folder), SMALL))
        return opened[-1]

    yield open_tables
    for connection in opened:
        connection.close()
