"""Partials kept as Parquet: one file per calendar month of the day on which facts became known.

    partials/<source>/<definition>/<identity>/2025-01-01.parquet     known from that day to the end of its month
    partials/<source>/<definition>/<identity>/2025-01-01+2025-01-09.parquet   days that were added later, from that day on
    partials/<source>/<definition>/<identity>/before-2025-01-01.parquet   known before that day
    partials/<source>/marks-<definition>/<identity>.parquet          checksums by day, which show the days that change

A definition is a hash of everything but the data that rows depend on: the source as declared and
the partial's columns. An identity is a hash of the state of its tables. A file is valid as long as
both are the same, so no file ever has to be changed. When the data change, the next state reuses
the files of unchanged days (refresh.py). A month is complete whatever date was scored. If measures
look back without limit, `before` holds what the months don't.

Rows are sorted by entity, keys are texts, days are dates: any reader of Parquet can use the files.
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from salus.atomic import draft_folder_of, remove_leftovers
from salus.facts.cache.checksums import Checksums, changed_days, compute_checksums
from salus.facts.cache.partition import source_folder
from salus.facts.cache.partitions import PartitionRows, PartitionStore
from salus.facts.cache.refresh import DataChange, carry_over
from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.requirements import PartialColumns
from salus.facts.sql.origin import Origin

MAX_DEFINITIONS = 24  # of one source: beyond it, those unused for the longest time are removed


@dataclass
class PartialCache:
    """The folder of kept partials. `notes` name the files that were built again because they
    couldn't be read.

    Of a table with fewer than `least` rows nothing is kept, because grouping it again is cheaper
    than reading many small files.
    """

    folder: Path
    least: int = 0
    notes: list[str] = field(default_factory=list)

    def rows(self, origin: Origin, need: PartialColumns, span: PartialSpan) -> PartitionRows:
        """The rows of `need` from `origin`: from kept files where they exist. Missing ones are
        built and kept.
        """
        source = self.folder / source_folder(need.spec.source)
        log = ChecksumLog(source, origin, moving=not need.only_open)
        definition = source / f"{need.spec.mode}-{origin.definition(need)}"
        folder = definition / origin.identity
        if not folder.is_dir():
            self._inherit(log, folder, need)
            folder.mkdir(parents=True, exist_ok=True)
        store = PartitionStore(folder, origin, need, log, self.notes)
        files = PartitionRows(store, span, store.fill(span))
        with suppress(FileNotFoundError):  # another run is removing files too
            _tidy(source, folder, log.folder)
        return files

    def _inherit(self, log: ChecksumLog, folder: Path, need: PartialColumns) -> None:
        """Reuse everything from the previous state that hasn't changed since."""
        for before in _newest_first(folder.parent) if folder.parent.is_dir() else ():
            old = log.read(before.name)
            if old is not None:
                now = log.load(old.since, old)
                carry_over(
                    before,
                    folder,
                    DataChange(changed_days(old, now), old.newest, log.origin, need, now),
                )
                return


@dataclass(frozen=True)
class ChecksumLog:
    """The checksums of a source, one file for each state of its data."""

    source: Path
    origin: Origin
    moving: bool

    @property
    def folder(self) -> Path:
        return self.source / f"marks-{self.origin.checksum_definition(moving=self.moving)}"

    def read(self, identity: str) -> Checksums | None:
        """The checksums of a state of the data; None if they aren't kept."""
        return Checksums.read(self.folder / f"{identity}.parquet")

    def load(self, since: dt.date | None, before: Checksums | None = None) -> Checksums:
        """The checksums of the data as they are now, for the days known from `since` on. Call this
        before the rows are read.
        """
        now = self.read(self.origin.identity)
        if now is not None and now.covers(since) and now.files.keys() == self.origin.files.keys():
            return now
        computed = compute_checksums(self.origin, since, moving=self.moving, before=before or now)
        computed.write(self.folder / f"{self.origin.identity}.parquet")
        return computed


def _tidy(source: Path, folder: Path, checksums: Path) -> None:
    """Remove other states of the data than `folder`, and definitions that haven't been used for
    long.
    """
    os.utime(folder.parent)
    os.utime(checksums)
    for old in _newest_first(folder.parent):  # so rows deleted at the source are deleted here too
        if old != folder:
            _remove(old)
    for old in _newest_first(source)[MAX_DEFINITIONS:]:
        _remove(old)
    for place in (folder.parent, checksums, source):
        remove_leftovers(place)
    states = {path.name for path in source.glob("*/*/")}
    for file in checksums.glob("*.parquet"):  # other definitions may still need the state
        if file.stem not in states:
            file.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Remove a folder. It is renamed first, because other runs would take half of its files for all
    of them.
    """
    with (
        suppress(OSError),
        draft_folder_of(folder) as draft,
    ):  # another run removes it too, or a program has it open
        folder.rename(draft)


def _newest_first(folder: Path) -> list[Path]:
    """The folders in it, newest first, without the drafts of other runs."""
    folders = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(folders, key=lambda path: path.stat().st_mtime_ns, reverse=True)
