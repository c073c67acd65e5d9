"""Partials that Spark keeps for itself: a folder of Parquet for each month of the day on which
facts became known.

    <root>/<source>/<definition>/<identity>/2025-01-01.parquet/part-….parquet

Names and meaning are those of facts/cache/partitions.py. A folder gets its name once all of it is
written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salus.facts.cache.partitions import (
    DAY,
    Partition,
    parse_partition,
    plan_partitions,
    source_folder,
)
from salus.facts.partials.requirements import PartialColumns
from salus.facts.partials.spans import PartialSpan
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.query import PIECE
from salus.facts.sql.relation import Span
from salus.sources.spark import Spark
from salus.sources.spark_files import MAKING, SparkFiles
from salus.sources.spark_lock import claim_folder

STRETCH = "salus_stretch"


@dataclass(frozen=True)
class SparkShelf:
    """The folder of one partial in one state of its data."""

    spark: Spark
    folder: str
    origin: Origin
    need: PartialColumns

    @classmethod
    def of(cls, spark: Spark, root: str, origin: Origin, need: PartialColumns) -> SparkShelf:
        folder = f"{root}/{source_folder(need.shape.source)}/{need.shape.mode}-{origin.definition(need)}/{origin.identity}"
        return cls(spark, folder, origin, need)

    @property
    def _files(self) -> SparkFiles:
        return self.spark.files

    @property
    def there(self) -> list[Partition]:
        """The stretches that are kept, the latest first."""
        return [
            one
            for one in map(parse_partition, sorted(self._files.names(self.folder), reverse=True))
            if one is not None
        ]

    def rows(self, asked: PartialSpan) -> Any:
        """A DataFrame of all that is asked for; what is missing is made."""
        there = self.there
        needed = plan_partitions(asked, there)
        if any(one not in there for one in needed):
            with claim_folder(
                self._files, self.folder, f"the kept facts of source {self.need.shape.source}"
            ):
                there = self.there
                needed = plan_partitions(asked, there)
                self._make([one for one in needed if one not in there])
                self._tidy()
        return within(self._read(needed), asked)

    def _make(self, missing: Sequence[Partition]) -> None:
        for one in missing:
            if one.since is None:
                frame = self.spark.frame(
                    self.origin.select(self.need, Span(None, one.stop), one.stop - DAY)
                )
                self._write(frame, [one])
        months = [one for one in missing if one.since is not None]
        if months:
            self._write(self._by_stretch(months), months)

    def _tidy(self) -> None:
        """Remove what belongs to states of the data that are gone."""
        definition, state = self.folder.rsplit("/", 1)
        for other in self._files.names(definition):
            if other != state:
                self._files.remove(f"{definition}/{other}")

    def _by_stretch(self, months: Sequence[Partition]) -> Any:
        """The rows of these months, and the stretch that each belongs to."""
        from pyspark.sql import functions as f

        cuts = sorted(
            {day for month in months for day in (month.since, month.stop) if day is not None}
            - {months[0].since}
        )
        span = Span(None, months[-1].stop, months[0].since)
        frame = self.spark.frame(self.origin.select(self.need, span, None, cuts))
        first = f.lit(months[0].since)
        if PIECE in frame.columns:
            starts = f.array(first, *(f.lit(day) for day in cuts))
            stretch = f.get(starts, f.col(PIECE))
        else:
            stretch = f.greatest(f.trunc(KNOWN if KNOWN in frame.columns else MONTH, "MM"), first)
        frame = frame.drop(PIECE).withColumn(STRETCH, stretch)
        return frame.where(f.col(STRETCH).isin([month.since for month in months]))

    def _write(self, frame: Any, several: Sequence[Partition]) -> None:
        """Write the rows beside the folder, then give each stretch its name."""
        making = f"{self.folder}/{MAKING}-{several[0].file}"
        self._files.remove(making)
        if several[0].since is None:
            frame.sortWithinPartitions(ENTITY).write.parquet(making)
            self._files.move(making, f"{self.folder}/{several[0].file}")
            return
        frame.sortWithinPartitions(STRETCH, ENTITY).write.partitionBy(STRETCH).parquet(making)
        there = set(self._files.names(making))
        for one in several:
            made = f"{STRETCH}={one.since}"
            if made not in there:  # nothing became known then
                self._files.make(f"{making}/{made}")
            self._files.move(f"{making}/{made}", f"{self.folder}/{one.file}")
        self._files.remove(making)

    def _read(self, needed: Sequence[Partition]) -> Any:
        """All stretches; one that no fact became known in is an empty folder, which Spark can't
        read.
        """
        places = [f"{self.folder}/{one.file}" for one in needed]
        full = [
            place
            for place in places
            if any(name.endswith(".parquet") for name in self._files.names(place))
        ]
        schema = self._schema()
        return (
            self.spark.session.read.schema(schema).parquet(*full)
            if full
            else self.spark.session.createDataFrame([], schema)
        )

    def _schema(self) -> Any:
        day = date(2000, 1, 1)  # any
        return self.spark.frame(self.origin.select(self.need, Span(None, day), None)).schema


def within(frame: Any, asked: PartialSpan) -> Any:
    """Only the rows that a query for these dates would have found."""
    from pyspark.sql import functions as f

    if MONTH in frame.columns:
        return frame  # days are told apart when they are read (facts/partials/months.py)
    frame = frame.where(f.col(KNOWN if KNOWN in frame.columns else BEGUN) < f.lit(asked.last))
    if asked.first is not None and BEGUN in frame.columns:
        frame = frame.where(f.col(BEGUN) >= f.lit(asked.first))
    return frame


def asked_of(origin: Origin, need: PartialColumns, asked: PartialSpan, spark: Spark) -> Any:
    """The rows that are asked for, straight from the source."""
    return spark.frame(origin.select(need, Span(asked.first, asked.last), asked.clamp))


def newest_of(frame: Any, begun: str) -> Any:
    """Of each day known the greatest day of column `begun`: as many rows as there are days."""
    from pyspark.sql import functions as f

    return frame.groupBy(KNOWN).agg(f.max(begun).alias(begun))
