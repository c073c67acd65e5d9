"""Run the grouped queries and hold the results as arrays by entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from salus.errors import DataError
from salus.facts.keep import Keep
from salus.facts.months import by_day
from salus.facts.names import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, MONTH, RECORDED, STOP, TIME
from salus.facts.need import Shape, Wanted, wanted
from salus.facts.order import order_by
from salus.facts.origin import Origin
from salus.facts.partial import Array, Attributes, Partial
from salus.facts.population import attributes
from salus.facts.relation import Span, column
from salus.facts.spans import Asked
from salus.model.model import Model
from salus.periods.day import NEVER
from salus.periods.grid import Grid
from salus.sources.connection import Connection

_NAMES = {BEGUN: "begun", KNOWN: "known", CLOSED: "closed", ENDED: "ended", STOP: "stop", TIME: "time", RECORDED: "recorded",
          "value": "value"}


@dataclass(frozen=True)
class Known:
    """All the facts a model needs for a grid of dates: the entities and the partials of every source."""

    attributes: Attributes
    partials: Mapping[Shape, Partial]
    newest: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)   # source -> days known, newest begun
    strangers: Mapping[str, int] = field(default_factory=dict)   # source -> rows of a partial whose key is no entity
    notes: tuple[str, ...] = ()


def build(model: Model, connection: Connection, grid: Grid, keep: Keep | None = None) -> Known:
    """The facts of `model` for the dates of `grid`, from the sources, or from what `keep` has kept of them."""
    needs = wanted(model)
    origins = {name: Origin.of(model, connection, name) for name in dict.fromkeys(shape.source for shape in needs)}
    tables = {shape: _table(model, origins[shape.source], need, grid, keep) for shape, need in needs.items()}
    known = attributes(model, connection, int(grid.days[-1]), _keys_of(model, tables))
    ids = pa.array(known.ids, pa.string())
    newest = {name: _newest(origin, tables, Asked.of(model, None, grid)) for name, origin in origins.items()}
    asked = {shape: Asked.of(model, need, grid) for shape, need in needs.items()}
    partials: dict[Shape, Partial] = {}
    strangers: dict[str, int] = {}
    for shape in list(tables):
        partials[shape], lost = partial(shape, tables.pop(shape), ids, asked[shape])
        if lost:
            strangers[shape.source] = max(lost, strangers.get(shape.source, 0))
    check_range(partials)
    return Known(known, partials, newest, strangers, tuple(keep.notes) if keep else ())


def _table(model: Model, origin: Origin, need: Wanted, grid: Grid, keep: Keep | None) -> pa.Table:
    asked = Asked.of(model, need, grid)
    if keep is not None and origin.size >= keep.least:
        return keep.rows(origin, need, asked)
    return origin.rows(need, Span(asked.first, asked.last), asked.clamp)


def _newest(origin: Origin, tables: Mapping[Shape, pa.Table], asked: Asked) -> tuple[Array, Array]:
    """Of a whole source: the days on which something became known, and the newest day begun that was known then."""
    name = origin.facts.source.name
    column_, table = "c0", tables.get(Shape(name, "newest"))
    if table is None:
        column_, table = BEGUN, tables[Shape(name, "daily")]
    if not len(table) or pc.min(table[KNOWN]).as_py() >= asked.earliest:
        column_, table = "c0", _from_the_first(origin, asked)     # nothing recent on the first date: anything at all?
    grouped = table.group_by(KNOWN).aggregate([(column_, "max")]).sort_by(KNOWN)
    return _array(KNOWN, grouped[KNOWN]), _array("begun", grouped[f"{column_}_max"])


def _from_the_first(origin: Origin, asked: Asked) -> pa.Table:
    relation = origin.facts.relation(Span(None, asked.last), ends=False)
    facts = relation.select.subquery("facts", copy=False)
    latest = exp.Max(this=column(BEGUN)).as_("c0")
    return origin.connection.query(exp.select(column(KNOWN), latest).from_(facts).group_by(exp.Literal.number(1)))


def _keys_of(model: Model, tables: Mapping[Shape, pa.Table]) -> pa.Array | None:
    """Every key in the sources, where the entity has no table of its own."""
    if model.entity.table is not None:
        return None
    keys = [pc.unique(table[ENTITY]).cast(pa.string()) for shape, table in tables.items() if shape.mode == "newest"]
    return pc.unique(pa.chunked_array(keys, pa.string()))


def partial(shape: Shape, table: pa.Table, ids: pa.Array, asked: Asked) -> tuple[Partial, int]:
    """The result of a query as arrays sorted by entity, and how many rows belong to no entity."""
    position = _positions(table[ENTITY], ids)
    there = position >= 0
    lost = len(there) - int(np.count_nonzero(there))
    if lost:
        table, position = table.filter(pa.array(there)), position[there]
    arrays = {_NAMES.get(name, name): _array(name, table[name]) for name in table.column_names
              if name not in (ENTITY, "key", "value")}
    words, kind = None, "number"
    if "key" in table.column_names:
        arrays["key"] = _coded(table["key"])[0]
    if "value" in table.column_names:
        arrays["value"], words, kind = _values(table["value"])
    order = order_by(_sorting(shape, position, arrays))
    entity, ordered = position[order], {name: array[order] for name, array in arrays.items()}
    if MONTH in ordered:
        entity, ordered = by_day(entity, ordered, asked)
    return Partial(shape, entity, ordered, words, kind), lost


def _positions(keys: pa.ChunkedArray, ids: pa.Array) -> Array:
    """Of each row the place of its key in `ids`; -1: none."""
    codes, words = _coded(keys)
    place = pc.index_in(words, value_set=ids).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return place[codes]


def _coded(column: pa.ChunkedArray) -> tuple[Array, pa.Array]:
    """Texts as codes and the list of words they stand for."""
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    column = column.unify_dictionaries()
    if not column.num_chunks:
        return np.zeros(0, dtype=np.int32), pa.array([], pa.string())
    codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in column.chunks])
    return codes.astype(np.int32, copy=False), column.chunk(0).dictionary.cast(pa.string())


def _array(name: str, column: pa.ChunkedArray) -> Array:
    """A column without nulls: days are int32 and a missing day is NEVER; truths are bool; totals int64."""
    if name in (TIME, RECORDED):
        return column.cast(pa.int64()).to_numpy()
    if pa.types.is_date(column.type):
        return column.cast(pa.date32()).cast(pa.int32()).fill_null(NEVER).to_numpy()
    if pa.types.is_boolean(column.type):
        return column.fill_null(False).to_numpy()
    return column.cast(pa.int64()).fill_null(0).to_numpy()


def _values(column: pa.ChunkedArray) -> tuple[Array, tuple[str, ...] | None, str]:
    if pa.types.is_integer(column.type):
        return column.cast(pa.int64()).to_numpy(), None, "number"
    if pa.types.is_boolean(column.type):
        return column.cast(pa.int64()).to_numpy() * 1_000_000, None, "bool"
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy(), None, "date"
    codes, found = _coded(column)
    words = found.to_pylist()
    ranks = np.argsort(np.argsort(np.array(words, dtype=object))) if words else np.zeros(0, dtype=np.int64)
    return ranks[codes] if words else codes, tuple(sorted(words)), "text"


def _sorting(shape: Shape, entity: Array, arrays: Mapping[str, Array]) -> list[Array]:
    """What rows are sorted by, so that the same facts always stand in the same order, whatever order they came in."""
    if shape.mode == "keys":
        return [entity, arrays["key"], next(arrays[name] for name in ("known", "begun", MONTH) if name in arrays)]
    names = ("time", "recorded", "value", "begun", "known", "closed", "ended", "stop")
    return [entity, *(_near(arrays[name]) for name in names if name in arrays)]


def _near(days: Array) -> Array:
    """A missing end as the day after all others: packs into fewer bits than NEVER, in the same order."""
    there = days != NEVER
    if days.dtype != np.int32 or there.all():
        return days
    return np.where(there, days, np.max(days, initial=-NEVER, where=there) + 1)


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
