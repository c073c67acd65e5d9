"""Facts of Spark's tables that are kept on this machine: right after every change, and only changes
are read again.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.facts.build import load_facts
from salus.facts.cache.partial_cache import PartialCache
from salus.facts.partials.requirements import required_partials
from salus.history.row import to_table
from salus.kernel.cells import required_grid
from salus.periods.day import day_number
from salus.scoring.timeline import score_all
from salus.sources.spark import Spark
from tests.engine import product
from tests.engine.bytes import table_bytes
from tests.engine.product import read_model, to_arrow
from tests.engine.worlds import World, world
from tests.spark.aspects import of
from tests.spark.conftest import MASTER, SMALL

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]
SEED = min(
    (
        seed
        for seed in range(200, 300)
        if of(seed).entity.table is not None and len(of(seed).sources) == 2
    ),
    key=lambda seed: len(required_partials(of(seed))),
)


def parts(case: World, folder: Path, share: float) -> Path:
    """The tables as folders of two files; of the last rows of the second file only a share exists
    yet.
    """
    for name, table in case.tables.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        rows = to_arrow(table)
        half = len(rows) // 2
        stop = len(rows) if name.startswith("things") else half + int((len(rows) - half) * share)
        for number, part in enumerate((rows[:half], rows[half:stop])):
            path = folder / name / f"{number}.parquet"
            if not path.exists() or len(part) != pq.ParquetFile(path).metadata.num_rows:
                pq.write_table(part, path)
    return folder


def test_kept_facts_follow_the_files(tmp_path: Path) -> None:
    case = world(Random(SEED), 20)
    model = read_model(case.model, case.holidays)
    days = np.array([day_number(date) for date in case.dates], dtype=np.int32)
    for share in (0.5, 1.0, 1.0):
        spark = Spark(MASTER, str(parts(case, tmp_path / "tables", share)), SMALL)
        known = load_facts(
            model, spark, required_grid(model, days), PartialCache(tmp_path / "partials")
        )
        spark.close()
    scored = score_all(model, known, days)
    here = product.compute_file(
        model, product.write(case.tables, tmp_path / "tables.duckdb"), case.dates
    )
    assert scored is not None and here is not None
    assert table_bytes(to_table(scored, known.attributes.ids)) == table_bytes(here.table)
