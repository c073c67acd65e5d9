"""Where replayed scores are kept: a folder for each model and state of the data, in it files of 30
days and some entities.

    replay/<fingerprint>-<state>/2025-01-17.0003.parquet      30 days from that day on; the entities 30,000 to 39,999

Rows are sorted by entity and day, with a row group for every thousand entities. All this is fixed
(blocks of days are counted from 1970, entities by their position in the sorted list), so equal data
give equal bytes, in whatever portions a replay was run. A file tells the dates it holds. Everything
here can be computed again: only `live/` is a record.

Spark writes a folder of files for each block, with all entities, and beside them which days there
are:

    replay/<fingerprint>-<state>/block=2025-01-17/part-….parquet      replay/<fingerprint>-<state>/_days.json
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from salus.atomic import atomic_write, crash_point
from salus.errors import DamagedFileWarning, DataError
from salus.periods.day import date_of, day_number
from salus.sources.file_states import FileStates
from salus.sources.parquet_check import DAMAGED, find_damaged

BLOCK = 30  # days of a file
SLAB = 10_000  # entities of a file
GROUP = 1_000  # entities of a row group
COMPRESSION = "lz4"  # half the time of zstd to write, a fifth more to keep
SEEN = ".files.json"  # what the files were like when they were written
DAYS = "_days.json"  # the days that Spark's blocks hold; readers of Parquet pass over it
_FOLDER = re.compile(r"block=(\d{4}-\d{2}-\d{2})")
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{4,})\.parquet")


def block_of(day: int) -> int:
    """The first day of the block that a day belongs to."""
    return day - day % BLOCK


@dataclass(frozen=True)
class ReplayPart:
    """One file: the dates from `block` on that it holds (or shall hold), of the entities of a slab
    (-1: of all, a folder).
    """

    block: int
    slab: int
    days: frozenset[int]

    @property
    def name(self) -> str:
        first = date_of(self.block).isoformat()
        return f"block={first}" if self.slab < 0 else f"{first}.{self.slab:04d}.parquet"


@dataclass(frozen=True)
class Replays:
    """The replays of one model on one state of the data."""

    folder: Path
    fingerprint: str

    def parts(self) -> tuple[ReplayPart, ...]:
        """What is there, by block and slab; files that can't be read are as good as missing."""
        if not self.folder.is_dir():
            return ()
        found = (self._part(path) for path in sorted(self.folder.iterdir()))
        return (*(part for part in found if part is not None), *self._folders())

    def _folders(self) -> Iterator[ReplayPart]:
        """The blocks that Spark wrote."""
        about = self.folder / DAYS
        days = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else []
        for path in sorted(self.folder.iterdir()):
            name = _FOLDER.fullmatch(path.name)
            if name is not None:
                block = day_number(dt.date.fromisoformat(name[1]))
                yield ReplayPart(
                    block, -1, frozenset(day for day in days if block_of(day) == block)
                )

    def _part(self, path: Path) -> ReplayPart | None:
        name = _NAME.fullmatch(path.name)
        if name is None:
            return None
        try:
            about = json.loads((pq.read_schema(path).metadata or {})[b"salus"])
            block = day_number(dt.date.fromisoformat(name[1]))
            return ReplayPart(
                block,
                int(name[2]),
                frozenset(int(day) for day in about["days"] if block_of(int(day)) == block),
            )
        except (*DAMAGED, TypeError):
            return None

    def missing(
        self, days: Iterable[int], slabs: int, *, fresh: bool = False
    ) -> tuple[ReplayPart, ...]:
        """The files to be written so that these days are there, each with the days that it holds
        already.

        A file that is damaged is to be written, too, with a warning. It stays until then: another
        run may have just written it.
        """
        there = {} if fresh else {(part.block, part.slab): part.days for part in self.parts()}
        blocks: dict[int, set[int]] = {}
        for day in days:
            blocks.setdefault(block_of(day), set()).add(day)
        wanted = [
            ReplayPart(block, slab, frozenset(asked))
            for block, asked in sorted(blocks.items())
            for slab in range(slabs)
        ]
        spoilt = set() if fresh else self._damaged(wanted)
        return tuple(
            replace(part, days=part.days | there.get((part.block, part.slab), frozenset()))
            for part in wanted
            if part.name in spoilt
            or not part.days <= there.get((part.block, part.slab), frozenset())
        )

    def _damaged(self, parts: Sequence[ReplayPart]) -> set[str]:
        """The names of those files that aren't as they were written."""
        files = [path for path in (self.folder / part.name for part in parts) if path.is_file()]
        found = {path.name for path in find_damaged(files, self._seen)}
        for name in sorted(found):
            warnings.warn(
                DamagedFileWarning(
                    name, "this file of the replay was damaged: it is computed anew"
                ),
                stacklevel=2,
            )
        return found

    @property
    def _seen(self) -> FileStates:
        return FileStates(self.folder, self.folder / SEEN, read=True)

    @contextmanager
    def writing(self, parts: Sequence[ReplayPart]) -> Iterator[ReplayWriter]:
        """Files to write rows into; they appear when the block ends well, each whole."""
        with ExitStack() as stack:
            drafts = {
                part: stack.enter_context(atomic_write(self.folder / part.name)) for part in parts
            }
            writing = ReplayWriter(self.fingerprint, drafts, {})
            try:
                yield writing
                writing.close()
            except BaseException:
                writing.abandon()
                raise
            crash_point("replay:written")
        self._seen.remember([self.folder / part.name for part in parts])
        crash_point("replay:slab")

    def read(
        self, columns: Sequence[str] | None = None, days: Iterable[int] | None = None
    ) -> Iterator[pa.Table]:
        """The rows, file by file: by block, then by entity; of `days` only."""
        asked = None if days is None else frozenset(days)
        for part in self.parts():
            if asked is not None and part.days.isdisjoint(asked):
                continue
            filters = (
                None
                if asked is None or part.days <= asked
                else [("as_of", "in", [date_of(day) for day in sorted(part.days & asked)])]
            )
            yield self._rows(part, list(columns) if columns else None, filters)

    def line(self, entity: str) -> pa.Table | None:
        """The rows of one entity; None without any."""
        tables = [self._rows(part, None, [("entity", "=", entity)]) for part in self.parts()]
        tables = [table for table in tables if len(table)]
        return pa.concat_tables(tables, promote_options="permissive") if tables else None

    def _rows(
        self,
        part: ReplayPart,
        columns: list[str] | None,
        filters: list[tuple[str, str, Any]] | None,
    ) -> pa.Table:
        try:
            return pq.read_table(
                self.folder / part.name,
                columns=columns,
                filters=filters,
                page_checksum_verification=True,
            )
        except DAMAGED as error:
            raise DataError(
                f"{part.name} of the replay can't be read: it is damaged or was removed",
                "run the same `salus replay` again: it computes the file anew",
            ) from error

    def remove(self) -> None:
        """Remove them all: they can be computed again."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_other_states(self) -> None:
        """Remove the replays of this model on data that are no more."""
        for other in self.folder.parent.glob(f"{self.fingerprint}-*"):
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)


@dataclass(frozen=True)
class ReplayWriter:
    """Files being written, row group by row group."""

    fingerprint: str
    drafts: Mapping[ReplayPart, Path]
    files: dict[ReplayPart, pq.ParquetWriter]

    def add(self, part: ReplayPart, rows: pa.Table) -> None:
        """The next row group of a file: the next thousand entities on the file's dates."""
        if part not in self.files:
            about = {"fingerprint": self.fingerprint, "days": sorted(part.days)}
            schema = rows.schema.with_metadata({"salus": json.dumps(about, sort_keys=True)})
            few = [field.name for field in schema if pa.types.is_dictionary(field.type)] + [
                "as_of",
                "coverage",
            ]
            self.files[part] = pq.ParquetWriter(
                self.drafts[part],
                schema,
                compression=COMPRESSION,
                use_dictionary=few,
                write_statistics=["entity", "as_of"],
                write_page_checksum=True,
            )
        self.files[part].write_table(
            rows.replace_schema_metadata(self.files[part].schema.metadata),
            row_group_size=max(len(rows), 1),
        )

    def close(self) -> None:
        for file in self.files.values():
            file.close()

    def abandon(self) -> None:
        """Let go of the files without finishing them, which would need the space that isn't
        there.
        """
        for file in self.files.values():
            file.is_open = False
