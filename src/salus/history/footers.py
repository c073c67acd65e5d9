"""The footers of the files of history, and the rows of one entity in a file.

Reading a footer takes as long as reading the rows of an entity. So the footers that were used last
stay in memory. Salus replaces a file and never changes it in place, so its size, times and inode
tell whether a footer still belongs to it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from salus.sources.file_states import YOUNG

KEPT = 32  # footers; that of a file of 10,000 entities takes some megabytes
INDEXED = 2_000  # files whose columns and entities stay known; one takes some kilobytes

Stamp = tuple[int, int, int, int]
ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class FileIndex:
    """What a footer says about the content of a file."""

    notes: bytes  # what Salus wrote about it, as JSON
    names: tuple[str, ...]  # of the columns, in their order
    bounds: tuple[tuple[str, str] | None, ...]  # by row group: first and last entity; None: unknown

    @classmethod
    def of(cls, metadata: pq.FileMetaData) -> FileIndex:
        """The names of the columns, and the first and last entity of each row group."""
        names = metadata.schema.names
        place = names.index("entity") if "entity" in names else None
        groups = range(metadata.num_row_groups)
        bounds = tuple(_bounds(metadata, group, place) for group in groups)
        return cls((metadata.metadata or {}).get(b"salus", b""), tuple(names), bounds)

    def groups_of(self, entity: str) -> list[int]:
        """The row groups that may hold rows of an entity."""
        return [
            group
            for group, bounds in enumerate(self.bounds)
            if bounds is None or bounds[0] <= entity <= bounds[1]
        ]


def _bounds(metadata: pq.FileMetaData, group: int, place: int | None) -> tuple[str, str] | None:
    statistics = None if place is None else metadata.row_group(group).column(place).statistics
    if statistics is None or not statistics.has_min_max:
        return None
    return (statistics.min, statistics.max)


class _Newest(Generic[ValueT]):
    """What belongs to the files that were asked for last, as long as these files stay the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Path, tuple[Stamp, ValueT]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: Path, stamp: Stamp) -> ValueT | None:
        with self._lock:
            known = self._values.get(path)
            if known is None or known[0] != stamp:
                return None
            self._values.move_to_end(path)
            return known[1]

    def add(self, path: Path, stamp: Stamp, value: ValueT) -> None:
        # a file written a moment ago can change again without another time
        if time.time_ns() - stamp[2] < YOUNG:
            return
        with self._lock:
            self._values[path] = (stamp, value)
            self._values.move_to_end(path)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class FooterMemory:
    """The footers that were read last, and what more of them said about their files."""

    def __init__(self, most: int, indexed: int = INDEXED) -> None:
        self._footers: _Newest[pq.FileMetaData] = _Newest(most)
        self._indexes: _Newest[FileIndex] = _Newest(indexed)

    def read(self, path: Path) -> pq.FileMetaData:
        """The footer of a file. It is read again if the file isn't the one that was read before."""
        stamp = _stamp(path)
        known = self._footers.get(path, stamp)
        if known is None:
            known = pq.read_metadata(path)
            self._footers.add(path, stamp, known)
        return known

    def index(self, path: Path) -> FileIndex:
        """What the footer says about the content of a file."""
        stamp = _stamp(path)
        known = self._indexes.get(path, stamp)
        if known is None:
            known = FileIndex.of(self.read(path))
            self._indexes.add(path, stamp, known)
        return known


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


FOOTERS = FooterMemory(KEPT)


def read_entity_rows(path: Path, entity: str, columns: Sequence[str]) -> pa.Table:
    """The rows of one entity in a file: those of `columns` that the file has. Only the row groups
    that may hold the entity are read. Raises one of DAMAGED if the file can't be read.
    """
    index = FOOTERS.index(path)
    if "entity" not in index.names:
        raise KeyError("entity")
    wanted = [name for name in columns if name in index.names]
    with pq.ParquetFile(path, metadata=FOOTERS.read(path), page_checksum_verification=True) as file:
        rows = file.read_row_groups(
            index.groups_of(entity), list(dict.fromkeys(["entity", *wanted])), use_threads=False
        )
    return rows.filter(pc.equal(rows["entity"], entity)).select(wanted)
