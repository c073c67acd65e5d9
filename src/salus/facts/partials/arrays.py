"""The rows of a partial, as Arrow has them, become arrays sorted by entity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import DataError
from salus.facts.partials.months import expand_days, select_days
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.order import order_by
from salus.facts.partials.partial import Array, Partial
from salus.facts.partials.requirements import PartialSpec
from salus.facts.partials.spans import PartialSpan
from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, MONTH, RECORDED, STOP, TIME
from salus.periods.day import NEVER

_NAMES = {
    BEGUN: "begun",
    KNOWN: "known",
    CLOSED: "closed",
    ENDED: "ended",
    STOP: "stop",
    TIME: "time",
    RECORDED: "recorded",
    "value": "value",
}


def build_partial(
    shape: PartialSpec, table: pa.Table, ids: pa.Array, asked: PartialSpan
) -> tuple[Partial, int]:
    """The result of a query as arrays sorted by entity, and how many rows belong to no entity."""
    table, bits = select_days(table, asked) if MONTH in table.column_names else (table, {})
    position = _positions(table[ENTITY], ids)
    there = position >= 0
    lost = len(there) - int(np.count_nonzero(there))
    if lost:
        table, position = table.filter(pa.array(there)), position[there]
        bits = {name: array[there] for name, array in bits.items()}
    arrays = {
        _NAMES.get(name, name): to_array(name, table[name])
        for name in table.column_names
        if name not in (ENTITY, "key", "value", *bits)
    } | bits
    words, kind = None, "number"
    if "key" in table.column_names:
        arrays["key"] = _coded(table["key"])[0]
    if "value" in table.column_names:
        arrays["value"], words, kind = _values(table["value"])
    if (
        "begun" in arrays
        and shape.mode != "keys"
        and ("known" not in arrays or np.array_equal(arrays["known"], arrays["begun"]))
    ):
        arrays["known"] = arrays[
            "begun"
        ]  # one array: nothing has to be done twice (kernel/alive.py)
    del table  # what follows makes as much again
    order = order_by(_sorting(shape, position, arrays))
    entity, ordered = position[order], _taken(arrays, order)
    if MONTH in ordered:
        entity, ordered = expand_days(entity, ordered, asked)
    return Partial(shape, entity, ordered, words, kind), lost


def _taken(arrays: dict[str, Array], order: Array) -> dict[str, Array]:
    """The arrays in this order; what was one array stays one. They are taken out of `arrays`, so
    that each is freed at once.
    """
    same = {name: id(array) for name, array in arrays.items()}
    taken: dict[int, Array] = {}
    for name, which in same.items():
        array = arrays.pop(name)
        if which not in taken:
            taken[which] = array[order]
    return {name: taken[which] for name, which in same.items()}


def _positions(keys: pa.ChunkedArray, ids: pa.Array) -> Array:
    """Of each row the place of its key in `ids`; -1: none. All words of all chunks are looked up at
    once.
    """
    if not pa.types.is_dictionary(keys.type):
        keys = keys.cast(pa.string()).dictionary_encode()
    found = np.empty(len(keys), dtype=np.int32)
    if not keys.num_chunks:
        return found
    words = pa.concat_arrays([chunk.dictionary.cast(pa.string()) for chunk in keys.chunks])
    places = (
        fill_nulls(pc.index_in(words, value_set=ids), -1)
        .to_numpy(zero_copy_only=False)
        .astype(np.int32)
    )
    row = word = 0
    for chunk in keys.chunks:
        codes = chunk.indices.to_numpy(zero_copy_only=False)
        places[word : word + len(chunk.dictionary)].take(codes, out=found[row : row + len(codes)])
        row, word = row + len(codes), word + len(chunk.dictionary)
    return found


def _coded(column: pa.ChunkedArray) -> tuple[Array, pa.Array]:
    """Texts as codes and the list of words they stand for."""
    if not pa.types.is_dictionary(column.type):
        column = pa.chunked_array([column.cast(pa.string()).combine_chunks().dictionary_encode()])
    if not column.num_chunks:
        return np.zeros(0, dtype=np.int32), pa.array([], pa.string())
    column = column.unify_dictionaries()
    codes = np.concatenate(
        [chunk.indices.to_numpy(zero_copy_only=False) for chunk in column.chunks]
    )
    return codes.astype(np.int32, copy=False), column.chunk(0).dictionary.cast(pa.string())


def to_array(name: str, column: pa.ChunkedArray) -> Array:
    """A column without nulls: days are int32 and a missing day is NEVER; truths are bool; totals
    int64.
    """
    if name in (TIME, RECORDED):
        return column.cast(pa.int64()).to_numpy()
    if pa.types.is_date(column.type):
        return fill_nulls(column.cast(pa.date32()).cast(pa.int32()), NEVER).to_numpy()
    if pa.types.is_boolean(column.type):
        return fill_nulls(column, False).to_numpy()
    return fill_nulls(column.cast(pa.int64()), 0).to_numpy()


def _values(column: pa.ChunkedArray) -> tuple[Array, tuple[str, ...] | None, str]:
    if pa.types.is_integer(column.type):
        return column.cast(pa.int64()).to_numpy(), None, "number"
    if pa.types.is_boolean(column.type):
        return column.cast(pa.int64()).to_numpy() * 1_000_000, None, "bool"
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy(), None, "date"
    codes, found = _coded(column)
    words = found.to_pylist()
    ranks = (
        np.argsort(np.argsort(np.array(words, dtype=object)))
        if words
        else np.zeros(0, dtype=np.int64)
    )
    return ranks[codes] if words else codes, tuple(sorted(words)), "text"


def _sorting(shape: PartialSpec, entity: Array, arrays: Mapping[str, Array]) -> list[Array]:
    """What rows are sorted by, so that the same facts always stand in the same order, whatever
    order they came in.
    """
    if shape.mode == "keys":
        return [
            entity,
            arrays["key"],
            next(arrays[name] for name in ("known", "begun", MONTH) if name in arrays),
        ]
    names = ("time", "recorded", "value", "begun", "known", "closed", "ended", "stop")
    several = {id(arrays[name]): arrays[name] for name in names if name in arrays}
    return [entity, *map(_near, several.values())]


def _near(days: Array) -> Array:
    """A missing end as the day after all others: packs into fewer bits than NEVER, in the same
    order.
    """
    there = days != NEVER
    if days.dtype != np.int32 or there.all():
        return days
    return np.where(there, days, np.max(days, initial=-NEVER, where=there) + 1)


def check_range(partials: Mapping[PartialSpec, Partial]) -> None:
    """Totals are whole millionths in 64 bits: refuse an entity whose sum could pass 9.2e12."""
    for shape, one in partials.items():
        for name, array in one.arrays.items():
            if name.startswith("c") and array.dtype == np.int64 and len(one):
                if max(-int(array.min()), int(array.max())) * len(one) < 9.2e18:
                    continue
                sums = np.bincount(one.entity, weights=np.abs(array.astype(np.float64)))
                if sums.max() >= 9.2e18:
                    raise DataError(
                        f"the values of source `{shape.source}` add up to more than 9.2e12 for one"
                        " entity",
                        "divide the column under `columns:`, for instance by 1000",
                    )
