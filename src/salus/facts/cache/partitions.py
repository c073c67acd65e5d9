"""The files of one partial in one state of its data: finding, building and reading them."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import DamagedFileWarning, DataError
from salus.facts.cache.checksums import Checksums
from salus.facts.cache.partial_file import PartialFile, sort_rows, write_partial
from salus.facts.cache.partition import Partition, group_partitions
from salus.facts.cache.partition_plan import MOST, batch_months, plan_partitions
from salus.facts.partials.day_ranges import PartialSpan, month_of
from salus.facts.partials.dictionary_encoding import unify_encoding
from salus.facts.partials.requirements import PartialColumns
from salus.facts.partials.rows import latest_by_known_day
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.query import CUT
from salus.facts.sql.relation import Span

AT_ONCE = 4  # months built by one query: few enough for the memory
AGAIN = 0.2  # the share of files that a second query may read again
DAY = dt.timedelta(days=1)


class ChecksumSource(Protocol):
    """Where the checksums of a source are kept."""

    def load(self, since: dt.date | None) -> Checksums:
        """The checksums for the days known from `since` on (None: all)."""
        ...


@dataclass(frozen=True)
class PartitionStore:
    """The folder of these files."""

    folder: Path
    origin: Origin
    need: PartialColumns
    log: ChecksumSource
    notes: list[str]

    def fill(self, span: PartialSpan) -> list[Partition]:
        """The partitions that together hold the facts of a span. Missing files are built."""
        needed = plan_partitions(span, self._list_kept())
        missing = [each for each in needed if not (self.folder / each.file).is_file()]
        if missing:
            oldest = min((each.since for each in missing if each.since is not None), default=None)
            checksums = self.log.load(
                None if any(each.since is None for each in missing) else oldest
            )
            self._make(missing, checksums)
        return needed

    def file(self, partition: Partition) -> PartialFile:
        """The file of a partition. A file that can't be read is built again."""
        try:
            return self._open(self.folder / partition.file)
        except (OSError, pa.ArrowException):
            return self.rebuild(partition)

    def _open(self, path: Path) -> PartialFile:
        return PartialFile(
            path, self.need, known_as_begun=self.origin.facts.source.recorded is None
        )

    def rebuild(self, partition: Partition) -> PartialFile:
        """Build a damaged file again."""
        note = (
            f"the partial file {partition.file} of source {self.need.spec.source} couldn't be read and"
            " was built again"
        )
        self.notes.append(note)
        warnings.warn(DamagedFileWarning(partition.file, note), stacklevel=2)
        self._make(
            [partition], self.log.load(partition.since)
        )  # writes nothing if the folder was removed
        path = self.folder / partition.file
        if not path.is_file():
            raise DataError(
                f"the partial files of source {self.need.spec.source} were removed while this run"
                " read them",
                "run the command again",
            )
        return self._open(path)

    def _list_kept(self) -> list[Partition]:
        names = os.listdir(self.folder) if self.folder.is_dir() else []
        return sorted(
            (partition for group in group_partitions(names) for partition in group),
            key=lambda each: each.file,
            reverse=True,
        )

    def _make(self, missing: Sequence[Partition], checksums: Checksums) -> None:
        """Build the missing files from the source: first `before`, then the months."""
        for each in missing:
            if each.since is None:
                write_partial(
                    self.folder / each.file, sort_rows(self._query([each], checksums)), self.need
                )
        months = [each for each in missing if each.since is not None]
        for batch in self._batches(months, checksums):
            for month, rows in self._months(batch, checksums):
                write_partial(self.folder / month.file, sort_rows(rows), self.need)

    def _months(
        self, batch: Sequence[Partition], checksums: Checksums
    ) -> Iterator[tuple[Partition, pa.Table]]:
        """The rows of each of these months, by one query."""
        if len(batch) == 1:
            yield batch[0], self._query(batch, checksums)
            return
        since, stop = batch[0].since, batch[-1].stop
        cuts = sorted(
            {day for month in batch for day in (month.since, month.stop) if day} - {since}
        )
        if checksums.count_facts(since, stop) <= MOST:
            rows = self._query(batch, checksums, cuts)
            yield from ((month, _rows_of(month, rows, cuts)) for month in batch)
            return
        numbers = {bisect_right(cuts, month.since): month for month in batch if month.since}
        origin, rows = self._origin(since, stop, checksums), None
        for number, rows in origin.rows_in_parts(self.need, Span(None, stop, since), cuts):
            if number in numbers:
                yield numbers.pop(number), rows
        for month in numbers.values():  # nothing became known in these
            nothing = self._query([month], checksums) if rows is None else rows.slice(0, 0)
            yield month, nothing

    def _batches(
        self, months: Sequence[Partition], checksums: Checksums
    ) -> Iterator[list[Partition]]:
        """The months that one query builds: all of them if the query reads all days anyway, else a
        few.

        If hardly any file would be read twice, batches hold no more than MOST facts.
        """
        files = [
            name for month in months for name in checksums.files_between(month.since, month.stop)
        ]
        apart = bool(self.origin.files) and len(files) <= (1 + AGAIN) * len(set(files))
        facts = [checksums.count_facts(month.since, month.stop) if apart else 0 for month in months]
        return batch_months(months, facts, AT_ONCE if self.origin.skips_days else len(months))

    def _query(
        self, partitions: Sequence[Partition], checksums: Checksums, cuts: Sequence[dt.date] = ()
    ) -> pa.Table:
        since, stop = partitions[0].since, partitions[-1].stop
        return self._origin(since, stop, checksums).rows(
            self.need, Span(None, stop, since), stop - DAY if since is None else None, cuts
        )

    def _origin(self, since: dt.date | None, stop: dt.date, checksums: Checksums) -> Origin:
        """The source, limited to the files with facts known on these days where files are known."""
        if not self.origin.files:
            return self.origin
        return self.origin.within(checksums.files_between(since, stop))


def _rows_of(month: Partition, rows: pa.Table, cuts: list[dt.date]) -> pa.Table:
    """The rows that became known in the month."""
    assert month.since is not None
    if CUT in rows.column_names:
        return rows.filter(pc.equal(rows[CUT], bisect_right(cuts, month.since))).drop_columns([CUT])
    known = rows[KNOWN if KNOWN in rows.column_names else MONTH]
    first = month.since if KNOWN in rows.column_names else month_of(month.since)
    inside = pc.and_(
        pc.greater_equal(known, pa.scalar(first, pa.date32())),
        pc.less(known, pa.scalar(month.stop, pa.date32())),
    )
    return rows if pc.all(inside).as_py() else rows.filter(inside)


@dataclass(frozen=True)
class PartitionRows:
    """Rows from kept files (facts/partials/rows.py)."""

    store: PartitionStore
    span: PartialSpan
    partitions: Sequence[Partition]
    opened: dict[Partition, PartialFile] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return sum(len(self._file(partition)) for partition in self.partitions)

    def between(self, low: str | None, high: str | None) -> pa.Table:
        return pa.concat_tables(
            unify_encoding([self._between(partition, low, high) for partition in self.partitions])
        )

    def within(self, span: PartialSpan) -> PartitionRows:
        """The rows of another span."""
        return PartitionRows(self.store, span, self.store.fill(span))

    def of(self, keys: pa.Array) -> pa.Table:
        return pa.concat_tables(
            unify_encoding([self._of(partition, keys) for partition in self.partitions])
        )

    def entities(self) -> pa.Array:
        tables = (
            _within(self._columns(partition, [ENTITY, KNOWN]), self.span)
            for partition in self.partitions
        )
        keys = [pc.unique(table[ENTITY].cast(pa.string())) for table in tables]
        return pc.unique(pa.chunked_array(keys, pa.string()))

    def newest(self, begun: str) -> pa.Table:
        if self.store.origin.facts.source.recorded is None:
            return self._days_with_facts()
        tables = [
            latest_by_known_day(_within(self._columns(partition, [KNOWN, begun]), self.span), begun)
            for partition in self.partitions
        ]
        return latest_by_known_day(pa.concat_tables(tables), "newest")

    def _days_with_facts(self) -> pa.Table:
        """Where facts are known on the day they begin, the checksums hold these days: the rows
        aren't read.
        """
        day = pc.unique(self.store.log.load(self.partitions[0].since).table["day"]).sort()
        first = self.span.first or self.partitions[0].since
        inside = pc.less(day, pa.scalar(self.span.last, pa.date32()))
        if first is not None:
            inside = pc.and_(inside, pc.greater_equal(day, pa.scalar(first, pa.date32())))
        return pa.table({KNOWN: day.filter(inside), "newest": day.filter(inside)})

    def _between(self, partition: Partition, low: str | None, high: str | None) -> pa.Table:
        """The rows of some entities. A damaged page is found only when it is read."""
        try:
            rows = self._file(partition).between(low, high)
        except (OSError, pa.ArrowException):
            rows = self._rebuild(partition).between(low, high)
        return _within(rows, self.span)

    def _of(self, partition: Partition, keys: pa.Array) -> pa.Table:
        try:
            rows = self._file(partition).of(keys)
        except (OSError, pa.ArrowException):
            rows = self._rebuild(partition).of(keys)
        return _within(rows, self.span)

    def _columns(self, partition: Partition, names: list[str]) -> pa.Table:
        try:
            return self._file(partition).all(names)
        except (OSError, pa.ArrowException):
            return self._rebuild(partition).all(names)

    def _file(self, partition: Partition) -> PartialFile:
        if partition not in self.opened:
            self.opened[partition] = self.store.file(partition)
        return self.opened[partition]

    def _rebuild(self, partition: Partition) -> PartialFile:
        self.opened[partition] = self.store.rebuild(partition)
        return self.opened[partition]


def _within(table: pa.Table, span: PartialSpan) -> pa.Table:
    """Only the rows that a query for this span would return."""
    if MONTH in table.column_names:
        return table  # days are selected when they are read (months.py)
    latest = KNOWN if KNOWN in table.column_names else BEGUN
    inside = pc.less(table[latest], pa.scalar(span.last, pa.date32()))
    if span.first is not None and BEGUN in table.column_names:
        inside = pc.and_(inside, pc.greater_equal(table[BEGUN], pa.scalar(span.first, pa.date32())))
    return table if pc.all(inside).as_py() in (True, None) else table.filter(inside)
