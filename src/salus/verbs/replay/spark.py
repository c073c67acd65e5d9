"""Scores of one date or thousands on Spark. Partials, kernel and history stay there; only counts
come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from salus.errors import DataError
from salus.facts.build import load_newest_since_start
from salus.facts.partials.arrays import to_array
from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.partial import Array
from salus.facts.partials.requirements import PartialSpec, required_partials
from salus.facts.partials.rows import latest_by_known_day
from salus.facts.population import select_changes, select_current
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.contract_rows import select_contracts
from salus.facts.sql.origin import Origin
from salus.facts.sql.rate_rows import select_rates
from salus.history.replays import BLOCK, DAYS
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.grid import Days
from salus.sources.spark import Spark
from salus.sources.spark_lock import claim_folder
from salus.sources.spark_session import ignore_warnings
from salus.verbs.replay.spark_partials import SparkPartitionStore, newest_by_known_day, query_span
from salus.verbs.replay.spark_task import BLOCK_OF, ScoringTask
from salus.verbs.replay.stacked_tables import (
    CHANGES,
    CONTRACTS,
    TODAY,
    TableKey,
    TableLayout,
    stack_frames,
)

BATCH = "200000"  # rows passed to Python at a time
ANY_SIZE = str(2**31 - 1)  # of a batch in bytes, since Spark checks a smaller limit for every row
BLOCKS = "200"  # files that a task writes at the same time, so that rows needn't be sorted by block


@dataclass(frozen=True)
class PartialsFolder:
    """Where Spark keeps partials: an address it can write to. Of a table with fewer than `least`
    rows nothing is kept.
    """

    root: str
    least: int = 0


def build_scores(model: Model, spark: Spark, days: Days, keep: PartialsFolder | None = None) -> Any:
    """A DataFrame with a row per entity and day, with the columns of history (history/row.py), and
    the block of days it belongs to.
    """
    days = np.unique(np.asarray(days, dtype=np.int32))
    frames = _frames(model, spark, days, keep)
    layouts = tuple(
        TableLayout.of(tag, key, frame.dtypes) for tag, (key, frame) in enumerate(frames.items())
    )
    newest = {
        name: _newest(model, spark, name, frames, days)
        for name in dict.fromkeys(key.source for key in frames if isinstance(key, PartialSpec))
    }
    rates = select_rates(model, spark)
    task = ScoringTask(
        model, days, newest, layouts, rates=None if rates is None else spark.query(rates)
    ).with_schema()
    long = stack_frames(list(zip(layouts, frames.values(), strict=True)))
    spread = long.repartition(int(spark.session.conf.get("spark.sql.shuffle.partitions")), ENTITY)
    spark.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    spark.session.conf.set("spark.sql.execution.arrow.maxBytesPerBatch", ANY_SIZE)
    with ignore_warnings():
        return spread.sortWithinPartitions(ENTITY).mapInArrow(task, _schema(task))


def replay_on_workers(
    model: Model, spark: Spark, days: Days, folder: str, keep: PartialsFolder | None = None
) -> tuple[int, ...]:
    """Keep the scores of these days under `folder`, which belongs to this model and state of the
    data. Returns the days that were computed.

    If a block of 30 days lacks one of them, all its days are written again.
    """
    days_file = f"{folder}/{DAYS}"
    with claim_folder(spark.files, folder, "this replay"):
        kept = frozenset(json.loads(spark.files.text(days_file) or "[]"))
        requested = {int(day) for day in days}
        blocks = {day - day % BLOCK for day in requested - kept}
        missing = sorted(day for day in requested | kept if day - day % BLOCK in blocks)
        if missing:
            write(build_scores(model, spark, np.array(missing, dtype=np.int32), keep), folder)
            spark.files.overwrite(days_file, json.dumps(sorted(kept | set(missing))))
    return tuple(missing)


def write(frame: Any, folder: str) -> None:
    """Keep scored rows as Parquet: a folder for each block of 30 days. Existing blocks are written
    again.
    """
    writer = (
        frame.write.mode("overwrite")
        .partitionBy(BLOCK_OF)
        .option("partitionOverwriteMode", "dynamic")
    )
    session = frame.sparkSession
    session.conf.set("spark.sql.maxConcurrentOutputFileWriters", BLOCKS)
    try:
        writer.parquet(folder)
    except Exception as error:  # Spark and Java raise many kinds of errors
        raise DataError(_message_of(error), "run `salus check`") from error


def _frames(
    model: Model, spark: Spark, days: Days, keep: PartialsFolder | None
) -> dict[TableKey, Any]:
    """The rows of every partial, and of the entities."""
    grid = required_grid(model, days)
    origins: dict[str, Origin] = {}
    frames: dict[TableKey, Any] = {}
    for spec, need in required_partials(model).items():
        origin = origins.setdefault(spec.source, Origin.of(model, spark, spec.source))
        span = PartialSpan.of(model, need, grid)
        store = None if keep is None else SparkPartitionStore.of(spark, keep.root, origin, need)
        if (
            keep is not None
            and store is not None
            and (store.kept or keep.least == 0 or origin.size >= keep.least)
        ):
            frames[spec] = store.rows(span)
        else:
            frames[spec] = query_span(origin, need, span, spark)
    if model.entity.table is not None:
        frames[TODAY] = spark.frame(select_current(model, spark))
        changes = select_changes(model, spark, int(days[-1]))
        if changes is not None:
            frames[CHANGES] = spark.frame(changes)
        contracts = select_contracts(model, spark)
        if contracts is not None:
            frames[CONTRACTS] = spark.frame(contracts)
    return frames


def _newest(
    model: Model, spark: Spark, name: str, frames: Mapping[TableKey, Any], days: Days
) -> tuple[Array, Array]:
    """For a whole source: the days on which something became known, and the newest day begun that
    was known on each.
    """
    span = PartialSpan.of(model, None, required_grid(model, days))
    spec = PartialSpec(name, "newest")
    frame, begun = (
        (frames[spec], "c0") if spec in frames else (frames[PartialSpec(name, "daily")], BEGUN)
    )
    latest = latest_by_known_day(newest_by_known_day(frame, begun).toArrow(), begun)
    if not len(latest) or pc.min(latest[KNOWN]).as_py() >= span.earliest:
        latest = latest_by_known_day(
            load_newest_since_start(Origin.of(model, spark, name), span), "c0"
        )
    return to_array(KNOWN, latest[KNOWN]), to_array("begun", latest["newest"])


def _schema(task: ScoringTask) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    assert task.schema is not None
    return from_arrow_schema(task.schema, prefer_timestamp_ntz=True)


def _message_of(error: Exception) -> str:
    """The error of a worker, without the stack traces of Python and Spark."""
    messages = re.findall(r"^(?:\w+\.)+(?:DataError|MemoryError): (.*)$", str(error), re.MULTILINE)
    return messages[-1] if messages else f"Spark failed: {str(error).strip().splitlines()[0]}"
