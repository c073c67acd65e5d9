"""Rows in order by several whole-number columns at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
BITS = 63


def order_by(columns: Sequence[Array], *, alike: bool = False) -> Array:
    """Row numbers sorted by `columns`, the first of them weighing most; equal rows stay as they
    are.

    Columns are packed into one number per row as far as they fit, since sorting one array is ten
    times cheaper than sorting by several. Rows that come in runs already sorted cost next to
    nothing. `alike`: they come in no order, and equal ones may change places; mostly the first
    columns tell them apart.

    >>> order_by([np.array([2, 1, 1]), np.array([0, 9, 3])])
    array([2, 1, 0])
    """
    several = pack_columns(columns)
    if alike:
        quick = np.argsort(several[0])  # several times quicker than a stable sort
        if bool(np.all(np.diff(several[0][quick]) > 0)):
            return quick
    order: Array | None = None
    for packed in reversed(several):
        here = packed if order is None else packed[order]
        if bool(np.all(here[1:] >= here[:-1])):
            continue
        step = np.argsort(here, kind="stable")
        order = step if order is None else order[step]
    return np.arange(len(columns[0])) if order is None else order


def pack_columns(columns: Sequence[Array]) -> list[Array]:
    """Fewer columns that order, and tell apart, as these do: neighbours in one number where 63 bits
    are enough.
    """
    found: list[Array] = []
    room = 0
    for column in columns if len(columns[0]) else columns[:1]:
        low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
        width = (high - low).bit_length()
        if width > BITS:
            found.append(column)
            room = -1  # not even a column without width may be written into the one given
        elif found and width <= room:
            found[-1] <<= np.int64(width)
            found[-1] += column
            found[-1] -= np.int64(low)
            room -= width
        else:
            found.append(column.astype(np.int64))
            found[-1] -= np.int64(low)
            room = BITS - width
    return found
