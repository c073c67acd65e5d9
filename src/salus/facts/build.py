"""All the facts a model needs for a grid of dates, given out whole or by ranges of entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from salus.facts.cache.partial_cache import PartialCache
from salus.facts.cache.partitions import PartitionRows
from salus.facts.partials.arrays import build_partial, check_range, to_array
from salus.facts.partials.partial import Array, Attributes, Partial
from salus.facts.partials.requirements import PartialColumns, PartialSpec, required_partials
from salus.facts.partials.rows import PartialRows, RowsInMemory, latest_by_known_day
from salus.facts.partials.spans import PartialSpan
from salus.facts.population import load_attributes
from salus.facts.sql.columns import BEGUN, KNOWN
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import Span, column
from salus.model.model import Model
from salus.periods.grid import Grid
from salus.sources.connection import Connection


@dataclass(frozen=True)
class FactSet:
    """The facts of entities: what is known of each, and the partials of every source."""

    attributes: Attributes
    partials: Mapping[PartialSpec, Partial]
    newest: Mapping[str, tuple[Array, Array]] = field(
        default_factory=dict
    )  # source -> days known, newest begun
    unknown_keys: Mapping[str, int] = field(
        default_factory=dict
    )  # source -> rows of a partial whose key is no entity
    notes: tuple[str, ...] = ()

    def part(self, first: int, stop: int) -> FactSet:
        """The entities [first, stop), renumbered from 0."""
        partials = {shape: one.part(first, stop) for shape, one in self.partials.items()}
        return FactSet(
            self.attributes.part(first, stop), partials, self.newest, self.unknown_keys, self.notes
        )


@dataclass(frozen=True, kw_only=True)
class FactReader:
    """The facts of a model for the dates of a grid: few of them in memory at a time, where they are
    kept as files.
    """

    model: Model
    grid: Grid
    attributes: Attributes
    newest: Mapping[str, tuple[Array, Array]]
    rows: Mapping[PartialSpec, PartialRows]
    cache: PartialCache | None = None
    unknown_keys: set[str] = field(
        default_factory=set
    )  # sources of which a row read so far has a key that is no entity

    def __len__(self) -> int:
        return len(self.attributes.ids)

    @property
    def kept(self) -> bool:
        """Whether some rows lie in kept files, of which a range of entities is read alone."""
        return any(isinstance(rows, PartitionRows) for rows in self.rows.values())

    @cached_property
    def _needs(self) -> Mapping[PartialSpec, PartialColumns]:
        return required_partials(self.model)

    def known(self, first: int = 0, stop: int | None = None) -> FactSet:
        """The facts of the entities [first, stop), renumbered from 0; without `stop` of all from
        `first` on.
        """
        ids = self.attributes.ids
        stop = len(ids) if stop is None else stop
        low, high = ids[first] if first > 0 else None, ids[stop] if stop < len(ids) else None
        names = pa.array(ids[first:stop], pa.string())
        partials: dict[PartialSpec, Partial] = {}
        unknown_keys: dict[str, int] = {}
        for shape, rows in self.rows.items():
            asked = PartialSpan.of(self.model, self._needs[shape], self.grid)
            partials[shape], lost = build_partial(shape, rows.between(low, high), names, asked)
            if lost:
                unknown_keys[shape.source] = max(lost, unknown_keys.get(shape.source, 0))
        self.unknown_keys.update(unknown_keys)
        check_range(partials)
        notes = tuple(self.cache.notes) if self.cache else ()
        return FactSet(
            self.attributes.part(first, stop), partials, self.newest, unknown_keys, notes
        )

    def ranges(self, size: int) -> Iterator[tuple[int, FactSet]]:
        """All entities in ranges of `size`, each with the position of its first."""
        for first in range(0, len(self), size):
            yield first, self.known(first, min(first + size, len(self)))


def load_facts(
    model: Model, connection: Connection, grid: Grid, cache: PartialCache | None = None
) -> FactSet:
    """The facts of all entities for the dates of `grid`, from the sources, or from what `cache` has
    kept of them.
    """
    return open_fact_reader(model, connection, grid, cache).known()


def open_fact_reader(
    model: Model,
    connection: Connection,
    grid: Grid,
    cache: PartialCache | None = None,
    keys: pa.Array | None = None,
) -> FactReader:
    """Ask the sources for what isn't kept yet, and say who there is.

    `keys`: all entities of a model without a table for them; without it those with a fact in reach
    of the grid.
    """
    needs = required_partials(model)
    origins = {
        name: Origin.of(model, connection, name)
        for name in dict.fromkeys(shape.source for shape in needs)
    }
    rows = {
        shape: _rows(model, origins[shape.source], need, grid, cache)
        for shape, need in needs.items()
    }
    known = load_attributes(
        model, connection, int(grid.days[-1]), _keys_of(model, rows) if keys is None else keys
    )
    newest = {
        name: _newest(origin, rows, PartialSpan.of(model, None, grid))
        for name, origin in origins.items()
    }
    return FactReader(
        model=model, grid=grid, attributes=known, newest=newest, rows=rows, cache=cache
    )


def _rows(
    model: Model, origin: Origin, need: PartialColumns, grid: Grid, cache: PartialCache | None
) -> PartialRows:
    asked = PartialSpan.of(model, need, grid)
    if cache is not None and origin.size >= cache.least:
        return cache.rows(origin, need, asked)
    return RowsInMemory(origin.rows(need, Span(asked.first, asked.last), asked.clamp))


def _newest(
    origin: Origin, rows: Mapping[PartialSpec, PartialRows], asked: PartialSpan
) -> tuple[Array, Array]:
    """Of a whole source: the days on which something became known, and the newest day begun that
    was known then.
    """
    name = origin.facts.source.name
    shape = PartialSpec(name, "newest")
    grouped = (
        rows[shape].newest("c0")
        if shape in rows
        else rows[PartialSpec(name, "daily")].newest(BEGUN)
    )
    if not len(grouped) or pc.min(grouped[KNOWN]).as_py() >= asked.earliest:
        grouped = latest_by_known_day(
            from_the_first(origin, asked), "c0"
        )  # nothing recent on the first date: anything at all?
    return to_array(KNOWN, grouped[KNOWN]), to_array("begun", grouped["newest"])


def from_the_first(origin: Origin, asked: PartialSpan) -> pa.Table:
    relation = origin.facts.relation(Span(None, asked.last), ends=False)
    facts = relation.select.subquery("facts", copy=False)
    latest = exp.Max(this=column(BEGUN)).as_("c0")
    return origin.connection.query(
        exp.select(column(KNOWN), latest).from_(facts).group_by(exp.Literal.number(1))
    )


def _keys_of(model: Model, rows: Mapping[PartialSpec, PartialRows]) -> pa.Array | None:
    """Every key in the sources, where the entity has no table of its own."""
    if model.entity.table is not None:
        return None
    keys = [one.entities() for shape, one in rows.items() if shape.mode == "newest"]
    return pc.unique(pa.chunked_array(keys, pa.string()))
