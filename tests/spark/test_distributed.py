"""Scores computed by Spark's workers equal, to the last bit, those that one process computes from
DuckDB.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from salus.errors import DataError
from salus.facts.build import load_facts
from salus.facts.partials.requirements import required_partials
from salus.history.row import to_table
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.day import day_number
from salus.scoring.timeline import score_dates
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.spark_lock import claim_folder, process_scope
from salus.verbs.replay import spark_task
from salus.verbs.replay.spark import PartialsFolder, build_scores, replay_on_workers
from salus.verbs.replay.spark_task import BLOCK_OF, cut_between_entities
from tests.engine import product
from tests.engine.product import read_model
from tests.engine.worlds import World, world
from tests.oracle.table import Table
from tests.spark.aspects import aspects, of
from tests.spark.conftest import Open

pytestmark = pytest.mark.xdist_group("spark")
FEW = [
    seed for seed in range(200, 260) if len(required_partials(of(seed))) <= 6
]  # partials: each takes a few jobs of Spark
FULL = max(
    (seed for seed in FEW if of(seed).entity.table is not None),
    key=lambda seed: len(set(aspects(of(seed)))),
)
PLAIN = min(
    (seed for seed in range(200, 300) if of(seed).entity.table is None),
    key=lambda seed: len(required_partials(of(seed))),
)


FIELDS = next(
    seed for seed in FEW if ("fields", True, True) in aspects(of(seed))
)  # a history of fields with old values


def here(model: Model, tables: dict[str, Table], days: Any, folder: Path) -> pa.Table:
    connection = DuckDBFile(product.write(tables, folder / "tables.duckdb"))
    try:
        known = load_facts(model, connection, required_grid(model, days))
    finally:
        connection.close()
    return sort_rows(
        [to_table(part, known.attributes.ids) for part in score_dates(model, known, days)]
    )


def sort_rows(tables: list[pa.Table]) -> pa.Table:
    """Rows by entity and day, words as words."""
    whole = pa.concat_tables(tables, promote_options="permissive")
    plain = {
        name: whole[name].cast(pa.string())
        if pa.types.is_dictionary(whole[name].type)
        else whole[name]
        for name in whole.column_names
    }
    return pa.table(plain).sort_by([("entity", "ascending"), ("as_of", "ascending")])


def differing(remote: pa.Table, local: pa.Table) -> list[str]:
    """The columns with a value that isn't the same to the last bit."""
    assert remote.column_names == local.column_names and len(remote) == len(local)
    return [
        name for name in local.column_names if remote[name].to_pylist() != local[name].to_pylist()
    ]


def days_of(case: World) -> Any:
    return np.array([day_number(date) for date in case.dates], dtype=np.int32)


@pytest.mark.parametrize("seed", dict.fromkeys([FULL, FIELDS]))
def test_a_world(seed: int, spark_of: Open, tmp_path: Path) -> None:
    """Some days, from partials that are kept meanwhile; then one of the days, from these partials."""
    case = world(Random(seed), 20)
    model, days = read_model(case.model, case.holidays), days_of(case)
    spark, keep = spark_of(case.tables), PartialsFolder(str(tmp_path / "kept"))
    local = here(model, case.tables, days, tmp_path)
    assert (
        differing(
            sort_rows([build_scores(model, spark, days, keep).drop(BLOCK_OF).toArrow()]), local
        )
        == []
    )
    last = local.filter(pa.compute.equal(local["as_of"].cast(pa.int32()), int(days[-1])))
    assert (
        differing(
            sort_rows([build_scores(model, spark, days[-1:], keep).drop(BLOCK_OF).toArrow()]), last
        )
        == []
    )


def test_a_replay_goes_on_where_it_was(spark_of: Open, tmp_path: Path) -> None:
    """Entities without a table; blocks of 30 days that any reader of Parquet can read. If a block
    lacks a day, all its days are written again.
    """
    case = world(Random(PLAIN), 10)
    model, days = read_model(case.model, case.holidays), days_of(case)
    days = np.unique(np.concatenate([days, days - 200]))
    spark, local = spark_of(case.tables), here(model, case.tables, days, tmp_path)
    folder = str(tmp_path / "replay")
    assert set(replay_on_workers(model, spark, days[:-1], folder)) == set(days[:-1].tolist())
    assert days[-1] in replay_on_workers(model, spark, days, folder)
    assert replay_on_workers(model, spark, days[1:], folder) == ()
    kept = ds.dataset(folder, partitioning="hive").to_table()
    assert differing(sort_rows([kept.drop_columns([BLOCK_OF])]), local) == []


def test_of_two_at_once_one_writes_and_the_other_is_refused(spark_of: Open, tmp_path: Path) -> None:
    """Three times, with kept facts and history of both. Afterwards there is one whole result and no
    leftover.
    """
    case = world(Random(PLAIN), 10)
    model, days = read_model(case.model, case.holidays), days_of(case)
    spark, local = spark_of(case.tables), here(model, case.tables, days, tmp_path)
    for number in range(3):
        keep, folders = (
            PartialsFolder(str(tmp_path / f"kept-{number}")),
            [str(tmp_path / f"replay-{number}"), str(tmp_path / f"other-{number}")],
        )
        with ThreadPoolExecutor(3) as pool:
            runs = [
                pool.submit(replay_on_workers, model, spark, days, folder, keep)
                for folder in (*folders, folders[0])
            ]
        errors = [run.exception() for run in runs]
        assert None in errors
        assert all(
            isinstance(error, DataError) and "another run is writing" in str(error)
            for error in errors
            if error is not None
        ), errors
        for folder in folders:
            replay_on_workers(model, spark, days, folder, keep)
            assert (
                differing(
                    sort_rows(
                        [
                            ds.dataset(folder, partitioning="hive")
                            .to_table()
                            .drop_columns([BLOCK_OF])
                        ]
                    ),
                    local,
                )
                == []
            )
        assert not [
            path for path in tmp_path.rglob("_*") if path.name.startswith(("_claim", "_making"))
        ]


def test_the_claim_of_a_run_that_was_ended_here_is_taken_over(
    spark_of: Open, tmp_path: Path
) -> None:
    files, folder = spark_of({}).files, tmp_path / "folder"
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    folder.mkdir()
    container = process_scope()
    for machine, process, free in (
        (container, int(gone.stdout), True),
        (container, os.getpid(), False),
        (f"{socket.gethostname()}/elsewhere", int(gone.stdout), False),
        ("elsewhere", int(gone.stdout), False),
    ):
        (folder / "_claim").write_text(f"{machine} {process}", encoding="utf-8")
        if free:
            with claim_folder(files, str(folder), "it"):
                assert (folder / "_claim").read_text(
                    encoding="utf-8"
                ) == f"{process_scope()} {os.getpid()}"
            assert not (folder / "_claim").exists()
        else:
            with (
                pytest.raises(
                    DataError, match=re.escape(f"another run is writing it ({machine} {process})")
                ),
                claim_folder(files, str(folder), "it"),
            ):
                pass
            (folder / "_claim").unlink()


def test_two_rows_for_one_key(spark_of: Open, tmp_path: Path) -> None:
    """A worker's refusal has the same message as everywhere else."""
    case = next(
        candidate
        for candidate in (world(Random(seed), 5) for seed in range(300, 400))
        if "table" in candidate.model["entity"]
    )
    table = case.tables[case.model["entity"]["table"]]
    table.rows.append(table.rows[0])
    with pytest.raises(DataError, match="more than one row for"):
        replay_on_workers(
            read_model(case.model),
            spark_of(case.tables),
            days_of(case),
            str(tmp_path / "replay"),
        )


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_batches_never_cut_an_entity(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_task, "MOST", 4)
    keys = [f"{number:02}" for number in range(9) for _ in range(number % 4 + 1)]

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(keys), size):
            yield pa.RecordBatch.from_pydict({"salus_entity": keys[start : start + size]})

    portions = [table["salus_entity"].to_pylist() for table in cut_between_entities(batches())]
    assert [key for portion in portions for key in portion] == keys
    assert all(not set(a) & set(b) for a, b in zip(portions, portions[1:], strict=False))
    assert all(portions)
