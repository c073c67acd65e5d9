"""Texts as codes and the words they stand for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

WORD = pa.dictionary(pa.int32(), pa.string())
RECUR = 2  # how often a text must recur on average for codes to pay off


def encode_for_file(column: pa.DictionaryArray) -> pa.Array:
    """Texts as a file keeps them, if they use all their words: as codes where they recur, else as
    plain text.

    Texts that don't recur are read twice as fast as codes with a word each.

    >>> [encode_for_file(pa.array(texts).dictionary_encode()).type == WORD for texts in (["a", "b", "a", "a"], ["a", "b"])]
    [True, False]
    """
    return column if len(column) >= RECUR * len(column.dictionary) else column.cast(pa.string())


def unify_encoding(tables: Sequence[pa.Table]) -> list[pa.Table]:
    """Tables of the same columns: texts that are codes in only some tables become plain text in
    all.
    """
    plain = {
        field.name for table in tables for field in table.schema if pa.types.is_string(field.type)
    }
    return [_without_codes(table, plain) for table in tables]


def _without_codes(table: pa.Table, names: set[str]) -> pa.Table:
    for place, field in enumerate(table.schema):
        if field.name in names and field.type == WORD:
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table


def compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same texts with only the words that they use, in the same order.

    >>> compact(pa.DictionaryArray.from_arrays(pa.array([2, 0, 2]), pa.array(["a", "b", "c"]))).dictionary.to_pylist()
    ['a', 'c']
    """
    codes = column.indices.to_numpy(zero_copy_only=False)
    used = np.zeros(len(column.dictionary), dtype=bool)
    used[codes] = True
    if used.all():
        return column
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    words = column.dictionary.take(pa.array(np.flatnonzero(used)))
    return pa.DictionaryArray.from_arrays(pa.array(renumbered[codes], pa.int32()), words)
