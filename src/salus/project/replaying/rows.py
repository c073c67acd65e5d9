"""Rows of which equal ones are equal bytes: words in one order, whatever portions they were computed in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def canonical(table: pa.Table) -> pa.Table:
    """The same rows with every column in one piece; texts as codes of the words that occur, in order."""
    columns = {name: _whole(table[name]) for name in table.column_names}
    return pa.table(columns)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    if not len(column):
        return pa.array([], column.type)
    if pa.types.is_string(column.type):
        column = column.dictionary_encode()
    if not pa.types.is_dictionary(column.type):
        return column.combine_chunks()
    coded = column.unify_dictionaries().combine_chunks()
    return _ordered(coded)


def _ordered(coded: pa.DictionaryArray) -> pa.DictionaryArray:
    codes = coded.indices.to_numpy(zero_copy_only=False) if not coded.indices.null_count else coded.indices.fill_null(
        len(coded.dictionary)).to_numpy(zero_copy_only=False)
    used = np.zeros(len(coded.dictionary) + 1, dtype=bool)
    used[codes] = True
    words = coded.dictionary.filter(pa.array(used[:-1]))
    order = pc.array_sort_indices(words).to_numpy()
    rank = np.empty(len(used), dtype=np.int32)
    rank[np.flatnonzero(used[:-1])[order]] = np.arange(len(words), dtype=np.int32)
    missing = codes == len(coded.dictionary)
    new = rank[np.where(missing, 0, codes)] if len(words) else np.zeros(len(codes), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(new, pa.int32(), mask=missing), words.take(pa.array(order)))
