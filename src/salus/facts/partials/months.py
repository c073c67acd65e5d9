"""Days as bits of their month: distinct values of facts known as they begin, a third of the rows
that days would be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.partials.dictionary_encoding import compact
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Array
from salus.facts.partials.spans import PartialSpan
from salus.facts.sql.columns import MONTH
from salus.periods.day import NEVER, day_number

WORTH = 0.8  # rows are dropped where fewer than this share of them stay


def select_days(
    table: pa.Table, asked: PartialSpan
) -> tuple[pa.Table, dict[str, NDArray[np.uint32]]]:
    """The bits that are asked for of each cell, without most of the rows that have none in any."""
    names = [f"c{place}" for place in range(len(asked.firsts))]
    batches = [_reached(batch, asked) for batch in table.to_batches()]
    if not batches:
        return table, {name: np.zeros(0, dtype=np.uint32) for name in names}
    return (
        pa.Table.from_batches([batch for batch, _ in batches]),
        {
            name: np.concatenate([cells[place] for _, cells in batches])
            for place, name in enumerate(names)
        },
    )


def _reached(
    batch: pa.RecordBatch, asked: PartialSpan
) -> tuple[pa.RecordBatch, list[NDArray[np.uint32]]]:
    month = batch.column(MONTH).cast(pa.int32()).to_numpy()
    if len(month) and month.min() == month.max():
        month = month[:1]  # as in a kept file: one pattern for all rows
    bits = (
        fill_nulls(batch.column(f"c{place}").cast(pa.uint32()), 0).to_numpy()
        for place in range(len(asked.firsts))
    )
    cells = [
        one & _inside(month, first, asked.last)
        for one, first in zip(bits, asked.firsts, strict=True)
    ]
    some = np.bitwise_or.reduce(cells) != 0
    if np.count_nonzero(some) > WORTH * len(some):
        return batch, cells
    kept = batch.filter(pa.array(some))
    place = kept.schema.get_field_index("key")
    if pa.types.is_dictionary(kept.schema.field(place).type):
        kept = kept.set_column(place, kept.schema.field(place), compact(kept.column(place)))
    return kept, [cell[some] for cell in cells]


def expand_days(
    entity: NDArray[np.int32], arrays: Mapping[str, Array], asked: PartialSpan
) -> tuple[NDArray[np.int32], dict[str, Array]]:
    """A row per day that has a bit in any cell; a cell becomes the day, or NEVER where it has no
    bit.

    Where only the latest day of each value counts, so does of the days before the first date only a
    month's latest; on a single date a row stays one row then, and its cells tell all that is asked
    of it.
    """
    month = arrays[MONTH]
    cells: dict[str, NDArray[np.uint32]] = {
        name: array for name, array in arrays.items() if name.startswith("c")
    }
    if asked.only_latest and asked.earliest == asked.last:
        return entity, {
            "key": arrays["key"],
            **{name: _latest(month, bits) for name, bits in cells.items()},
        }
    if asked.only_latest:
        before = _days_before(month, asked.earliest)
        cells = {
            name: (bits & ~before) | highest_bit(bits & before) for name, bits in cells.items()
        }
    some = np.bitwise_or.reduce(list(cells.values()))
    row, day = bit_positions(some)
    begun = month[row] + day
    found: dict[str, Array] = {"begun": begun, "key": arrays["key"][row]}
    for name, bits in cells.items():
        if np.array_equal(bits & some, some):
            found[name] = begun
        else:
            there = (bits[row] >> day.astype(np.uint32)) & np.uint32(1)
            found[name] = np.where(there == 1, begun, np.int32(NEVER))
    return entity[row], found


def bit_positions(bits: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Every bit that is set: the place of its number, and its own place in it.

    >>> bit_positions(np.array([0b101, 0, 0b10], dtype=np.uint32))
    (array([0, 0, 2]), array([0, 2, 1], dtype=int32))
    """
    some = np.flatnonzero(bits)
    left = bits if len(some) == len(bits) else bits[some]
    if not (
        left & (left - np.uint32(1))
    ).any():  # one each: most common by far where only the latest counts
        return some, _place(left)
    count = np.bitwise_count(left).astype(np.intp)
    place = np.cumsum(count) - count  # in the result: of each number's next bit
    row, found = np.repeat(some, count), np.empty(int(count.sum()), dtype=np.int32)
    while len(left):  # at most 31 times, each over those that still have one
        lowest = left & (~left + np.uint32(1))
        found[place] = _place(lowest)
        left = left ^ lowest
        more = np.flatnonzero(left)
        left, place = left[more], place[more] + 1
    return row, found


def _place(single: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The place of the only bit: the exponent of the same number as a float."""
    return (single.astype(np.float32).view(np.int32) >> np.int32(23)) - np.int32(127)


def _latest(month: NDArray[np.int32], bits: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The day of the highest bit; NEVER where there is none."""
    return np.where(bits == 0, np.int32(NEVER), month + _exponent(bits))


def _exponent(bits: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The place of the highest bit: the exponent of the same number as a double, which holds all 32
    bits.
    """
    exponent = bits.astype(np.float64).view(np.int64)
    exponent >>= np.int64(52)
    exponent -= np.int64(1023)
    return exponent.astype(np.int32)


def highest_bit(bits: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Of each number only the highest bit that is set.

    >>> highest_bit(np.array([0b1011, 0, 0b10, 2**32 - 1], dtype=np.uint32)).tolist()
    [8, 0, 2, 2147483648]
    """
    return np.where(
        bits == 0, np.uint32(0), np.uint32(1) << np.maximum(_exponent(bits), 0).astype(np.uint32)
    )


def _inside(month: NDArray[np.int32], first: dt.date | None, stop: dt.date) -> NDArray[np.uint32]:
    """The bits of each month that are days from `first` (None: all) on, before `stop`."""
    bits = _days_before(month, stop)
    return bits if first is None else bits & ~_days_before(month, first)


def _days_before(month: NDArray[np.int32], day: dt.date) -> NDArray[np.uint32]:
    """The bits of each month that are days before `day`: looked up by month, as there are few."""
    if not len(month):
        return np.zeros(0, dtype=np.uint32)
    lowest = month.min()
    number = np.clip(day_number(day) - np.arange(lowest, month.max() + 1), 0, 31).astype(np.uint64)
    return ((np.uint64(1) << number) - np.uint64(1)).astype(np.uint32)[month - lowest]
