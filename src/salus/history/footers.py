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

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from salus.sources.file_states import YOUNG

KEPT = 64  # footers; one takes up to a megabyte

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True)
class Footer:
    """The footer of one file, and the entities of its row groups."""

    metadata: pq.FileMetaData
    names: tuple[str, ...]  # of the columns, in their order
    bounds: tuple[tuple[str, str] | None, ...]  # by row group: first and last entity; None: unknown

    @classmethod
    def of(cls, metadata: pq.FileMetaData) -> Footer:
        """The footer with the first and last entity of each row group."""
        names = metadata.schema.names
        place = names.index("entity") if "entity" in names else None
        groups = range(metadata.num_row_groups)
        bounds = tuple(_bounds(metadata, group, place) for group in groups)
        return cls(metadata, tuple(names), bounds)

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


class FooterMemory:
    """The footers that were read last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._footers: OrderedDict[Path, tuple[Stamp, Footer]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, path: Path) -> Footer:
        """The footer of a file. It is read again if the file isn't the one that was read before."""
        stamp = _stamp(path)
        with self._lock:
            known = self._footers.get(path)
            if known is not None and known[0] == stamp:
                self._footers.move_to_end(path)
                return known[1]
        footer = Footer.of(pq.read_metadata(path))
        # a file written a moment ago can change again without another time
        if time.time_ns() - stamp[2] >= YOUNG:
            with self._lock:
                self._footers[path] = (stamp, footer)
                self._footers.move_to_end(path)
                while len(self._footers) > self._most:
                    self._footers.popitem(last=False)
        return footer


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


FOOTERS = FooterMemory(KEPT)


def read_entity_rows(path: Path, entity: str, columns: Sequence[str]) -> pa.Table:
    """The rows of one entity in a file: those of `columns` that the file has. Only the row groups
    that may hold the entity are read. Raises one of DAMAGED if the file can't be read.
    """
    footer = FOOTERS.read(path)
    if "entity" not in footer.names:
        raise KeyError("entity")
    wanted = [name for name in columns if name in footer.names]
    with pq.ParquetFile(path, metadata=footer.metadata, page_checksum_verification=True) as file:
        rows = file.read_row_groups(
            footer.groups_of(entity), list(dict.fromkeys(["entity", *wanted])), use_threads=False
        )
    return rows.filter(pc.equal(rows["entity"], entity)).select(wanted)
