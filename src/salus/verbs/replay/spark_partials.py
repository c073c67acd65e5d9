"""Partials that Spark keeps for itself: a folder of Parquet for each month of the day on which
facts became known.

    <root>/<source>/<definition>/<identity>/2025-01-01.parquet/part-….parquet

Names have the same meaning as in facts/cache/partition.py. A folder gets its name after all of it
is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salus.facts.cache.partition import Partition, parse_partition, source_folder
from salus.facts.cache.partition_plan import plan_partitions
from salus.facts.cache.partitions import DAY
from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.requirements import PartialColumns
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.query import CUT
from salus.facts.sql.relation import Span
from salus.sources.spark import Spark
from salus.sources.spark_files import MAKING, SparkFiles
from salus.sources.spark_lock import claim_folder

PARTITION = "salus_stretch"


@dataclass(frozen=True)
class SparkPartitionStore:
    """The folder of one partial in one state of its data."""

    spark: Spark
    folder: str
    origin: Origin
    need: PartialColumns

    @classmethod
    def of(
        cls, spark: Spark, root: str, origin: Origin, need: PartialColumns
    ) -> SparkPartitionStore:
        folder = f"{root}/{source_folder(need.spec.source)}/{need.spec.mode}-{origin.definition(need)}/{origin.identity}"
        return cls(spark, folder, origin, need)

    @property
    def _files(self) -> SparkFiles:
        return self.spark.files

    @property
    def kept(self) -> list[Partition]:
        """The partitions that are kept, the latest first."""
        return [
            partition
            for partition in map(
                parse_partition, sorted(self._files.names(self.folder), reverse=True)
            )
            if partition is not None
        ]

    def rows(self, span: PartialSpan) -> Any:
        """A DataFrame with the rows of a span. Missing partitions are built."""
        kept = self.kept
        needed = plan_partitions(span, kept)
        if any(partition not in kept for partition in needed):
            with claim_folder(
                self._files, self.folder, f"the kept facts of source {self.need.spec.source}"
            ):
                kept = self.kept
                needed = plan_partitions(span, kept)
                self._make([each for each in needed if each not in kept])
                self._tidy()
        return select_span(self._read(needed), span)

    def _make(self, missing: Sequence[Partition]) -> None:
        for each in missing:
            if each.since is None:
                frame = self.spark.frame(
                    self.origin.select(self.need, Span(None, each.stop), each.stop - DAY)
                )
                self._write(frame, [each])
        months = [each for each in missing if each.since is not None]
        if months:
            self._write(self._with_partition(months), months)

    def _tidy(self) -> None:
        """Remove the partitions of earlier states of the data."""
        definition, state = self.folder.rsplit("/", 1)
        for other in self._files.names(definition):
            if other != state:
                self._files.remove(f"{definition}/{other}")

    def _with_partition(self, months: Sequence[Partition]) -> Any:
        """The rows of these months, each with the first day of its partition."""
        from pyspark.sql import functions as f

        cuts = sorted(
            {day for month in months for day in (month.since, month.stop) if day is not None}
            - {months[0].since}
        )
        span = Span(None, months[-1].stop, months[0].since)
        frame = self.spark.frame(self.origin.select(self.need, span, None, cuts))
        first = f.lit(months[0].since)
        if CUT in frame.columns:
            starts = f.array(first, *(f.lit(day) for day in cuts))
            partition = f.get(starts, f.col(CUT))
        else:
            partition = f.greatest(f.trunc(KNOWN if KNOWN in frame.columns else MONTH, "MM"), first)
        frame = frame.drop(CUT).withColumn(PARTITION, partition)
        return frame.where(f.col(PARTITION).isin([month.since for month in months]))

    def _write(self, frame: Any, partitions: Sequence[Partition]) -> None:
        """Write the rows beside the folder, then give each partition its name."""
        draft = f"{self.folder}/{MAKING}-{partitions[0].file}"
        self._files.remove(draft)
        if partitions[0].since is None:
            frame.sortWithinPartitions(ENTITY).write.parquet(draft)
            self._files.move(draft, f"{self.folder}/{partitions[0].file}")
            return
        frame.sortWithinPartitions(PARTITION, ENTITY).write.partitionBy(PARTITION).parquet(draft)
        written = set(self._files.names(draft))
        for partition in partitions:
            made = f"{PARTITION}={partition.since}"
            if made not in written:  # a month without facts
                self._files.make(f"{draft}/{made}")
            self._files.move(f"{draft}/{made}", f"{self.folder}/{partition.file}")
        self._files.remove(draft)

    def _read(self, needed: Sequence[Partition]) -> Any:
        """All partitions. A month without facts is an empty folder, which Spark can't read."""
        folders = [f"{self.folder}/{partition.file}" for partition in needed]
        with_rows = [
            folder
            for folder in folders
            if any(name.endswith(".parquet") for name in self._files.names(folder))
        ]
        schema = self._schema()
        return (
            self.spark.session.read.schema(schema).parquet(*with_rows)
            if with_rows
            else self.spark.session.createDataFrame([], schema)
        )

    def _schema(self) -> Any:
        day = date(2000, 1, 1)  # any day: only the columns matter
        return self.spark.frame(self.origin.select(self.need, Span(None, day), None)).schema


def select_span(frame: Any, span: PartialSpan) -> Any:
    """Only the rows that a query for this span would return."""
    from pyspark.sql import functions as f

    if MONTH in frame.columns:
        return frame  # days are selected when they are read (facts/partials/months.py)
    frame = frame.where(f.col(KNOWN if KNOWN in frame.columns else BEGUN) < f.lit(span.last))
    if span.first is not None and BEGUN in frame.columns:
        frame = frame.where(f.col(BEGUN) >= f.lit(span.first))
    return frame


def query_span(origin: Origin, need: PartialColumns, span: PartialSpan, spark: Spark) -> Any:
    """The rows of a span, straight from the source."""
    return spark.frame(origin.select(need, Span(span.first, span.last), span.clamp))


def newest_by_known_day(frame: Any, begun: str) -> Any:
    """The greatest day in column `begun` for each day known: one row per day."""
    from pyspark.sql import functions as f

    return frame.groupBy(KNOWN).agg(f.max(begun).alias(begun))
