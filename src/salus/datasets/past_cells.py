"""The cells of past dates, range by range of entities: kept from an earlier run, or computed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from salus.datasets.cell_files import CellFiles
from salus.facts.build import FactReader, open_fact_reader
from salus.facts.cache.data_fingerprint import compute_data_fingerprint
from salus.facts.partials.partial import Attributes
from salus.facts.population import load_attributes
from salus.insight.quality.integrity import Integrity
from salus.kernel.cells import Cells, join_cells, required_grid
from salus.model.curve import WordScale
from salus.model.fingerprint import fingerprint
from salus.model.measure import Measure
from salus.model.model import Model
from salus.periods.grid import Days
from salus.scoring.daily_past import PastDates, compute_past_cells
from salus.sources.connection import Connection
from salus.version import __version__
from salus.workspace.workspace import Workspace

RANGE = 10_000  # entities at a time
LEAST = 10_000  # cells: fewer are computed again, because that takes no time


@dataclass(kw_only=True)
class PastCells:
    """The cells of some dates. `newest` and `integrity` are complete after `ranges`."""

    workspace: Workspace
    model: Model
    connection: Connection
    keys: pa.Array
    dates: PastDates
    integrity: Integrity = field(init=False)
    newest: Mapping[str, tuple[Days, Days]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.integrity = Integrity(self.model)

    def __len__(self) -> int:
        return len(self.keys)

    def ranges(self) -> Iterator[tuple[int, Cells]]:
        """The cells of each range of entities, by entity and day, with the position of its first
        entity. The entities of a range are numbered from 0.
        """
        files, written = self._files, False
        for number, first in enumerate(range(0, len(self), RANGE)):
            kept = files.read(number) if files else None
            if kept is None:
                cells, notes = self._compute(first)
                if files:
                    files.write(number, cells, notes)
                    written = True
            else:
                cells, notes = kept
            self._add_notes(notes)
            yield first, cells
        if files and written:
            files.remove_old()

    @cached_property
    def attributes(self) -> Attributes:
        """The attributes of the entities, as known on the last date."""
        if "_reader" in self.__dict__:
            return self._reader.attributes
        return load_attributes(self.model, self.connection, int(self.dates.all_days[-1]), self.keys)

    @cached_property
    def _reader(self) -> FactReader:
        grid = required_grid(self.model, self.dates.all_days)
        return open_fact_reader(
            self.model, self.connection, grid, self.workspace.partials, self.keys
        )

    @cached_property
    def _files(self) -> CellFiles | None:
        """Where the cells are kept; None where there are too few of them."""
        if len(self) * len(self.dates.days) < LEAST:
            return None
        measures = fingerprint(without_weights(self.model))
        state = compute_data_fingerprint(self.model, self.connection)
        return CellFiles(
            self.workspace.store.panels / f"{measures}-{state}",
            _hash(self.dates, self.keys),
            self.model.fingerprint if self.model.remembers else None,
        )

    def _compute(self, first: int) -> tuple[Cells, Mapping[str, Any]]:
        """The cells of a range, and what is noted about its facts."""
        stop = min(first + RANGE, len(self))
        integrity, parts, newest = Integrity(self.model), [], self._reader.newest
        for start, known in self._reader.ranges(start=first, stop=stop):
            integrity.add(known)
            dates = self.dates.part(start, start + len(known.attributes.ids))
            for part in compute_past_cells(self.model, known, dates):
                parts.append(replace(part, entity=part.entity + (start - first)))
            del known  # frees the memory before the next range is read
        cells = join_cells([part for part in parts if len(part)] or parts[:1], self.model)
        notes = {
            "integrity": integrity.counts(),
            "newest": {name: [days.tolist() for days in pair] for name, pair in newest.items()}
            if first == 0
            else {},
        }
        return cells.at(np.lexsort((cells.day, cells.entity))), notes

    def _add_notes(self, notes: Mapping[str, Any]) -> None:
        self.integrity.add_counts(notes["integrity"])
        for name, (known, begun) in notes["newest"].items():
            self.newest = {
                **self.newest,
                name: (np.array(known, dtype=np.int32), np.array(begun, dtype=np.int32)),
            }


def without_weights(model: Model) -> Model:
    """The model without everything that turns values into scores. Models that are equal without it
    have equal cells.
    """
    return replace(
        model,
        dimensions=tuple(
            replace(
                dimension,
                weight=1.0,
                measures=tuple(_without_scale(measure) for measure in dimension.measures),
            )
            for dimension in model.dimensions
        ),
        bands=(),
        caps=tuple(replace(cap, at_most=0.0) for cap in model.caps),
        segments=tuple(
            replace(segment, weights={}, without=(), scales={}) for segment in model.segments
        ),
        scores=(),
        min_coverage=0.0,
        smooth=None,
        dead_zone=0.0,
    )


def _without_scale(measure: Measure) -> Measure:
    """A scale of words says which values count as missing, so it stays."""
    scale = measure.scale if isinstance(measure.scale, WordScale) else None
    return replace(measure, weight=1.0, scale=scale)


def _hash(dates: PastDates, keys: pa.Array) -> str:
    """A short name for the dates of these entities, which are numbered by their position."""
    text = hashlib.sha256(f"{__version__} {RANGE} {keys.to_pylist()}".encode())
    for array in (dates.days, dates.entity, dates.day):
        text.update(np.asarray(array, dtype="<i8").tobytes() + b"|")
    return text.hexdigest()[:16]
