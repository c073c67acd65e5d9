"""Days as bits of their month: distinct values of facts known as they begin, a third of the rows that days would be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from salus.facts.names import MONTH
from salus.facts.partial import Array
from salus.facts.spans import Asked
from salus.periods.day import NEVER, day_number


def by_day(entity: NDArray[np.int32], arrays: Mapping[str, Array], asked: Asked) -> tuple[NDArray[np.int32],
                                                                                         dict[str, Array]]:
    """A row per day that has a bit in any cell and is asked for; a cell becomes the day, or NEVER where it has no bit."""
    month = arrays[MONTH]
    cells = {name: array.astype(np.uint32) for name, array in arrays.items() if name.startswith("c")}
    some = np.bitwise_or.reduce(list(cells.values())) & _inside(month, asked)
    row, day = days_of(some)
    begun = month[row] + day
    found: dict[str, Array] = {"begun": begun, "key": arrays["key"][row]}
    for name, bits in cells.items():
        if np.array_equal(bits & some, some):
            found[name] = begun
        else:
            there = (bits[row] >> day.astype(np.uint32)) & np.uint32(1)
            found[name] = np.where(there == 1, begun, np.int32(NEVER))
    return entity[row], found


def days_of(bits: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Every bit that is set: the place of its number, and its own place in it.

    >>> days_of(np.array([0b101, 0, 0b10], dtype=np.uint32))
    (array([0, 0, 2]), array([0, 2, 1], dtype=int32))
    """
    single = np.unpackbits(bits.astype("<u4").view(np.uint8), bitorder="little")
    where = np.flatnonzero(single.view(np.bool_))
    return where >> 5, (where & 31).astype(np.int32)


def _inside(month: NDArray[np.int32], asked: Asked) -> NDArray[np.uint32]:
    """The bits of each month that are days asked for."""
    last = np.clip(day_number(asked.last) - month, 0, 31).astype(np.uint64)
    bits = (np.uint64(1) << last) - np.uint64(1)
    if asked.first is not None:
        before = np.clip(day_number(asked.first) - month, 0, 31).astype(np.uint64)
        bits &= ~((np.uint64(1) << before) - np.uint64(1))
    return bits.astype(np.uint32)
