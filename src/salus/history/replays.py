"""The files of replayed scores: one folder per model and state of the data.

Each file holds 30 days of up to 10,000 entities:

    replay/<fingerprint>-<state>/2025-01-17.0003.parquet      30 days from that day on; the entities 30,000 to 39,999

Rows are sorted by entity and day, with one row group per thousand entities. Blocks of days are
counted from 1970, entities by their position in the sorted list of keys. So equal data give equal
bytes, no matter in how many runs the replay was made. Each file says which dates it holds.
Everything here can be computed again; only `live/` is a record of what was shown.

Spark writes one folder per block, with all entities, and a list of the days beside them:

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
from salus.history.footers import FOOTERS, read_entity_rows
from salus.history.packed_reasons import MISSING, PREFIX, measures_of, unpack_reasons, unpack_some
from salus.periods.day import date_of, day_number
from salus.sources.file_states import FileStates
from salus.sources.parquet_check import DAMAGED, find_damaged

BLOCK = 30  # days per file
SLAB = 10_000  # entities per file
GROUP = 1_000  # entities per row group
COMPRESSION = "lz4"  # zstd takes twice as long to write; its files are a fifth smaller
FILE_STATES = ".files.json"  # size and time of each file when it was written
DAYS = "_days.json"  # the days in the folders that Spark wrote; Parquet readers ignore it
_FOLDER = re.compile(r"block=(\d{4}-\d{2}-\d{2})")
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{4,})\.parquet")


def block_of(day: int) -> int:
    """The first day of the block that contains a day, both as day numbers."""
    return day - day % BLOCK


def _days_in_block(days: Iterable[int], block: int) -> frozenset[int]:
    return frozenset(int(day) for day in days if block_of(int(day)) == block)


@dataclass(frozen=True)
class ReplayPart:
    """One file, or one folder that Spark wrote."""

    block: int  # its first day, as a day number
    slab: int  # the entities from `slab * SLAB` on; -1: all entities, in a folder
    days: frozenset[int]  # the days of the block that it holds, or must hold once written

    @property
    def name(self) -> str:
        first = date_of(self.block).isoformat()
        return f"block={first}" if self.slab < 0 else f"{first}.{self.slab:04d}.parquet"


@dataclass(frozen=True)
class Replays:
    """The replayed scores of one model on one state of the data."""

    folder: Path
    fingerprint: str

    def parts(self) -> tuple[ReplayPart, ...]:
        """The parts that exist, by block and slab. A file that can't be read counts as missing."""
        files = (self._part(path) for path in self._paths())
        return (*(part for part in files if part is not None), *self._folders())

    def _paths(self) -> list[Path]:
        """The files by block and slab."""
        if not self.folder.is_dir():
            return []
        return [path for path in sorted(self.folder.iterdir()) if _NAME.fullmatch(path.name)]

    def _folders(self) -> Iterator[ReplayPart]:
        """The folders that Spark wrote."""
        index = self.folder / DAYS
        days = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else []
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            match = _FOLDER.fullmatch(path.name)
            if match is not None:
                block = day_number(dt.date.fromisoformat(match[1]))
                yield ReplayPart(block, -1, _days_in_block(days, block))

    def _part(self, path: Path) -> ReplayPart | None:
        match = _NAME.fullmatch(path.name)
        if match is None:
            return None
        try:
            metadata = json.loads(FOOTERS.index(path).notes)
            block = day_number(dt.date.fromisoformat(match[1]))
            return ReplayPart(block, int(match[2]), _days_in_block(metadata["days"], block))
        except (*DAMAGED, TypeError):
            return None

    def missing(
        self, days: Iterable[int], slabs: int, *, fresh: bool = False
    ) -> tuple[ReplayPart, ...]:
        """The files to write so that all of `days` exist for `slabs` slabs of entities.

        Each part names the days asked for and the days that its file already holds. `fresh`: every
        file, whether it exists or not. A damaged file is included, with a warning. It isn't deleted
        here, because another run may just have written it.
        """
        existing = {} if fresh else {(part.block, part.slab): part.days for part in self.parts()}
        blocks: dict[int, set[int]] = {}
        for day in days:
            blocks.setdefault(block_of(day), set()).add(day)
        wanted = [
            ReplayPart(block, slab, frozenset(block_days))
            for block, block_days in sorted(blocks.items())
            for slab in range(slabs)
        ]
        damaged = set() if fresh else self._damaged(wanted)
        return tuple(
            replace(part, days=part.days | existing.get((part.block, part.slab), frozenset()))
            for part in wanted
            if part.name in damaged
            or not part.days <= existing.get((part.block, part.slab), frozenset())
        )

    def _damaged(self, parts: Sequence[ReplayPart]) -> set[str]:
        """The names of the files whose content isn't what was written. Warns about each."""
        files = [path for path in (self.folder / part.name for part in parts) if path.is_file()]
        names = {path.name for path in find_damaged(files, self._file_states)}
        for name in sorted(names):
            warnings.warn(
                DamagedFileWarning(
                    name, "this file of the replay was damaged: it is computed again"
                ),
                stacklevel=2,
            )
        return names

    @property
    def _file_states(self) -> FileStates:
        return FileStates(self.folder, self.folder / FILE_STATES, read=True)

    @contextmanager
    def open_writer(self, parts: Sequence[ReplayPart]) -> Iterator[ReplayWriter]:
        """A writer for the files of these parts. The complete files appear when the `with` block
        ends without an error; otherwise none does.
        """
        with ExitStack() as stack:
            drafts = {
                part: stack.enter_context(atomic_write(self.folder / part.name)) for part in parts
            }
            writer = ReplayWriter(self.fingerprint, drafts, {})
            try:
                yield writer
                writer.close()
            except BaseException:
                writer.abandon()
                raise
            crash_point("replay:written")
        self._file_states.remember([self.folder / part.name for part in parts])
        crash_point("replay:slab")

    def read(
        self, columns: Sequence[str] | None = None, days: Iterable[int] | None = None
    ) -> Iterator[pa.Table]:
        """The rows, one table per file: by block, then by entity. `days`: only the rows of these
        days; None: all rows.
        """
        wanted = None if days is None else frozenset(days)
        for part in self.parts():
            if wanted is not None and part.days.isdisjoint(wanted):
                continue
            filters = (
                None
                if wanted is None or part.days <= wanted
                else [("as_of", "in", [date_of(day) for day in sorted(part.days & wanted)])]
            )
            yield self._with_words(part, list(columns) if columns else None, filters)

    def _with_words(
        self,
        part: ReplayPart,
        columns: list[str] | None,
        filters: list[tuple[str, str, Any]] | None,
    ) -> pa.Table:
        """The rows of a part, with the reasons in words."""
        if columns is None:
            return unpack_reasons(self._rows(part, None, filters))
        if part.slab < 0 or not any(name.startswith(MISSING) for name in columns):
            return self._rows(part, columns, filters)
        names = self._names(part)
        packed = [name for name in names if name.startswith(PREFIX)]
        if not packed:
            return self._rows(part, columns, filters)
        words = {f"{MISSING}{name}" for name in measures_of(names)}
        wanted = [name for name in columns if name not in words]
        return unpack_some(self._rows(part, [*wanted, *packed], filters), names, columns)

    def _names(self, part: ReplayPart) -> tuple[str, ...]:
        """The names of the columns of a file, in their order."""
        try:
            return FOOTERS.index(self.folder / part.name).names
        except DAMAGED as error:
            raise self._unreadable(part) from error

    def read_entity(self, entity: str, columns: Sequence[str]) -> pa.Table | None:
        """Some columns of the rows of one entity; None if it has no row. Only the files and row
        groups that may hold the entity are opened.
        """
        tables = [self._rows_of(part, entity, list(columns)) for part in self._parts_of(entity)]
        tables = [table for table in tables if len(table)]
        return pa.concat_tables(tables, promote_options="permissive") if tables else None

    def _parts_of(self, entity: str) -> Iterator[ReplayPart]:
        """The parts that may hold rows of an entity. A file that can't be read counts as missing,
        as in `parts`.
        """
        for path in self._paths():
            try:
                groups = FOOTERS.index(path).groups_of(entity)
            except (*DAMAGED, TypeError):
                continue
            part = self._part(path) if groups else None
            if part is not None:
                yield part
        yield from self._folders()

    def _rows_of(self, part: ReplayPart, entity: str, columns: list[str]) -> pa.Table:
        """Some columns of the rows of one entity in a part."""
        if part.slab < 0:
            return self._rows(part, columns, [("entity", "=", entity)])
        try:
            return read_entity_rows(self.folder / part.name, entity, columns)
        except DAMAGED as error:
            raise self._unreadable(part) from error

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
            raise self._unreadable(part) from error

    def _unreadable(self, part: ReplayPart) -> DataError:
        return DataError(
            f"the replay file {part.name} can't be read: it is damaged or was removed",
            "run the same `salus replay` again; it computes the file again",
        )

    def remove(self) -> None:
        """Delete all files; a replay can compute them again."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove_other_states(self) -> None:
        """Delete the replays of this model on earlier states of the data."""
        for other in self.folder.parent.glob(f"{self.fingerprint}-*"):
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)


@dataclass(frozen=True)
class ReplayWriter:
    """Writes the files of some parts, one row group after another."""

    fingerprint: str
    drafts: Mapping[ReplayPart, Path]
    files: dict[ReplayPart, pq.ParquetWriter]

    def add(self, part: ReplayPart, rows: pa.Table) -> None:
        """Add a row group to a file: the next thousand entities on the file's dates."""
        if part not in self.files:
            metadata = {"fingerprint": self.fingerprint, "days": sorted(part.days)}
            schema = rows.schema.with_metadata({"salus": json.dumps(metadata, sort_keys=True)})
            coded = [
                field.name
                for field in schema
                if pa.types.is_dictionary(field.type) or field.name.startswith(PREFIX)
            ]
            self.files[part] = pq.ParquetWriter(
                self.drafts[part],
                schema,
                compression=COMPRESSION,
                use_dictionary=[*coded, "as_of", "coverage"],
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
        """Leave the files unfinished: to finish them needs disk space, which may be what is
        missing.
        """
        for file in self.files.values():
            file.is_open = False
