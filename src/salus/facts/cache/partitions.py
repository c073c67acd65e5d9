"""The files of one partial in one state of its data: which ones hold what is asked for, and how a
missing one is made.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import DamagedFileWarning, DataError
from salus.facts.cache.checksums import Checksums
from salus.facts.cache.partial_file import PartialFile, sort_rows, write_partial
from salus.facts.partials.dictionary_encoding import unify_encoding
from salus.facts.partials.requirements import PartialColumns
from salus.facts.partials.rows import latest_by_known_day
from salus.facts.partials.spans import PartialSpan, month_after, month_of
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.query import PIECE
from salus.facts.sql.relation import Span

LONGEST = dt.timedelta(days=3660)  # of months: what a wider window still reaches goes into `before`
OLDEST = dt.timedelta(days=400)  # of a `before` that is read with all months since
AT_ONCE = 4  # months made by one query: few enough to be held in memory
MOST = 8_000_000  # facts grouped by one query, whose groups then stay near the processor
AGAIN = 0.2  # the share of files that a second query may read
DAY = dt.timedelta(days=1)
_MONTH = re.compile(r"(\d{4}-\d{2}-\d{2})\.parquet")
_BEFORE = re.compile(r"before-(\d{4}-\d{2}-\d{2})\.parquet")
_LATER = re.compile(r"(\d{4}-\d{2}-\d{2})\+(\d{4}-\d{2}-\d{2})\.parquet")


class ChecksumSource(Protocol):
    """Where the marks of a source are kept."""

    def covering(self, since: dt.date | None) -> Checksums:
        """Those for the days known from `since` on (None: all)."""
        ...


@dataclass(frozen=True)
class Partition:
    """The days known that a file holds: from `since` on (None: from the first), before `stop`.

    `after`: where the file begins that this one continues, for days of the same month that came
    later (refresh.py).
    """

    since: dt.date | None
    stop: dt.date
    after: dt.date | None = None

    @property
    def file(self) -> str:
        if self.after is not None and self.since is not None:
            return f"{self.after.isoformat()}+{self.since.isoformat()}.parquet"
        return (
            f"before-{self.stop.isoformat()}.parquet"
            if self.since is None
            else f"{self.since.isoformat()}.parquet"
        )

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or day >= self.since) and day < self.stop


def source_folder(source: str) -> str:
    """The name of the folder in which a source's facts are kept."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", source)[:60]


def parse_partition(name: str) -> Partition | None:
    """What a file of this name holds; None if it is none of ours.

    >>> parse_partition("2025-02-07.parquet")
    Partition(since=datetime.date(2025, 2, 7), stop=datetime.date(2025, 3, 1), after=None)
    """
    if later := _LATER.fullmatch(name):
        since = dt.date.fromisoformat(later[2])
        return Partition(since, month_after(since), dt.date.fromisoformat(later[1]))
    if month := _MONTH.fullmatch(name):
        since = dt.date.fromisoformat(month[1])
        return Partition(since, month_after(since))
    before = _BEFORE.fullmatch(name)
    return Partition(None, dt.date.fromisoformat(before[1])) if before else None


def group_partitions(names: Iterable[str]) -> list[list[Partition]]:
    """The stretches of these files: each with those that continue it, of which none reaches into
    the next.

    >>> [[(one.since.day, one.stop.day) for one in several] for several in group_partitions(["2025-02-01+2025-02-12.parquet",
    ...     "2025-02-01.parquet", "2025-02-01+2025-02-14.parquet"])]
    [[(1, 12), (12, 14), (14, 1)]]
    >>> [one.file for one in group_partitions(["2025-02-01+2025-02-01.parquet", "2025-02-01.parquet"])[0]]
    ['2025-02-01.parquet', '2025-02-01+2025-02-01.parquet']
    """
    found: dict[dt.date | None, list[Partition]] = {}
    for one in filter(None, map(parse_partition, sorted(names))):
        found.setdefault(one.stop if one.since is None else one.after or one.since, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: (one.since or dt.date.min, one.after is not None))
    return [_parted(several) for several in found.values()]


def _parted(several: Sequence[Partition]) -> list[Partition]:
    """Each up to the next."""
    return [
        *(replace(one, stop=after.since or one.stop) for one, after in pairwise(several)),
        several[-1],
    ]


def plan_partitions(asked: PartialSpan, there: Sequence[Partition]) -> list[Partition]:
    """The stretches that together hold all that is asked for. Those that are `there` decide where
    the first ones begin.
    """
    lower = max(asked.first or asked.earliest, asked.earliest - LONGEST)
    if asked.first is not None and asked.first >= lower:
        return _continued(there, _months(there, lower, asked.last, whole=False))
    turn = _turn(there, lower)
    months = _months(there, turn, asked.last, whole=turn != lower or asked.first is None)
    return [Partition(None, turn), *_continued(there, months)]


def _continued(there: Sequence[Partition], months: Iterable[Partition]) -> list[Partition]:
    """The months, each up to the first file that continues it, with all that do."""
    found: list[Partition] = []
    for month in months:
        later = sorted((one for one in there if one.after == month.since), key=lambda one: one.file)
        stop = next((one.since for one in later if one.since), month.stop)
        found += [replace(month, stop=stop), *later] if stop != month.since else later
    return found


def _turn(there: Sequence[Partition], lower: dt.date) -> dt.date:
    """The day that `before` ends and months begin."""
    days = (one.stop for one in there if one.since is None and lower - OLDEST <= one.stop <= lower)
    return next(days, month_of(lower))


def _months(
    there: Sequence[Partition], start: dt.date, last: dt.date, *, whole: bool
) -> Iterator[Partition]:
    """The months that reach from `start` to `last`. The first may be a part of one: what was asked
    for at first.
    """
    days = [one.since for one in there if one.since is not None and one.after is None]
    near = (day for day in days if month_of(day) == month_of(start) and day <= start)
    first = next(near, month_of(start) if whole or days else start)
    month = Partition(first, month_after(first))
    yield month
    while month.stop < last:
        month = Partition(month.stop, month_after(month.stop))
        yield month


@dataclass(frozen=True)
class PartitionStore:
    """The folder of these files."""

    folder: Path
    origin: Origin
    need: PartialColumns
    book: ChecksumSource
    notes: list[str]

    def filled(self, asked: PartialSpan) -> list[Partition]:
        """The files that together hold all that is asked for; what is missing is made."""
        needed = plan_partitions(asked, self._there())
        missing = [one for one in needed if not (self.folder / one.file).is_file()]
        if missing:
            oldest = min((one.since for one in missing if one.since is not None), default=None)
            marked = self.book.covering(
                None if any(one.since is None for one in missing) else oldest
            )
            self._make(missing, marked)
        return needed

    def file(self, stretch: Partition) -> PartialFile:
        """The file; one that can't be read is made anew."""
        try:
            return self._open(self.folder / stretch.file)
        except (OSError, pa.ArrowException):
            return self.mended(stretch)

    def _open(self, path: Path) -> PartialFile:
        return PartialFile(path, self.need, twice=self.origin.facts.source.recorded is None)

    def mended(self, stretch: Partition) -> PartialFile:
        """A damaged file, made anew."""
        note = (
            f"the partial file {stretch.file} of source {self.need.shape.source} couldn't be read and"
            " was built again"
        )
        self.notes.append(note)
        warnings.warn(DamagedFileWarning(stretch.file, note), stacklevel=2)
        self._make(
            [stretch], self.book.covering(stretch.since)
        )  # in a folder that is gone, nothing is kept
        path = self.folder / stretch.file
        if not path.is_file():
            raise DataError(
                f"the partial files of source {self.need.shape.source} were removed while this run"
                " read them",
                "run the command again",
            )
        return self._open(path)

    def _there(self) -> list[Partition]:
        names = os.listdir(self.folder) if self.folder.is_dir() else []
        return sorted(
            (one for several in group_partitions(names) for one in several),
            key=lambda one: one.file,
            reverse=True,
        )

    def _make(self, missing: Sequence[Partition], marked: Checksums) -> None:
        """From the source: what lies before the months, and then these."""
        for one in missing:
            if one.since is None:
                write_partial(
                    self.folder / one.file, sort_rows(self._asked([one], marked)), self.need
                )
        months = [one for one in missing if one.since is not None]
        for several in self._together(months, marked):
            cuts = sorted(
                {day for month in several for day in (month.since, month.stop) if day}
                - {several[0].since}
            )
            rows = sort_rows(self._asked(several, marked, cuts))
            for month in several:
                write_partial(self.folder / month.file, _of(month, rows, cuts), self.need)

    def _together(
        self, months: Sequence[Partition], marked: Checksums
    ) -> Iterator[list[Partition]]:
        """The months that one query makes: all, if it has to look at all days anyway, else a few.

        Where hardly a file would be read twice, as few as hold no more than MOST facts.
        """
        files = [name for one in months for name in marked.holding(one.since, one.stop)]
        apart = bool(self.origin.pieces) and len(files) <= (1 + AGAIN) * len(set(files))
        facts = [marked.facts(one.since, one.stop) if apart else 0 for one in months]
        return batch_months(months, facts, AT_ONCE if self.origin.passes_over else len(months))

    def _asked(
        self, several: Sequence[Partition], marked: Checksums, cuts: Sequence[dt.date] = ()
    ) -> pa.Table:
        since, stop = several[0].since, several[-1].stop
        origin = self.origin
        if origin.pieces:
            origin = origin.within(marked.holding(since, stop))
        return origin.rows(
            self.need, Span(None, stop, since), stop - DAY if since is None else None, cuts
        )


def batch_months(
    months: Sequence[Partition], facts: Sequence[int], size: int
) -> Iterator[list[Partition]]:
    """Up to `size` at once, which hold no more than MOST facts unless one alone does; a part of a
    month by itself, as rows that hold days as bits of their month can't be parted.
    """
    several: list[Partition] = []
    held, alone = 0, False
    for one, more in zip(months, facts, strict=True):
        part = one.after is not None or one.stop.day != 1
        if several and (part or alone or len(several) == size or held + more > MOST):
            yield several
            several, held = [], 0
        several.append(one)
        held, alone = held + more, part
    if several:
        yield several


def _of(month: Partition, rows: pa.Table, cuts: list[dt.date]) -> pa.Table:
    """The rows that became known in the month."""
    assert month.since is not None
    if PIECE in rows.column_names:
        return rows.filter(pc.equal(rows[PIECE], bisect_right(cuts, month.since))).drop_columns(
            [PIECE]
        )
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

    shelf: PartitionStore
    asked: PartialSpan
    stretches: Sequence[Partition]
    opened: dict[Partition, PartialFile] = field(default_factory=dict, repr=False, compare=False)

    def between(self, low: str | None, high: str | None) -> pa.Table:
        return pa.concat_tables(
            unify_encoding([self._of(stretch, low, high) for stretch in self.stretches])
        )

    def entities(self) -> pa.Array:
        tables = (
            _within(self._columns(one, [ENTITY, KNOWN]), self.asked) for one in self.stretches
        )
        found = [pc.unique(table[ENTITY].cast(pa.string())) for table in tables]
        return pc.unique(pa.chunked_array(found, pa.string()))

    def newest(self, begun: str) -> pa.Table:
        if self.shelf.origin.facts.source.recorded is None:
            return self._days_with_facts()
        tables = [
            latest_by_known_day(_within(self._columns(one, [KNOWN, begun]), self.asked), begun)
            for one in self.stretches
        ]
        return latest_by_known_day(pa.concat_tables(tables), "newest")

    def _days_with_facts(self) -> pa.Table:
        """Where facts are known on the day they begin, marks tell as much without a look at the
        rows.
        """
        day = pc.unique(self.shelf.book.covering(self.stretches[0].since).table["day"]).sort()
        first = self.asked.first or self.stretches[0].since
        inside = pc.less(day, pa.scalar(self.asked.last, pa.date32()))
        if first is not None:
            inside = pc.and_(inside, pc.greater_equal(day, pa.scalar(first, pa.date32())))
        return pa.table({KNOWN: day.filter(inside), "newest": day.filter(inside)})

    def _of(self, stretch: Partition, low: str | None, high: str | None) -> pa.Table:
        """A page that is damaged shows only when it is read."""
        try:
            rows = self._file(stretch).between(low, high)
        except (OSError, pa.ArrowException):
            rows = self._mended(stretch).between(low, high)
        return _within(rows, self.asked)

    def _columns(self, stretch: Partition, names: list[str]) -> pa.Table:
        try:
            return self._file(stretch).all(names)
        except (OSError, pa.ArrowException):
            return self._mended(stretch).all(names)

    def _file(self, stretch: Partition) -> PartialFile:
        if stretch not in self.opened:
            self.opened[stretch] = self.shelf.file(stretch)
        return self.opened[stretch]

    def _mended(self, stretch: Partition) -> PartialFile:
        self.opened[stretch] = self.shelf.mended(stretch)
        return self.opened[stretch]


def _within(table: pa.Table, asked: PartialSpan) -> pa.Table:
    """Only the rows that a query for these dates would have found."""
    if MONTH in table.column_names:
        return table  # days are told apart when they are read (months.py)
    latest = KNOWN if KNOWN in table.column_names else BEGUN
    inside = pc.less(table[latest], pa.scalar(asked.last, pa.date32()))
    if asked.first is not None and BEGUN in table.column_names:
        inside = pc.and_(
            inside, pc.greater_equal(table[BEGUN], pa.scalar(asked.first, pa.date32()))
        )
    return table if pc.all(inside).as_py() in (True, None) else table.filter(inside)
