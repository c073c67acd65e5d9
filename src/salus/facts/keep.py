"""Partials kept as Parquet: one file per calendar month of the day on which facts became known.

    partials/<source>/<definition>/<identity>/2025-01-01.parquet     known from that day to the end of its month
    partials/<source>/<definition>/<identity>/before-2025-01-01.parquet   known before that day

A definition is all that rows follow from (the source as declared, the partial's columns), an identity the state of its
tables: a file is right for as long as both are the same, so nothing in it ever has to be changed. A month is complete
whatever date was asked for. Where measures look back without end, `before` holds what the months don't.

Rows are sorted by entity, keys are texts, days are dates: any reader of Parquet can use the files.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.kept import read, sorted_rows, write
from salus.facts.names import BEGUN, KNOWN, MONTH
from salus.facts.need import Wanted
from salus.facts.origin import Origin
from salus.facts.query import PIECE
from salus.facts.relation import Span
from salus.facts.spans import Asked, month_after, month_of

DEFINITIONS = 24                             # of one source: the files of those not used for longest are removed
LONGEST = dt.timedelta(days=3660)            # of months: what a wider window still reaches goes into `before`
OLDEST = dt.timedelta(days=400)              # of a `before` that is read with all months since
AT_ONCE = 4                                  # months made by one query: few enough to be held in memory
DAY = dt.timedelta(days=1)


@dataclass
class Keep:
    """The folder of kept partials. `notes` tell what had to be made anew because a file couldn't be read.

    Of a table with fewer than `least` rows nothing is kept: grouping it anew is cheaper than many small files.
    """

    folder: Path
    least: int = 0
    notes: list[str] = field(default_factory=list)

    def rows(self, origin: Origin, need: Wanted, asked: Asked) -> pa.Table:
        """What `origin` yields for `need`, from the files as far as they go; what is missing is made and kept."""
        source = self.folder / re.sub(r"[^A-Za-z0-9_-]", "_", need.shape.source)[:60]
        definition = source / f"{need.shape.mode}-{origin.definition(need)}"
        shelf = Shelf(definition / origin.identity, origin, need, self.notes)
        tables = [_within(table, asked) for table in shelf.tables(asked)]
        with suppress(FileNotFoundError):                # another run is tidying too
            _tidy(source, definition, shelf.folder)
        return pa.concat_tables(tables)


def _tidy(source: Path, definition: Path, identity: Path) -> None:
    """Remove what belongs to states of the data that are gone, and to definitions long not used."""
    for old in definition.iterdir():
        if old != identity:
            shutil.rmtree(old, ignore_errors=True)
    os.utime(definition)
    used = sorted(((one.stat().st_mtime_ns, one) for one in source.iterdir()), reverse=True)
    for _, old in used[DEFINITIONS:]:
        shutil.rmtree(old, ignore_errors=True)


def _within(table: pa.Table, asked: Asked) -> pa.Table:
    """Only the rows that a query for these dates would have found."""
    if MONTH in table.column_names:
        return table                                 # days are told apart when they are read (months.py)
    latest = KNOWN if KNOWN in table.column_names else BEGUN
    inside = pc.less(table[latest], pa.scalar(asked.last, pa.date32()))
    if asked.first is not None and BEGUN in table.column_names:
        inside = pc.and_(inside, pc.greater_equal(table[BEGUN], pa.scalar(asked.first, pa.date32())))
    return table if pc.all(inside).as_py() in (True, None) else table.filter(inside)


@dataclass(frozen=True)
class Month:
    """What became known from `since` (in most cases the first of a month) to the end of that month."""

    since: dt.date

    @property
    def stop(self) -> dt.date:
        return month_after(self.since)

    @property
    def file(self) -> str:
        return f"{self.since.isoformat()}.parquet"


def _of(month: Month, rows: pa.Table, cuts: list[dt.date]) -> pa.Table:
    """The rows that became known in the month."""
    if PIECE in rows.column_names:
        return rows.filter(pc.equal(rows[PIECE], bisect_right(cuts, month.since))).drop_columns([PIECE])
    known = rows[KNOWN if KNOWN in rows.column_names else MONTH]
    first = month.since if KNOWN in rows.column_names else month_of(month.since)
    inside = pc.and_(pc.greater_equal(known, pa.scalar(first, pa.date32())), pc.less(known, pa.scalar(month.stop, pa.date32())))
    return rows if pc.all(inside).as_py() else rows.filter(inside)


@dataclass(frozen=True)
class Shelf:
    """The files of one partial in one state of its data."""

    folder: Path
    origin: Origin
    need: Wanted
    notes: list[str]

    def tables(self, asked: Asked) -> Iterator[pa.Table]:
        """Tables that together hold all that is asked for."""
        lower = max(asked.first or asked.earliest, asked.earliest - LONGEST)
        start = lower
        if asked.first is None or asked.first < lower:
            start = self._turn(lower)
            yield self._before(start)
        months = list(self._months(start, asked.last, whole=start != lower or asked.first is None))
        kept = {month: self._read(month.file) for month in months}
        made = dict(self._made([month for month in months if kept[month] is None]))
        for month in months:
            yield made[month] if month in made else kept[month]

    def _days(self, prefix: str = "") -> list[dt.date]:
        """The days that files are named by, falling."""
        form = re.compile(prefix + r"(\d{4}-\d{2}-\d{2})\.parquet")
        there = os.listdir(self.folder) if self.folder.is_dir() else []
        names = [form.fullmatch(name) for name in there]
        return sorted((dt.date.fromisoformat(name[1]) for name in names if name), reverse=True)

    def _turn(self, lower: dt.date) -> dt.date:
        """The day that `before` ends and months begin."""
        there = (day for day in self._days("before-") if lower - OLDEST <= day <= lower)
        return next(there, month_of(lower))

    def _before(self, day: dt.date) -> pa.Table:
        name = f"before-{day.isoformat()}.parquet"
        table = self._read(name)
        if table is None:
            rows = self.origin.rows(self.need, Span(None, day), day - DAY)
            table = self._keep(name, sorted_rows(rows))
        return table

    def _months(self, start: dt.date, last: dt.date, *, whole: bool) -> Iterator[Month]:
        """The months that reach from `start` to `last`. The first may be a part of one: what was asked for at first."""
        days = self._days()
        there = (day for day in days if month_of(day) == month_of(start) and day <= start)
        first = next(there, month_of(start) if whole or days else start)
        month = Month(first)
        yield month
        while month.stop < last:
            month = Month(month.stop)
            yield month

    def _made(self, missing: list[Month]) -> Iterator[tuple[Month, pa.Table]]:
        """The months from the source: a few at once if it can pass over all other days, else all."""
        size = AT_ONCE if self.origin.passes_over else len(missing)
        for first in range(0, len(missing), max(size, 1)):
            months = missing[first:first + size]
            cuts = sorted({month.since for month in months[1:]} | {month.stop for month in months})
            span = Span(None, months[-1].stop, months[0].since)
            rows = sorted_rows(self.origin.rows(self.need, span, None, cuts))
            for month in months:
                yield month, self._keep(month.file, _of(month, rows, cuts))

    def _read(self, name: str) -> pa.Table | None:
        path = self.folder / name
        if not path.is_file():
            return None
        table = read(path, self.need)
        if table is None:
            self.notes.append(f"kept facts of source {self.need.shape.source} ({name}) couldn't be read: made anew")
        return table

    def _keep(self, name: str, rows: pa.Table) -> pa.Table:
        write(self.folder / name, rows, self.need)
        return rows
