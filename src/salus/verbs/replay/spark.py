"""Scores of one date or thousands on Spark: partials, kernel and history stay there, nothing but
counts comes back.
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
from salus.facts.build import from_the_first
from salus.facts.partials.arrays import to_array
from salus.facts.partials.partial import Array
from salus.facts.partials.requirements import PartialSpec, required_partials
from salus.facts.partials.rows import latest_by_known_day
from salus.facts.partials.spans import PartialSpan
from salus.facts.population import select_changes, select_current
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.origin import Origin
from salus.history.replays import BLOCK, DAYS
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.grid import Days
from salus.sources.spark import Spark
from salus.sources.spark_lock import claim_folder
from salus.sources.spark_session import ignore_warnings
from salus.verbs.replay.spark_long import CHANGES, TODAY, Layout, What, longed
from salus.verbs.replay.spark_partials import SparkShelf, asked_of, newest_of
from salus.verbs.replay.spark_task import BLOCK_OF, Task

BATCH = "200000"  # rows handed to Python at a time
ANY_SIZE = str(2**31 - 1)  # of a batch in bytes: Spark would check a limit with every row
BLOCKS = "200"  # files that a task writes at once, so that rows needn't be sorted by block


@dataclass(frozen=True)
class Partials:
    """Where Spark keeps partials: an address it can write to. Of a table with fewer than `least`
    rows nothing is kept.
    """

    root: str
    least: int = 0


def scored(model: Model, spark: Spark, days: Days, keep: Partials | None = None) -> Any:
    """A DataFrame with a row per entity and day, as history has it (history/row.py), and the block
    of days it belongs to.
    """
    days = np.unique(np.asarray(days, dtype=np.int32))
    frames = _frames(model, spark, days, keep)
    layouts = tuple(
        Layout.of(tag, what, frame.dtypes) for tag, (what, frame) in enumerate(frames.items())
    )
    newest = {
        name: _newest(model, spark, name, frames, days)
        for name in dict.fromkeys(what.source for what in frames if isinstance(what, PartialSpec))
    }
    task = Task(model, days, newest, layouts).telling_columns()
    long = longed(list(zip(layouts, frames.values(), strict=True)))
    spread = long.repartition(int(spark.session.conf.get("spark.sql.shuffle.partitions")), ENTITY)
    spark.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    spark.session.conf.set("spark.sql.execution.arrow.maxBytesPerBatch", ANY_SIZE)
    with ignore_warnings():
        return spread.sortWithinPartitions(ENTITY).mapInArrow(task, _schema(task))


def replay(
    model: Model, spark: Spark, days: Days, folder: str, keep: Partials | None = None
) -> tuple[int, ...]:
    """Keep the scores of these days under `folder`, which is of this model and state of the data;
    the days computed for it.

    Of a block of 30 days that misses one, all are written anew.
    """
    about = f"{folder}/{DAYS}"
    with claim_folder(spark.files, folder, "this replay"):
        there = frozenset(json.loads(spark.files.text(about) or "[]"))
        wanted_days = {int(day) for day in days}
        blocks = {day - day % BLOCK for day in wanted_days - there}
        missing = sorted(day for day in wanted_days | there if day - day % BLOCK in blocks)
        if missing:
            write(scored(model, spark, np.array(missing, dtype=np.int32), keep), folder)
            spark.files.overwrite(about, json.dumps(sorted(there | set(missing))))
    return tuple(missing)


def write(frame: Any, folder: str) -> None:
    """Keep scored rows as Parquet: a folder for each block of 30 days. Blocks that are there are
    written anew.
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
    except Exception as error:  # Spark's and Java's own trees of errors
        raise DataError(_told(error), "run `salus check`") from error


def _frames(model: Model, spark: Spark, days: Days, keep: Partials | None) -> dict[What, Any]:
    """The rows of every partial, and of the entities."""
    grid = required_grid(model, days)
    origins: dict[str, Origin] = {}
    frames: dict[What, Any] = {}
    for shape, need in required_partials(model).items():
        origin = origins.setdefault(shape.source, Origin.of(model, spark, shape.source))
        asked = PartialSpan.of(model, need, grid)
        shelf = None if keep is None else SparkShelf.of(spark, keep.root, origin, need)
        if (
            keep is not None
            and shelf is not None
            and (shelf.there or keep.least == 0 or origin.size >= keep.least)
        ):
            frames[shape] = shelf.rows(asked)
        else:
            frames[shape] = asked_of(origin, need, asked, spark)
    if model.entity.table is not None:
        frames[TODAY] = spark.frame(select_current(model, spark))
        then = select_changes(model, spark, int(days[-1]))
        if then is not None:
            frames[CHANGES] = spark.frame(then)
    return frames


def _newest(
    model: Model, spark: Spark, name: str, frames: Mapping[What, Any], days: Days
) -> tuple[Array, Array]:
    """Of a whole source: the days on which something became known, and the newest day begun that
    was known then.
    """
    asked = PartialSpan.of(model, None, required_grid(model, days))
    shape = PartialSpec(name, "newest")
    frame, begun = (
        (frames[shape], "c0") if shape in frames else (frames[PartialSpec(name, "daily")], BEGUN)
    )
    found = latest_by_known_day(newest_of(frame, begun).toArrow(), begun)
    if not len(found) or pc.min(found[KNOWN]).as_py() >= asked.earliest:
        found = latest_by_known_day(from_the_first(Origin.of(model, spark, name), asked), "c0")
    return to_array(KNOWN, found[KNOWN]), to_array("begun", found["newest"])


def _schema(task: Task) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    assert task.schema is not None
    return from_arrow_schema(task.schema, prefer_timestamp_ntz=True)


def _told(error: Exception) -> str:
    """What a worker said, without its stack and Spark's."""
    said = re.findall(r"^(?:\w+\.)+(?:DataError|MemoryError): (.*)$", str(error), re.MULTILINE)
    return said[-1] if said else f"Spark failed: {str(error).strip().splitlines()[0]}"
