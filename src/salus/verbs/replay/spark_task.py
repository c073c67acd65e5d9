"""The task of Spark's workers: rows of the long table, in order of entity, become scores, by the
same functions as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.build import FactReader
from salus.facts.partials.partial import Array, Attributes
from salus.facts.partials.requirements import PartialSpec
from salus.facts.partials.rows import RowsInMemory
from salus.facts.population import build_attributes
from salus.facts.sql.columns import ENTITY
from salus.history.replays import BLOCK
from salus.history.row import to_table
from salus.kernel.cells import required_grid
from salus.model.model import Model
from salus.periods.grid import Days
from salus.scoring.timeline import score_dates
from salus.verbs.replay.stacked_tables import CHANGES, CONTRACTS, TODAY, TableKey, TableLayout

MOST = 400_000  # rows held at a time, unless one entity has more
ROWS = 100_000  # of a batch that is returned
BLOCK_OF = "block"


@dataclass(frozen=True)
class ScoringTask:
    """The model, the days, and everything that doesn't belong to single entities. Spark sends it to
    the workers.
    """

    model: Model
    days: Days
    newest: Mapping[str, tuple[Array, Array]]
    layouts: tuple[TableLayout, ...]
    schema: pa.Schema | None = None  # of the rows returned
    rates: pa.Table | None = None  # exchange rates

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Rows of history for the long rows of a partition, which is sorted by entity."""
        assert self.schema is not None
        for long in cut_between_entities(batches):
            for table in self._score({layout.key: layout.table(long) for layout in self.layouts}):
                yield from _like(table, self.schema).to_batches(max_chunksize=ROWS)

    def with_schema(self) -> ScoringTask:
        """The same task with the schema of its result, found by scoring an entity without facts."""
        without_facts = {
            layout.key: layout.empty("" if _has_population(self.model, layout.key) else None)
            for layout in self.layouts
        }
        fields = [
            pa.field(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in next(self._score(without_facts)).schema
        ]
        return replace(self, schema=pa.schema(fields))

    def _score(self, tables: Mapping[TableKey, pa.Table]) -> Iterator[pa.Table]:
        rows = {
            spec: RowsInMemory(table)
            for spec, table in tables.items()
            if isinstance(spec, PartialSpec)
        }
        facts = FactReader(
            model=self.model,
            grid=required_grid(self.model, self.days),
            attributes=self._attributes(tables),
            newest=self.newest,
            rows=rows,
        ).read()
        for scored in score_dates(self.model, facts, self.days):
            table = to_table(scored, facts.attributes.ids)
            block = scored.cells.day - scored.cells.day % BLOCK
            yield table.append_column(BLOCK_OF, pa.array(block.astype(np.int32)).cast(pa.date32()))

    def _attributes(self, tables: Mapping[TableKey, pa.Table]) -> Attributes:
        if self.model.entity.table is not None:
            return build_attributes(
                self.model,
                tables[TODAY],
                tables.get(CHANGES),
                tables.get(CONTRACTS),
                self.rates,
            )
        keys = [
            table[ENTITY].combine_chunks()
            for key, table in tables.items()
            if _has_population(self.model, key)
        ]
        return Attributes(
            ids=tuple(sorted(pc.unique(pa.chunked_array(keys, pa.string())).to_pylist()))
        )


def _has_population(model: Model, key: TableKey) -> bool:
    """Whether a table's keys make up the population: the entity's own table, else every source."""
    if model.entity.table is not None:
        return key == TODAY
    return isinstance(key, PartialSpec) and key.mode == "newest"


def cut_between_entities(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches cut again: Spark cuts within entities, so the last entity waits for the next
    batch or the end.
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += len(batch)
        if count >= MOST:
            long = pa.Table.from_batches(held)
            keys = long[ENTITY]
            start = pc.index(keys, keys[-1]).as_py()
            if start:
                yield long.slice(0, start)
            rest = long.slice(start)
            held, count = rest.to_batches(), len(rest) if start else 0
    if held:
        yield pa.Table.from_batches(held)


def _like(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with this schema: words instead of codes, and the right type for a column without
    values.
    """
    arrays = [
        pa.nulls(len(table), field.type)
        if table[field.name].null_count == len(table)
        else table[field.name].cast(field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
