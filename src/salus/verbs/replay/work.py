"""Facts → scores → files, for some slabs of entities and all missing dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa

from salus.facts.build import FactReader, FactSet, open_fact_reader
from salus.facts.cache.partial_cache import PartialCache
from salus.history.replays import BLOCK, GROUP, SLAB, ReplayPart, Replays
from salus.history.row import to_table
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.grid import Days
from salus.scoring.timeline import score_dates
from salus.sources.connection import Connection
from salus.verbs.replay.rows import to_canonical

SPAN = (
    13 * BLOCK
)  # days computed at a time, so that memory doesn't grow with the length of a replay
Report = Callable[[int], None]  # entity-dates done


@dataclass(frozen=True)
class Work:
    """The missing parts of a replay, in the order in which they are computed."""

    parts: tuple[ReplayPart, ...]

    def spans(self) -> Iterator[tuple[ReplayPart, ...]]:
        """Parts that are computed together: a little more than a year of blocks."""
        by_span: dict[int, list[ReplayPart]] = defaultdict(list)
        for part in self.parts:
            by_span[part.block // SPAN].append(part)
        for _, parts in sorted(by_span.items()):
            yield tuple(parts)

    @property
    def slabs(self) -> tuple[int, ...]:
        return tuple(sorted({part.slab for part in self.parts}))

    def of(self, slabs: Sequence[int]) -> Work:
        """The parts of these slabs."""
        return Work(tuple(part for part in self.parts if part.slab in slabs))


@dataclass(frozen=True)
class ReplayInputs:
    """What a replay computes with: the model, its facts, and the keys of all entities, in order."""

    model: Model
    connection: Connection
    cache: PartialCache
    keys: pa.Array

    def open_facts(self, parts: Sequence[ReplayPart]) -> FactReader:
        """The facts for the dates of these parts; missing partials are built and kept."""
        grid = required_grid(self.model, _days(parts))
        return open_fact_reader(self.model, self.connection, grid, self.cache, self.keys)


def run(inputs: ReplayInputs, replays: Replays, work: Work, report: Report) -> None:
    """Write every missing part."""
    for parts in work.spans():
        facts = inputs.open_facts(parts)
        for slab in sorted({part.slab for part in parts}):
            mine = tuple(part for part in parts if part.slab == slab)
            _write(inputs.model, facts, replays, mine, report)


def prepare(inputs: ReplayInputs, work: Work) -> None:
    """Build the missing partials, so that several processes can read them."""
    for parts in work.spans():
        inputs.open_facts(parts)


def _days(parts: Sequence[ReplayPart]) -> Days:
    return np.array(sorted({day for part in parts for day in part.days}), dtype=np.int32)


def _write(
    model: Model, facts: FactReader, replays: Replays, parts: Sequence[ReplayPart], report: Report
) -> None:
    """Write the parts of one slab of entities."""
    first = parts[0].slab * SLAB
    stop = min(first + SLAB, len(facts))
    days = _days(parts)
    size = max(facts.range_size // GROUP, 1) * GROUP
    nobody = [] if stop > first else [(first, facts.read(first, stop))]
    with replays.open_writer(parts) as writer:
        for _, known in chain(nobody, facts.ranges(size, first, stop)):
            count = len(known.attributes.ids)
            for start in range(0, max(count, 1), GROUP):
                group = known.part(start, min(start + GROUP, count))
                for part, table in _rows(model, group, days, parts).items():
                    writer.add(part, to_canonical(table))
                report(len(group.attributes.ids) * len(days))


def _rows(
    model: Model, facts: FactSet, days: Days, parts: Sequence[ReplayPart]
) -> dict[ReplayPart, pa.Table]:
    """The rows of some entities for each part."""
    tables: dict[ReplayPart, list[pa.Table]] = {part: [] for part in parts}
    for scored in score_dates(model, facts, days):
        block = scored.cells.day - scored.cells.day % BLOCK
        order = np.argsort(block, kind="stable")
        table, block = to_table(scored, facts.attributes.ids, order, packed=True), block[order]
        for part in parts:
            start, stop = (
                int(place) for place in np.searchsorted(block, [part.block, part.block + 1])
            )
            tables[part].append(table.slice(start, stop - start))
    return {part: pa.concat_tables(chunks) for part, chunks in tables.items()}
