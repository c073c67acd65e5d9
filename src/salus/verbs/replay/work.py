"""Facts → scores → files, for some slabs of entities and all dates that are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
from salus.verbs.replay.rows import canonical

SPAN = 13 * BLOCK  # days worked on at a time: memory doesn't grow with the length of a replay
Tell = Callable[[int], None]  # entity-dates done


@dataclass(frozen=True)
class Work:
    """What is missing of a replay, in the order in which it is done."""

    parts: tuple[ReplayPart, ...]

    def spans(self) -> Iterator[tuple[ReplayPart, ...]]:
        """Parts that are worked on together: a bit more than a year of blocks."""
        found: dict[int, list[ReplayPart]] = defaultdict(list)
        for part in self.parts:
            found[part.block // SPAN].append(part)
        for _, parts in sorted(found.items()):
            yield tuple(parts)

    @property
    def slabs(self) -> tuple[int, ...]:
        return tuple(sorted({part.slab for part in self.parts}))

    def of(self, slabs: Sequence[int]) -> Work:
        """The part of it that concerns these slabs."""
        return Work(tuple(part for part in self.parts if part.slab in slabs))


def run(
    model: Model,
    connection: Connection,
    keep: PartialCache,
    replays: Replays,
    work: Work,
    keys: pa.Array,
    tell: Tell,
) -> None:
    """Write every missing part. `keys` are those of all entities, in order."""
    for parts in work.spans():
        facts = open_fact_reader(model, connection, required_grid(model, _days(parts)), keep, keys)
        for slab in sorted({part.slab for part in parts}):
            mine = tuple(part for part in parts if part.slab == slab)
            _write(model, facts, replays, mine, tell)


def prepare(
    model: Model, connection: Connection, keep: PartialCache, work: Work, keys: pa.Array
) -> None:
    """Make what is missing of the kept facts, so that several processes find it there."""
    for parts in work.spans():
        open_fact_reader(model, connection, required_grid(model, _days(parts)), keep, keys)


def _days(parts: Sequence[ReplayPart]) -> Days:
    return np.array(sorted({day for part in parts for day in part.days}), dtype=np.int32)


def _write(
    model: Model, facts: FactReader, replays: Replays, parts: Sequence[ReplayPart], tell: Tell
) -> None:
    """One slab of entities."""
    first = parts[0].slab * SLAB
    stop = min(first + SLAB, len(facts))
    days = _days(parts)
    known = facts.known(first, stop)
    with replays.open_writer(parts) as writer:
        for start in range(0, max(stop - first, 1), GROUP):
            group = known.part(start, min(start + GROUP, stop - first))
            for part, table in _rows(model, group, days, parts).items():
                writer.add(part, canonical(table))
            tell(len(group.attributes.ids) * len(days))


def _rows(
    model: Model, known: FactSet, days: Days, parts: Sequence[ReplayPart]
) -> dict[ReplayPart, pa.Table]:
    """The rows of some entities for each part."""
    pieces: dict[ReplayPart, list[pa.Table]] = {part: [] for part in parts}
    for scored in score_dates(model, known, days):
        block = scored.cells.day - scored.cells.day % BLOCK
        order = np.argsort(block, kind="stable")
        table, block = to_table(scored, known.attributes.ids, order), block[order]
        for part in parts:
            start, stop = (
                int(place) for place in np.searchsorted(block, [part.block, part.block + 1])
            )
            pieces[part].append(table.slice(start, stop - start))
    return {part: pa.concat_tables(tables) for part, tables in pieces.items()}
