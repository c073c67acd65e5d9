"""Rows that are equal bytes if they are equal: their words have one order, whatever batches they
were computed in.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

FREE = ("value:", "held:", "last:")  # prefixes of the columns whose words come from the data


def to_canonical(table: pa.Table) -> pa.Table:
    """The same rows in one chunk; texts from the data are codes of the words that occur, in order."""
    table = table.unify_dictionaries().combine_chunks()
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type) and field.name.startswith(FREE):
            table = table.set_column(
                place, field, _with_ordered_words(table.column(place).combine_chunks())
            )
    return table


def _with_ordered_words(coded: pa.DictionaryArray) -> pa.DictionaryArray:
    codes = (
        coded.indices.to_numpy(zero_copy_only=False)
        if not coded.indices.null_count
        else coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False)
    )
    used = np.zeros(len(coded.dictionary) + 1, dtype=bool)
    used[codes] = True
    words = coded.dictionary.filter(pa.array(used[:-1]))
    order = pc.array_sort_indices(words).to_numpy()
    rank = np.empty(len(used), dtype=np.int32)
    rank[np.flatnonzero(used[:-1])[order]] = np.arange(len(words), dtype=np.int32)
    missing = codes == len(coded.dictionary)
    new = rank[np.where(missing, 0, codes)] if len(words) else np.zeros(len(codes), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(new, pa.int32(), mask=missing), words.take(pa.array(order))
    )
