"""Texts as codes and the words they stand for."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same texts, with only the words that they use, in the same order.

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
