"""Why values are missing, in few columns: fifteen measures share a column of whole numbers.

Files of history hold the columns `reasons:0`, `reasons:1` and so on instead of one column of words
`missing:NAME` for each measure (docs/decisions/0037). Each measure has four bits, in the order of
the columns `value:NAME`: the position of the reason in REASONS, 0 for a value that isn't missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.kernel.values import REASONS

BITS = 4  # of a measure: up to 16 reasons
PER_COLUMN = 15  # measures; the sign stays free
PREFIX = "reasons:"
VALUE, MISSING = "value:", "missing:"
_WORDS = pa.array([reason for reason in REASONS if reason is not None])


def pack_codes(codes: Mapping[str, NDArray[np.integer]]) -> dict[str, pa.Array]:
    """The columns for the codes of all measures, in the order of their columns `value:NAME`.

    >>> column = pack_codes({"users": np.array([0, 3]), "mood": np.array([1, 0])})["reasons:0"]
    >>> column.to_pylist()
    [16, 3]
    """
    arrays = list(codes.values())
    columns = {}
    for number, first in enumerate(range(0, len(arrays), PER_COLUMN)):
        bits = np.zeros(len(arrays[first]), dtype=np.int64)
        for place, own in enumerate(arrays[first : first + PER_COLUMN]):
            bits |= own.astype(np.int64) << (BITS * place)
        columns[f"{PREFIX}{number}"] = pa.array(bits)
    return columns


def unpack_codes(table: pa.Table, name: str, measures: Sequence[str]) -> NDArray[np.int64]:
    """The codes of one measure. `measures`: all measures, in the order of `pack_codes`."""
    number, place = divmod(measures.index(name), PER_COLUMN)
    bits = table[f"{PREFIX}{number}"].combine_chunks().to_numpy(zero_copy_only=False)
    codes: NDArray[np.int64] = (bits.astype(np.int64) >> (BITS * place)) & (2**BITS - 1)
    return np.where(codes < len(REASONS), codes, 0)


def measures_of(names: Sequence[str]) -> list[str]:
    """The measures among the names of columns, in their order."""
    return [name.removeprefix(VALUE) for name in names if name.startswith(VALUE)]


def pack_reasons(table: pa.Table) -> pa.Table:
    """The table with packed columns instead of `missing:NAME`, behind the other columns."""
    names = table.column_names
    words = [f"{MISSING}{name}" for name in measures_of(names)]
    if not words or not set(words) <= set(names):
        return table
    packed = pack_codes({name: _codes(table[name]) for name in words})
    table = table.drop_columns(words)
    for name, column in packed.items():
        table = table.append_column(name, column)
    return table


def unpack_reasons(table: pa.Table) -> pa.Table:
    """The table with a column `missing:NAME` behind each `value:NAME` instead of packed columns."""
    names = table.column_names
    if f"{PREFIX}0" not in names:
        return table
    measures, columns = measures_of(names), {}
    for name in names:
        if not name.startswith(PREFIX):
            columns[name] = table[name]
        if name.startswith(VALUE):
            measure = name.removeprefix(VALUE)
            columns[f"{MISSING}{measure}"] = _words(unpack_codes(table, measure, measures))
    return pa.table(columns, metadata=table.schema.metadata)


def unpack_some(table: pa.Table, names: Sequence[str], columns: Sequence[str]) -> pa.Table:
    """`columns` of a table that has the packed columns of a file. `names`: all columns of the file."""
    measures = measures_of(names)
    return pa.table(
        {
            name: table[name]
            if name in table.column_names
            else _words(unpack_codes(table, name.removeprefix(MISSING), measures))
            for name in columns
        },
        metadata=table.schema.metadata,
    )


def _words(codes: NDArray[np.int64]) -> pa.DictionaryArray:
    indices = pa.array((codes - 1).astype(np.int32), mask=codes == 0)
    return pa.DictionaryArray.from_arrays(indices, _WORDS)


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """The positions in REASONS of words; 0 for null."""
    whole = column.combine_chunks()
    if not pa.types.is_dictionary(whole.type):
        whole = whole.cast(pa.string()).dictionary_encode()
    by_word = np.array([REASONS.index(word) for word in whole.dictionary.to_pylist()] + [0])
    places = whole.indices.fill_null(len(by_word) - 1).to_numpy(zero_copy_only=False)
    codes: NDArray[np.int64] = by_word[places].astype(np.int64)
    return codes
