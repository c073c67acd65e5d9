"""Arrays as columns of a table: days, instants, words and keys, with nulls where something isn't
known.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salus.demo.season import Flags, Floats, Ints


def nullable(values: npt.NDArray[np.generic], known: Flags | None = None) -> pa.Array:
    """Values, null where not known."""
    return pa.array(values, mask=None if known is None else ~known)


def dates(days: Ints, known: Flags | None = None) -> pa.Array:
    """Day numbers as dates."""
    return nullable(days.astype(np.int32), known).cast(pa.date32())


def instants(seconds: Ints, known: Flags | None = None) -> pa.Array:
    """Seconds since 1970 as moments in UTC."""
    return nullable(seconds.astype(np.int64), known).cast(pa.timestamp("s", "UTC"))


def words(choices: Sequence[str], index: Ints, known: Flags | None = None) -> pa.Array:
    """The word at each index."""
    return pa.array(choices, pa.string()).take(nullable(index, known))


def keys(prefix: str, numbers: Ints, width: int = 5) -> pa.Array:
    """Numbers as keys.

    >>> keys("A-", np.array([7, 12])).to_pylist()
    ['A-00007', 'A-00012']
    """
    digits = pc.utf8_lpad(pa.array(numbers, pa.int64()).cast(pa.string()), width, "0")
    return joined(prefix, digits)


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts side by side."""
    return pc.binary_join_element_wise(*parts, "")


def cents(values: Floats) -> Floats:
    """Money with two decimals."""
    return np.round(values, 2)
