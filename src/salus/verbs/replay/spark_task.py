"""What Spark's workers do: rows of the long table, in order of entity, become scores, by the same
functions as anywhere.
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
from salus.verbs.replay.spark_long import CHANGES, TODAY, Layout, What

MOST = 400_000  # rows held at a time, apart from those of one entity
ROWS = 100_000  # of a batch that is handed back
BLOCK_OF = "block"


@dataclass(frozen=True)
class Task:
    """The model, the days, and all that is not of single entities. It travels to the workers."""

    model: Model
    days: Days
    newest: Mapping[str, tuple[Array, Array]]
    layouts: tuple[Layout, ...]
    schema: pa.Schema | None = None  # of the rows handed back

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Rows of history for the long rows of a partition, which is sorted by entity."""
        assert self.schema is not None
        for long in whole_entities(batches):
            for table in self._scored({layout.what: layout.table(long) for layout in self.layouts}):
                yield from _like(table, self.schema).to_batches(max_chunksize=ROWS)

    def telling_columns(self) -> Task:
        """The same task, knowing the columns that come out: those for an entity that nothing is
        known of.
        """
        nobody = {
            layout.what: layout.empty("" if _tells_who(self.model, layout.what) else None)
            for layout in self.layouts
        }
        fields = [
            pa.field(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in next(self._scored(nobody)).schema
        ]
        return replace(self, schema=pa.schema(fields))

    def _scored(self, tables: Mapping[What, pa.Table]) -> Iterator[pa.Table]:
        rows = {
            shape: RowsInMemory(table)
            for shape, table in tables.items()
            if isinstance(shape, PartialSpec)
        }
        known = FactReader(
            model=self.model,
            grid=required_grid(self.model, self.days),
            attributes=self._attributes(tables),
            newest=self.newest,
            rows=rows,
        ).known()
        for scored in score_dates(self.model, known, self.days):
            table = to_table(scored, known.attributes.ids)
            block = scored.cells.day - scored.cells.day % BLOCK
            yield table.append_column(BLOCK_OF, pa.array(block.astype(np.int32)).cast(pa.date32()))

    def _attributes(self, tables: Mapping[What, pa.Table]) -> Attributes:
        if self.model.entity.table is not None:
            return build_attributes(self.model, tables[TODAY], tables.get(CHANGES))
        keys = [
            table[ENTITY].combine_chunks()
            for what, table in tables.items()
            if _tells_who(self.model, what)
        ]
        return Attributes(tuple(sorted(pc.unique(pa.chunked_array(keys, pa.string())).to_pylist())))


def _tells_who(model: Model, what: What) -> bool:
    """Whether a table's keys make up the population: the entity's own, else every source's."""
    if model.entity.table is not None:
        return what == TODAY
    return isinstance(what, PartialSpec) and what.mode == "newest"


def whole_entities(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches cut anew: Spark cuts through entities, so the last one waits for the next batch
    or the end.
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
    """Codes as the words they stand for; a column in which nothing is known has the type it has
    elsewhere.
    """
    arrays = [
        pa.nulls(len(table), field.type)
        if table[field.name].null_count == len(table)
        else table[field.name].cast(field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
