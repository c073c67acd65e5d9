"""Run the grouped queries and hold the results as arrays by entity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import DataError
from salus.facts.dialect import dialect
from salus.facts.need import Shape, Wanted, source_columns, wanted
from salus.facts.partial import Array, Attributes, Partial
from salus.facts.population import attributes
from salus.facts.query import query
from salus.facts.relation import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, RECORDED, TIME, Facts, Span, Table
from salus.model.model import Model
from salus.periods.day import NEVER, date_of
from salus.periods.grid import Grid
from salus.sources.connection import Connection

_NAMES = {BEGUN: "begun", KNOWN: "known", CLOSED: "closed", ENDED: "ended", TIME: "time", RECORDED: "recorded",
          "value": "value"}


@dataclass(frozen=True)
class Known:
    """All the facts a model needs for a grid of dates: the entities and the partials of every source."""

    attributes: Attributes
    partials: Mapping[Shape, Partial]
    newest: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)   # source -> days known, newest begun
    strangers: Mapping[str, int] = field(default_factory=dict)   # source -> known-day rows whose key is no entity


def build(model: Model, connection: Connection, grid: Grid) -> Known:
    """The facts of `model` for the dates of `grid`, from the sources."""
    tables = {shape: _table(model, connection, need, grid) for shape, need in wanted(model).items()}
    known = attributes(model, connection, int(grid.days[-1]), _keys_of(model, tables))
    ids = pa.array(known.ids, pa.string())
    newest = {shape.source: _newest(table) for shape, table in tables.items() if shape.mode == "newest"}
    partials, strangers = {}, {}
    for shape in list(tables):
        partials[shape], lost = partial(shape, tables.pop(shape), ids)
        if lost:
            strangers[shape.source] = max(lost, strangers.get(shape.source, 0))
    check_range(partials)
    return Known(known, partials, newest, strangers)


def _newest(table: pa.Table) -> tuple[Array, Array]:
    """Of a whole source: the days on which something became known, and the newest day begun that was known then."""
    grouped = table.group_by(KNOWN).aggregate([("c0", "max")]).sort_by(KNOWN)
    return _array(KNOWN, grouped[KNOWN]), _array("begun", grouped["c0_max"])


def _keys_of(model: Model, tables: Mapping[Shape, pa.Table]) -> pa.Array | None:
    """Every key in the sources, where the entity has no table of its own."""
    if model.entity.table is not None:
        return None
    keys = [table[ENTITY].cast(pa.string()) for shape, table in tables.items() if shape.mode == "newest"]
    return pc.unique(pa.chunked_array([chunk for column in keys for chunk in column.chunks], pa.string()))


def _table(model: Model, connection: Connection, need: Wanted, grid: Grid) -> pa.Table:
    longest = sum(measure.ago for measure in model.everything)
    earliest = int(grid.days[0]) - longest
    first = None if need.reach is None else date_of(max(earliest - need.reach, -700_000))
    span = Span(first, date_of(int(grid.days[-1])))
    relation = facts_of(model, connection, need.shape.source).relation(span, need.shape.ending)
    return connection.query(query(need, relation, date_of(earliest - 1)))



def facts_of(model: Model, connection: Connection, name: str) -> Facts:
    """The relation builder of a source, with the types of the columns that the model names."""
    source = model.sources[name]
    read = source_columns(model, source)
    own = _columns(connection, source.table, read)
    other = None
    if source.lookup:
        other = _columns(connection, source.lookup.table, read)
    lost = read - set(own.types) - set(other.types if other else ())
    if lost:
        where = source.table + (f" or {source.lookup.table}" if source.lookup else "")
        raise DataError(f"source `{name}` reads {', '.join(f'`{c}`' for c in sorted(lost))}, which {where} doesn't have",
                        "run `salus check`")
    return Facts(source, own, other, dialect(connection.dialect), model.timezone)


def _columns(connection: Connection, table: str, read: frozenset[str]) -> Table:
    types = {column.name: column.type for column in connection.columns(table) if column.name in read}
    return Table(connection.table(table), types)


def partial(shape: Shape, table: pa.Table, ids: pa.Array) -> tuple[Partial, int]:
    """The result of a query as arrays sorted by entity, and how many rows belong to no entity."""
    table = table.combine_chunks()
    entity = pc.index_in(_plain(table[ENTITY]), value_set=ids)
    lost = entity.null_count
    if lost:
        mask = pc.is_valid(entity)
        table, entity = table.filter(mask), entity.filter(mask)
    arrays = {_NAMES.get(name, name): _array(name, table[name]) for name in table.column_names
              if name not in (ENTITY, "key", "value")}
    words, kind = None, "number"
    if "key" in table.column_names:
        arrays["key"], words = _codes(table["key"])
    if "value" in table.column_names:
        arrays["value"], words, kind = _values(table["value"])
    position = entity.to_numpy(zero_copy_only=False).astype(np.int32)
    order = _order(shape, position, arrays)
    sorted_arrays = {name: array[order] for name, array in arrays.items()}
    return Partial(shape, position[order], sorted_arrays, words, kind), lost


def _plain(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.cast(pa.string())


def _array(name: str, column: pa.ChunkedArray) -> Array:
    """A column without nulls: days are int32 and a missing day is NEVER; truths are bool; totals int64."""
    if name in (TIME, RECORDED):
        return column.cast(pa.int64()).to_numpy()
    if pa.types.is_date(column.type):
        return column.cast(pa.date32()).cast(pa.int32()).fill_null(NEVER).to_numpy()
    if pa.types.is_boolean(column.type):
        return column.fill_null(False).to_numpy()
    return column.cast(pa.int64()).fill_null(0).to_numpy()


def _codes(column: pa.ChunkedArray) -> tuple[Array, tuple[str, ...]]:
    coded = _plain(column).dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int64), tuple(coded.dictionary.to_pylist())


def _values(column: pa.ChunkedArray) -> tuple[Array, tuple[str, ...] | None, str]:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column.cast(pa.int64()).to_numpy(), None, "number"
    codes, words = _codes(column)
    ranks = np.argsort(np.argsort(np.array(words, dtype=object))) if words else np.zeros(0, dtype=np.int64)
    return ranks[codes] if words else codes, tuple(sorted(words)), "text"


def _order(shape: Shape, entity: Array, arrays: Mapping[str, Array]) -> Array:
    """Sorted by entity, then so that the same facts always stand in the same order, whatever order they came in."""
    if shape.mode == "keys":
        return np.lexsort((arrays["known"] if "known" in arrays else arrays["begun"], arrays["key"], entity))
    names = [name for name in ("ended", "closed", "known", "begun", "value", "recorded", "time") if name in arrays]
    return np.lexsort((*(arrays[name] for name in names), entity))


def check_range(partials: Mapping[Shape, Partial]) -> None:
    """Totals are whole millionths in 64 bits: refuse an entity whose sum could pass 9.2e12."""
    for shape, one in partials.items():
        for name, array in one.arrays.items():
            if name.startswith("c") and array.dtype == np.int64 and len(one):
                if np.abs(array.astype(np.float64)).sum() < 9.2e18:
                    continue
                sums = np.bincount(one.entity, weights=np.abs(array.astype(np.float64)))
                if sums.max() >= 9.2e18:
                    raise DataError(f"the values of source `{shape.source}` add up to more than 9.2e12 for one entity",
                                    "divide the column under `columns:`, for instance by 1000")
