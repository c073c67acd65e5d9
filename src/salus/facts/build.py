"""The facts that a model needs for a grid of dates, read at once or by ranges of entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from salus.facts.cache.partial_cache import PartialCache
from salus.facts.cache.partitions import PartitionRows
from salus.facts.partials.arrays import build_partial, check_range, to_array
from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.partial import Array, Attributes, Partial
from salus.facts.partials.requirements import PartialColumns, PartialSpec, required_partials
from salus.facts.partials.rows import PartialRows, RowsInMemory, latest_by_known_day
from salus.facts.population import load_attributes
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import Span, column
from salus.model.model import Model
from salus.periods.day import date_of
from salus.periods.grid import Grid
from salus.process import give_memory_back
from salus.sources.connection import Connection

MOST, MOST_ROWS, LEAST = (
    20_000,
    4_000_000,
    1_000,
)  # entities of a range, its rows, and its least entities


@dataclass(frozen=True)
class FactSet:
    """The facts of some entities: their attributes, and the partials of every source."""

    attributes: Attributes
    partials: Mapping[PartialSpec, Partial]
    newest: Mapping[str, tuple[Array, Array]] = field(
        default_factory=dict
    )  # source -> days known, and the newest day begun by then
    unknown_keys: Mapping[str, int] = field(
        default_factory=dict
    )  # source -> number of rows whose key is not an entity
    notes: tuple[str, ...] = ()

    def part(self, first: int, stop: int) -> FactSet:
        """The entities [first, stop), renumbered from 0."""
        partials = {spec: partial.part(first, stop) for spec, partial in self.partials.items()}
        return FactSet(
            self.attributes.part(first, stop), partials, self.newest, self.unknown_keys, self.notes
        )


@dataclass(frozen=True, kw_only=True)
class FactReader:
    """Reads the facts of a model for the dates of a grid. Where they are kept as files, only a few
    of them are in memory at a time.
    """

    model: Model
    grid: Grid
    attributes: Attributes
    newest: Mapping[str, tuple[Array, Array]]
    rows: Mapping[PartialSpec, PartialRows]
    cache: PartialCache | None = None
    wide: Grid | None = None  # all dates that scores depend on, where `grid` has only the last ones
    origins: Mapping[str, Origin] = field(default_factory=dict)
    unknown_keys: set[str] = field(
        default_factory=set
    )  # sources with a row, among those read so far, whose key is not an entity
    done: set[tuple[int, int]] = field(default_factory=set)  # the ranges read so far

    def __len__(self) -> int:
        return len(self.attributes.ids)

    @property
    def uses_files(self) -> bool:
        """Whether some rows come from kept files, which can be read by ranges of entities."""
        return any(isinstance(rows, PartitionRows) for rows in self.rows.values())

    @cached_property
    def _requirements(self) -> Mapping[PartialSpec, PartialColumns]:
        return required_partials(self.model)

    def read(self, first: int = 0, stop: int | None = None) -> FactSet:
        """The facts of the entities [first, stop), renumbered from 0; without `stop` of all from
        `first` on.
        """
        ids = self.attributes.ids
        stop = len(ids) if stop is None else stop
        low, high = ids[first] if first > 0 else None, ids[stop] if stop < len(ids) else None
        entities = pa.array(ids[first:stop], pa.string())
        partials: dict[PartialSpec, Partial] = {}
        unknown_keys: dict[str, int] = {}
        for spec, rows in self.rows.items():
            span = PartialSpan.of(
                self.model, self._requirements[spec], _grid_of(spec, self.grid, self.wide)
            )
            partials[spec], lost = build_partial(spec, rows.between(low, high), entities, span)
            if lost:
                unknown_keys[spec.source] = max(lost, unknown_keys.get(spec.source, 0))
        self.unknown_keys.update(unknown_keys)
        self.done.add((first, stop))
        check_range(partials)
        notes = tuple(self.cache.notes) if self.cache else ()
        return FactSet(
            self.attributes.part(first, stop), partials, self.newest, unknown_keys, notes
        )

    def read_all_dates(self, attributes: Attributes) -> FactSet:
        """The facts of a few entities for all dates of `wide`. The entities are given by their
        attributes.
        """
        assert self.wide is not None
        entities = pa.array(attributes.ids, pa.string())
        partials: dict[PartialSpec, Partial] = {}
        for spec, rows in self.rows.items():
            need = self._requirements[spec]
            span = PartialSpan.of(self.model, need, self.wide)
            if isinstance(rows, PartitionRows):
                table = rows.within(span).of(entities)
            elif spec.mode == "rows":
                table = rows.of(entities)
            else:
                days = Span(span.first, span.last)
                table = self.origins[spec.source].rows_of(need, days, span.clamp, attributes.ids)
            partials[spec], _ = build_partial(spec, table, entities, span)
        check_range(partials)
        return FactSet(attributes, partials, self.newest)

    def all_unknown_keys(self) -> set[str]:
        """The sources with a row whose key is not an entity. Reads the entities that weren't read yet."""
        place = 0
        for first, stop in sorted(self.done):
            place = max(place, stop) if first <= place else place
        for _ in self.ranges(start=place):
            pass
        return self.unknown_keys

    @property
    def range_size(self) -> int:
        """How many entities are read at a time: so few that their arrays stay small."""
        rows = sum(map(len, self.rows.values()))
        few = len(self) if rows <= MOST_ROWS else max(LEAST, len(self) * MOST_ROWS // rows)
        return max(min(few, MOST if self.uses_files else len(self)), 1)

    def ranges(
        self, size: int | None = None, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, FactSet]]:
        """The facts of the entities [start, stop) in ranges of `size` (None: `range_size`), each with
        the position of its first entity.
        """
        size, stop = size or self.range_size, len(self) if stop is None else stop
        for first in range(start, stop, size):
            yield first, self.read(first, min(first + size, stop))
            give_memory_back()


def find_unknown(facts: FactReader, names: Iterable[str]) -> Iterator[str]:
    """Those of the sources that have a row, of whatever day, whose key is not an entity."""
    ids = pa.array(facts.attributes.ids, pa.string())
    for name in sorted(names):
        origin = facts.origins[name]
        relation = origin.facts.relation(Span(None, date_of(int(facts.grid.days[-1]))), ends=False)
        rows = relation.select.subquery("facts", copy=False)
        keys = origin.connection.query(exp.select(column(ENTITY)).distinct().from_(rows))[ENTITY]
        if pc.index_in(keys.cast(pa.string()), value_set=ids).null_count:
            yield name


def load_facts(
    model: Model, connection: Connection, grid: Grid, cache: PartialCache | None = None
) -> FactSet:
    """The facts of all entities for the dates of `grid`, from the sources or from `cache`."""
    return open_fact_reader(model, connection, grid, cache).read()


def open_fact_reader(
    model: Model,
    connection: Connection,
    grid: Grid,
    cache: PartialCache | None = None,
    keys: pa.Array | None = None,
    wide: Grid | None = None,
) -> FactReader:
    """Query the sources for what isn't in `cache` yet, and find the entities.

    `keys`: all entities of a model without a table for them. Without `keys` these are the entities
    with a fact that the grid can reach. `wide`: see FactReader.
    """
    needs = required_partials(model)
    origins = {
        name: Origin.of(model, connection, name)
        for name in dict.fromkeys(spec.source for spec in needs)
    }
    rows = {
        spec: _rows(model, origins[spec.source], need, _grid_of(spec, grid, wide), cache)
        for spec, need in needs.items()
    }
    attributes = load_attributes(
        model, connection, int(grid.days[-1]), _keys_of(model, rows) if keys is None else keys
    )
    newest = {
        name: _newest(origin, rows, PartialSpan.of(model, None, grid))
        for name, origin in origins.items()
    }
    return FactReader(
        model=model,
        grid=grid,
        attributes=attributes,
        newest=newest,
        rows=rows,
        cache=cache,
        wide=wide,
        origins=origins,
    )


def _grid_of(spec: PartialSpec, grid: Grid, wide: Grid | None) -> Grid:
    """The dates that a partial is read for: for texts those of `wide`, so that the words are the
    same.
    """
    return wide if wide is not None and spec.mode == "rows" else grid


def _rows(
    model: Model, origin: Origin, need: PartialColumns, grid: Grid, cache: PartialCache | None
) -> PartialRows:
    span = PartialSpan.of(model, need, grid)
    if cache is not None and origin.size >= cache.least:
        return cache.rows(origin, need, span)
    return RowsInMemory(origin.rows(need, Span(span.first, span.last), span.clamp))


def _newest(
    origin: Origin, rows: Mapping[PartialSpec, PartialRows], span: PartialSpan
) -> tuple[Array, Array]:
    """For a whole source: the days on which something became known, and the newest day begun that
    was known on each.
    """
    name = origin.facts.source.name
    spec = PartialSpec(name, "newest")
    grouped = (
        rows[spec].newest("c0") if spec in rows else rows[PartialSpec(name, "daily")].newest(BEGUN)
    )
    if not len(grouped) or pc.min(grouped[KNOWN]).as_py() >= span.earliest:
        grouped = latest_by_known_day(
            load_newest_since_start(origin, span), "c0"
        )  # nothing recent on the first date, so look at all facts
    return to_array(KNOWN, grouped[KNOWN]), to_array("begun", grouped["newest"])


def load_newest_since_start(origin: Origin, span: PartialSpan) -> pa.Table:
    """The newest day begun for each day known, from the first fact of the source on."""
    relation = origin.facts.relation(Span(None, span.last), ends=False)
    facts = relation.select.subquery("facts", copy=False)
    latest = exp.Max(this=column(BEGUN)).as_("c0")
    return origin.connection.query(
        exp.select(column(KNOWN), latest).from_(facts).group_by(exp.Literal.number(1))
    )


def _keys_of(model: Model, rows: Mapping[PartialSpec, PartialRows]) -> pa.Array | None:
    """Every key in the sources, if the entity has no table of its own."""
    if model.entity.table is not None:
        return None
    keys = [partial_rows.entities() for spec, partial_rows in rows.items() if spec.mode == "newest"]
    return pc.unique(pa.chunked_array(keys, pa.string()))
