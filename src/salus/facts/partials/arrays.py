"""The rows of a partial as arrays sorted by entity, from Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.errors import DataError
from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.months import expand_days, select_days
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Array, Partial
from salus.facts.partials.requirements import PartialSpec
from salus.facts.partials.row_order import order_by
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
    spec: PartialSpec, table: pa.Table, ids: pa.Array, span: PartialSpan
) -> tuple[Partial, int]:
    """The rows as arrays sorted by entity, and the number of rows whose key is not an entity."""
    table, bits = select_days(table, span) if MONTH in table.column_names else (table, {})
    position = _positions(table[ENTITY], ids)
    known_entity = position >= 0
    unknown = len(known_entity) - int(np.count_nonzero(known_entity))
    if unknown:
        table, position = table.filter(pa.array(known_entity)), position[known_entity]
        bits = {name: array[known_entity] for name, array in bits.items()}
    arrays = {
        _NAMES.get(name, name): to_array(name, table[name])
        for name in table.column_names
        if name not in (ENTITY, "key", "value", *bits)
    } | bits
    words, kind = None, "number"
    if "key" in table.column_names:
        arrays["key"] = _encode(table["key"])[0]
    if "value" in table.column_names:
        arrays["value"], words, kind = _values(table["value"])
    if (
        "begun" in arrays
        and spec.mode != "keys"
        and ("known" not in arrays or np.array_equal(arrays["known"], arrays["begun"]))
    ):
        arrays["known"] = arrays[
            "begun"
        ]  # the same array, so that the kernel compares days only once (kernel/alive.py)
    del table  # frees memory, since the next steps need as much again
    order = order_by(_sort_columns(spec, position, arrays))
    entity, ordered = position[order], _reorder(arrays, order)
    if MONTH in ordered:
        entity, ordered = expand_days(entity, ordered, span)
    return Partial(spec, entity, ordered, words, kind), unknown


def _reorder(arrays: dict[str, Array], order: Array) -> dict[str, Array]:
    """The arrays in this order. Names that share an array still share it. Arrays are removed from
    `arrays`, so that each is freed at once.
    """
    same = {name: id(array) for name, array in arrays.items()}
    reordered: dict[int, Array] = {}
    for name, identity in same.items():
        array = arrays.pop(name)
        if identity not in reordered:
            reordered[identity] = array[order]
    return {name: reordered[identity] for name, identity in same.items()}


def _positions(keys: pa.ChunkedArray, ids: pa.Array) -> Array:
    """The position of each row's key in `ids`, or -1. The words of all chunks are looked up at
    once.
    """
    if not pa.types.is_dictionary(keys.type):
        keys = keys.cast(pa.string()).dictionary_encode()
    positions = np.empty(len(keys), dtype=np.int32)
    if not keys.num_chunks:
        return positions
    words = pa.concat_arrays([chunk.dictionary.cast(pa.string()) for chunk in keys.chunks])
    places = (
        fill_nulls(pc.index_in(words, value_set=ids), -1)
        .to_numpy(zero_copy_only=False)
        .astype(np.int32)
    )
    row = word = 0
    for chunk in keys.chunks:
        codes = chunk.indices.to_numpy(zero_copy_only=False)
        places[word : word + len(chunk.dictionary)].take(
            codes, out=positions[row : row + len(codes)]
        )
        row, word = row + len(codes), word + len(chunk.dictionary)
    return positions


def _encode(column: pa.ChunkedArray) -> tuple[Array, pa.Array]:
    """Texts as codes, and the list of words they stand for."""
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
    """A column without nulls: days are int32, and a missing day is NEVER; truths are bool; sums are
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
    codes, dictionary = _encode(column)
    words = dictionary.to_pylist()
    ranks = (
        np.argsort(np.argsort(np.array(words, dtype=object)))
        if words
        else np.zeros(0, dtype=np.int64)
    )
    return ranks[codes] if words else codes, tuple(sorted(words)), "text"


def _sort_columns(spec: PartialSpec, entity: Array, arrays: Mapping[str, Array]) -> list[Array]:
    """The columns to sort by, so that the same facts always have the same order, however they
    arrive.
    """
    if spec.mode == "keys":
        return [
            entity,
            arrays["key"],
            next(arrays[name] for name in ("known", "begun", MONTH) if name in arrays),
        ]
    names = ("time", "recorded", "value", "begun", "known", "closed", "ended", "stop")
    distinct_arrays = {id(arrays[name]): arrays[name] for name in names if name in arrays}
    return [entity, *map(_with_near_never, distinct_arrays.values())]


def _with_near_never(days: Array) -> Array:
    """A missing end as the day after all others. It needs fewer bits than NEVER, and the order
    stays the same.
    """
    present = days != NEVER
    if days.dtype != np.int32 or present.all():
        return days
    return np.where(present, days, np.max(days, initial=-NEVER, where=present) + 1)


def check_range(partials: Mapping[PartialSpec, Partial]) -> None:
    """Raises DataError for an entity whose sum could exceed 9.2e12: sums are whole millionths in 64
    bits.
    """
    for spec, partial in partials.items():
        for name, array in partial.arrays.items():
            if name.startswith("c") and array.dtype == np.int64 and len(partial):
                if max(-int(array.min()), int(array.max())) * len(partial) < 9.2e18:
                    continue
                sums = np.bincount(partial.entity, weights=np.abs(array.astype(np.float64)))
                if sums.max() >= 9.2e18:
                    raise DataError(
                        f"the values of source `{spec.source}` add up to more than 9.2e12 for one"
                        " entity",
                        "divide the column under `columns:`, for instance by 1000",
                    )
