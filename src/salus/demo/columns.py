"""Turns arrays into columns of a table: dates, instants, words and keys, with nulls where nothing
is known.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salus.demo.season import Flags, Floats, Ints


def to_array(values: npt.NDArray[np.generic], known: Flags | None = None) -> pa.Array:
    """The values, null where `known` is false."""
    return pa.array(values, mask=None if known is None else ~known)


def to_dates(days: Ints, known: Flags | None = None) -> pa.Array:
    """Day numbers as dates."""
    return to_array(days.astype(np.int32), known).cast(pa.date32())


def to_instants(seconds: Ints, known: Flags | None = None) -> pa.Array:
    """Seconds since 1970 as instants in UTC."""
    return to_array(seconds.astype(np.int64), known).cast(pa.timestamp("s", "UTC"))


def to_words(choices: Sequence[str], index: Ints, known: Flags | None = None) -> pa.Array:
    """The word at each index."""
    return pa.array(choices, pa.string()).take(to_array(index, known))


def to_keys(prefix: str, numbers: Ints, width: int = 5) -> pa.Array:
    """Numbers as keys.

    >>> to_keys("A-", np.array([7, 12])).to_pylist()
    ['A-00007', 'A-00012']
    """
    digits = pc.utf8_lpad(pa.array(numbers, pa.int64()).cast(pa.string()), width, "0")
    return join_texts(prefix, digits)


def join_texts(*parts: pa.Array | str) -> pa.Array:
    """The texts of each row joined."""
    return pc.binary_join_element_wise(*parts, "")


def round_cents(values: Floats) -> Floats:
    """Amounts with two decimals."""
    return np.round(values, 2)
