"""Partials kept as Parquet: one file per calendar month of the day on which facts became known.

    partials/<source>/<definition>/<identity>/2025-01-01.parquet     known from that day to the end of its month
    partials/<source>/<definition>/<identity>/2025-01-01+2025-01-09.parquet   days that came later, from that one on
    partials/<source>/<definition>/<identity>/before-2025-01-01.parquet   known before that day
    partials/<source>/marks-<definition>/<identity>.parquet          what each day held, to see which ones change

A definition is all that rows follow from (the source as declared, the partial's columns), an
identity the state of its tables: a file is right for as long as both are the same, so nothing in it
ever has to be changed. When the data have changed, the files of untouched days are the next state's
too (refresh.py). A month is complete whatever date was asked for. Where measures look back without
end, `before` holds what the months don't.

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
from salus.facts.cache.partitions import PartitionRows, PartitionStore, source_folder
from salus.facts.cache.refresh import DataChange, carry_over
from salus.facts.partials.requirements import PartialColumns
from salus.facts.partials.spans import PartialSpan
from salus.facts.sql.origin import Origin

MAX_DEFINITIONS = 24  # of one source: the files of those not used for longest are removed


@dataclass
class PartialCache:
    """The folder of kept partials. `notes` tell what had to be made anew because a file couldn't be
    read.

    Of a table with fewer than `least` rows nothing is kept: grouping it anew is cheaper than many
    small files.
    """

    folder: Path
    least: int = 0
    notes: list[str] = field(default_factory=list)

    def rows(self, origin: Origin, need: PartialColumns, asked: PartialSpan) -> PartitionRows:
        """What `origin` yields for `need`, from the files as far as they go; what is missing is
        made and kept.
        """
        source = self.folder / source_folder(need.shape.source)
        book = ChecksumLog(source, origin, moving=not need.only_open)
        definition = source / f"{need.shape.mode}-{origin.definition(need)}"
        folder = definition / origin.identity
        if not folder.is_dir():
            self._inherit(book, folder, need)
            folder.mkdir(parents=True, exist_ok=True)
        shelf = PartitionStore(folder, origin, need, book, self.notes)
        files = PartitionRows(shelf, asked, shelf.filled(asked))
        with suppress(FileNotFoundError):  # another run is tidying too
            _tidy(source, folder, book.folder)
        return files

    def _inherit(self, book: ChecksumLog, folder: Path, need: PartialColumns) -> None:
        """Take over from the state before whatever hasn't changed since."""
        for before in _newest_first(folder.parent) if folder.parent.is_dir() else ():
            old = book.read(before.name)
            if old is not None:
                now = book.covering(old.since, old)
                carry_over(
                    before,
                    folder,
                    DataChange(changed_days(old, now), old.newest, book.origin, need, now),
                )
                return


@dataclass(frozen=True)
class ChecksumLog:
    """The marks of one source, a file for each state of its data."""

    source: Path
    origin: Origin
    moving: bool

    @property
    def folder(self) -> Path:
        return self.source / f"marks-{self.origin.marking(moving=self.moving)}"

    def read(self, identity: str) -> Checksums | None:
        """The marks of a state of the data."""
        return Checksums.read(self.folder / f"{identity}.parquet")

    def covering(self, since: dt.date | None, before: Checksums | None = None) -> Checksums:
        """The marks of the data as they are now, for the days known from `since` on. Ask before the
        rows are read.
        """
        now = self.read(self.origin.identity)
        if now is not None and now.cover(since) and now.pieces.keys() == self.origin.pieces.keys():
            return now
        found = compute_checksums(self.origin, since, moving=self.moving, before=before or now)
        found.write(self.folder / f"{self.origin.identity}.parquet")
        return found


def _tidy(source: Path, folder: Path, marked: Path) -> None:
    """Remove what belongs to other states of the data than `folder`, and to definitions long not
    used.
    """
    os.utime(folder.parent)
    os.utime(marked)
    for old in _newest_first(
        folder.parent
    ):  # what was deleted at the source goes with the state before
        if old != folder:
            _remove(old)
    for old in _newest_first(source)[MAX_DEFINITIONS:]:
        _remove(old)
    for place in (folder.parent, marked, source):
        remove_leftovers(place)
    states = {path.name for path in source.glob("*/*/")}
    for marks_ in marked.glob("*.parquet"):  # other definitions may still be as they were
        if marks_.stem not in states:
            marks_.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Remove it; to other runs it is gone at once, as half of its files would pass for all of
    them.
    """
    with (
        suppress(OSError),
        draft_folder_of(folder) as gone,
    ):  # another run removes it too, or a program holds it open
        folder.rename(gone)


def _newest_first(folder: Path) -> list[Path]:
    """The folders in it, newest first; drafts of other runs are left alone."""
    there = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(there, key=lambda path: path.stat().st_mtime_ns, reverse=True)
