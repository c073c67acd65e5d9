"""The files of cells of past dates: one Arrow file per range of entities, with the same bits.

    panels/<measures>-<state>/<dates>.0003.arrow             the cells of the entities 30,000 to 39,999
    panels/<measures>-<state>/<dates>.0003.<model>.arrow     what the days before contribute to them

Models whose measures agree share the cells, whatever their weights, curves and bands. A model that
smooths or has a dead zone has its own past beside them. Everything here can be computed again.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from salus.atomic import atomic_write
from salus.errors import DamagedFileWarning
from salus.kernel.cells import Cells, LastValue, SmoothingState
from salus.kernel.values import MeasureValues
from salus.sources.file_states import FileStates
from salus.sources.parquet_check import DAMAGED

FILE_STATES = ".files.json"  # size and time of each file when it was written
STATES = 4  # states of measures and data that are kept; the oldest are removed
GRIDS = 6  # sets of dates that are kept of each
MODELS = 6  # models whose past is kept for a set of dates
NOTE = "these kept values of past dates were damaged: they are computed again"


@dataclass(frozen=True)
class CellFiles:
    """The files of one set of dates, for the measures and the state of the data in the folder's
    name.
    """

    folder: Path
    dates: str
    fingerprint: str | None  # of a model that remembers earlier scores

    def read(self, number: int) -> tuple[Cells, Mapping[str, Any]] | None:
        """The cells of a range of entities and its notes; None if they aren't kept."""
        cells = self._load(self._path(number))
        past = self._load(self._past_path(number)) if self.fingerprint else None
        if cells is None or (self.fingerprint and past is None):
            return None
        try:
            return to_cells(cells, past), json.loads(cells.schema.metadata[b"notes"])
        except (*DAMAGED, TypeError):
            return None

    def write(self, number: int, cells: Cells, notes: Mapping[str, Any]) -> None:
        """Keep the cells of a range. Where they can't be written, the next run computes them again."""
        with suppress(OSError):
            self._save(self._path(number), to_table(cells, notes))
            if self.fingerprint:
                self._save(self._past_path(number), past_table(cells))

    def remove_old(self) -> None:
        """Remove other states of the data of these measures, and what wasn't written for longest."""
        measures = self.folder.name.split("-")[0]
        folders = [path for path in self.folder.parent.glob("*-*") if path != self.folder]
        old = [path for path in folders if path.name.startswith(f"{measures}-")]
        rest = [path for path in folders if path not in old]
        for path in [*old, *_newest_first(rest)[STATES - 1 :]]:
            shutil.rmtree(path, ignore_errors=True)
        firsts = _newest_first(list(self.folder.glob("*.0000.arrow")))
        for path in firsts[GRIDS:]:
            _remove(self.folder, f"{path.name.split('.')[0]}.*")
        for path in _newest_first(list(self.folder.glob(f"{self.dates}.0000.*.arrow")))[MODELS:]:
            _remove(self.folder, f"{self.dates}.*.{path.name.split('.')[2]}.arrow")

    def _path(self, number: int) -> Path:
        return self.folder / f"{self.dates}.{number:04d}.arrow"

    def _past_path(self, number: int) -> Path:
        return self.folder / f"{self.dates}.{number:04d}.{self.fingerprint}.arrow"

    @property
    def _states(self) -> FileStates:
        return FileStates(self.folder, self.folder / FILE_STATES, read=True)

    def _load(self, path: Path) -> pa.Table | None:
        if not path.is_file():
            return None
        same = self._states.compare([path])[path]
        if same:
            with suppress(*DAMAGED), pa.memory_map(str(path)) as file:
                return pa.ipc.open_file(file).read_all()
        if same is not None:
            warnings.warn(DamagedFileWarning(f"panels/{path.name}", NOTE), stacklevel=2)
        return None

    def _save(self, path: Path, table: pa.Table) -> None:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with (
            atomic_write(path, durable=False) as draft,
            pa.OSFile(str(draft), "wb") as file,
            pa.ipc.new_file(file, table.schema, options=options) as writer,
        ):
            writer.write_table(table)
        self._states.remember([path])


def _remove(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _newest_first(paths: list[Path]) -> list[Path]:
    times = {}
    for path in paths:
        with suppress(OSError):  # another run removed it
            times[path] = path.stat().st_mtime_ns
    return sorted(times, key=lambda path: (-times[path], path.name))


def to_table(cells: Cells, notes: Mapping[str, Any]) -> pa.Table:
    """The cells as columns, without their past."""
    columns: dict[str, Any] = {"entity": cells.entity, "day": cells.day, "segment": cells.segment}
    for name, values in cells.values.items():
        columns |= {f"value:{name}": values.data, f"reason:{name}": values.reason}
    for kind, stand_ins in (("held", cells.held), ("last", cells.last)):
        for name, last in stand_ins.items():
            columns |= {f"{kind}:{name}": last.data, f"{kind}_on:{name}": last.day}
    columns |= {f"cap:{name}": holds for name, holds in cells.capped.items()}
    kinds = {name: [values.kind, *values.words] for name, values in cells.values.items()}
    table = pa.table({name: pa.array(array) for name, array in columns.items()})
    return table.replace_schema_metadata({"kinds": json.dumps(kinds), "notes": json.dumps(notes)})


def past_table(cells: Cells) -> pa.Table:
    """What the days before contribute to the cells."""
    assert cells.past is not None
    return pa.table(
        {name: pa.array(getattr(cells.past, name)) for name in ("total", "weight", "band")}
    )


def to_cells(table: pa.Table, past: pa.Table | None) -> Cells:
    """The cells that `to_table` and `past_table` were given."""
    arrays = {
        name: table[name].combine_chunks().to_numpy(zero_copy_only=False)
        for name in table.column_names
    }
    kinds = json.loads(table.schema.metadata[b"kinds"])

    def stand_ins(kind: str) -> dict[str, LastValue]:
        return {
            name: LastValue(arrays[f"{kind}:{name}"], arrays[f"{kind}_on:{name}"])
            for name in kinds
            if f"{kind}:{name}" in arrays
        }

    return Cells(
        entity=arrays["entity"],
        day=arrays["day"],
        values={
            name: MeasureValues(
                arrays[f"value:{name}"], arrays[f"reason:{name}"], kind, tuple(words)
            )
            for name, (kind, *words) in kinds.items()
        },
        held=stand_ins("held"),
        last=stand_ins("last"),
        segment=arrays["segment"],
        capped={name[4:]: arrays[name] for name in arrays if name.startswith("cap:")},
        past=None if past is None else _to_past(past, len(arrays["entity"])),
    )


def _to_past(table: pa.Table, rows: int) -> SmoothingState:
    if len(table) != rows:
        raise ValueError("the past has other cells")
    return SmoothingState(
        *(
            np.asarray(table[name].combine_chunks().to_numpy(zero_copy_only=False))
            for name in ("total", "weight", "band")
        )
    )
