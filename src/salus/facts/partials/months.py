"""Days as bits of their month, for distinct values of facts that are known when they begin. This
needs a third of the rows that days would need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.facts.partials.day_ranges import PartialSpan
from salus.facts.partials.dictionary_encoding import compact
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Array
from salus.facts.sql.columns import MONTH
from salus.periods.day import NEVER, day_number

WORTH = 0.8  # rows are dropped if fewer than this share of them stays


def select_days(
    table: pa.Table, span: PartialSpan
) -> tuple[pa.Table, dict[str, NDArray[np.uint32]]]:
    """The bits of each cell that the span needs, without most of the rows that have no bit in any
    cell.
    """
    names = [f"c{place}" for place in range(len(span.firsts))]
    batches = [_select_batch(batch, span) for batch in table.to_batches()]
    if not batches:
        return table, {name: np.zeros(0, dtype=np.uint32) for name in names}
    return (
        pa.Table.from_batches([batch for batch, _ in batches]),
        {
            name: np.concatenate([cells[place] for _, cells in batches])
            for place, name in enumerate(names)
        },
    )


def _select_batch(
    batch: pa.RecordBatch, span: PartialSpan
) -> tuple[pa.RecordBatch, list[NDArray[np.uint32]]]:
    month = batch.column(MONTH).cast(pa.int32()).to_numpy()
    if len(month) and month.min() == month.max():
        month = month[:1]  # as in a kept file: the same bits count for all rows
    bits = (
        fill_nulls(batch.column(f"c{place}").cast(pa.uint32()), 0).to_numpy()
        for place in range(len(span.firsts))
    )
    cells = [
        days & _inside(month, first, span.last)
        for days, first in zip(bits, span.firsts, strict=True)
    ]
    some = np.bitwise_or.reduce(cells) != 0
    if np.count_nonzero(some) > WORTH * len(some):
        return batch, cells
    selected = batch.filter(pa.array(some))
    place = selected.schema.get_field_index("key")
    if pa.types.is_dictionary(selected.schema.field(place).type):
        selected = selected.set_column(
            place, selected.schema.field(place), compact(selected.column(place))
        )
    return selected, [cell[some] for cell in cells]


def expand_days(
    entity: NDArray[np.int32], arrays: Mapping[str, Array], span: PartialSpan
) -> tuple[NDArray[np.int32], dict[str, Array]]:
    """One row per day that has a bit in any cell. A cell becomes the day, or NEVER where it has no
    bit.

    If only the latest day of each value counts, only the latest day of each month is kept for days
    before the first date. For a single date a row stays one row, and its cells hold all that is
    needed.
    """
    month = arrays[MONTH]
    cells: dict[str, NDArray[np.uint32]] = {
        name: array for name, array in arrays.items() if name.startswith("c")
    }
    if span.only_latest and span.earliest == span.last:
        return entity, {
            "key": arrays["key"],
            **{name: _latest(month, bits) for name, bits in cells.items()},
        }
    if span.only_latest:
        before = _days_before(month, span.earliest)
        cells = {
            name: (bits & ~before) | highest_bit(bits & before) for name, bits in cells.items()
        }
    some = np.bitwise_or.reduce(list(cells.values()))
    row, day = bit_positions(some)
    begun = month[row] + day
    result: dict[str, Array] = {"begun": begun, "key": arrays["key"][row]}
    for name, bits in cells.items():
        if np.array_equal(bits & some, some):
            result[name] = begun
        else:
            has_day = (bits[row] >> day.astype(np.uint32)) & np.uint32(1)
            result[name] = np.where(has_day == 1, begun, np.int32(NEVER))
    return entity[row], result


def bit_positions(bits: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Every bit that is set: the position of its number, and its position within the number.

    >>> bit_positions(np.array([0b101, 0, 0b10], dtype=np.uint32))
    (array([0, 0, 2]), array([0, 2, 1], dtype=int32))
    """
    some = np.flatnonzero(bits)
    left = bits if len(some) == len(bits) else bits[some]
    if not (
        left & (left - np.uint32(1))
    ).any():  # one bit each, by far the most common case if only the latest day counts
        return some, _place(left)
    count = np.bitwise_count(left).astype(np.intp)
    place = np.cumsum(count) - count  # the position of each number's next bit in the result
    row, positions = np.repeat(some, count), np.empty(int(count.sum()), dtype=np.int32)
    while len(left):  # at most 31 times, over the numbers that still have a bit
        lowest = left & (~left + np.uint32(1))
        positions[place] = _place(lowest)
        left = left ^ lowest
        more = np.flatnonzero(left)
        left, place = left[more], place[more] + 1
    return row, positions


def _place(single: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The position of the only bit: the exponent of the same number as a float."""
    return (single.astype(np.float32).view(np.int32) >> np.int32(23)) - np.int32(127)


def _latest(month: NDArray[np.int32], bits: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The day of the highest bit; NEVER where there is none."""
    return np.where(bits == 0, np.int32(NEVER), month + _exponent(bits))


def _exponent(bits: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The position of the highest bit: the exponent of the same number as a double, which holds all
    32 bits.
    """
    exponent = bits.astype(np.float64).view(np.int64)
    exponent >>= np.int64(52)
    exponent -= np.int64(1023)
    return exponent.astype(np.int32)


def highest_bit(bits: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Only the highest bit that is set in each number.

    >>> highest_bit(np.array([0b1011, 0, 0b10, 2**32 - 1], dtype=np.uint32)).tolist()
    [8, 0, 2, 2147483648]
    """
    return np.where(
        bits == 0, np.uint32(0), np.uint32(1) << np.maximum(_exponent(bits), 0).astype(np.uint32)
    )


def _inside(month: NDArray[np.int32], first: dt.date | None, stop: dt.date) -> NDArray[np.uint32]:
    """The bits of each month that are days from `first` (None: all) on and before `stop`."""
    bits = _days_before(month, stop)
    return bits if first is None else bits & ~_days_before(month, first)


def _days_before(month: NDArray[np.int32], day: dt.date) -> NDArray[np.uint32]:
    """The bits of each month that are days before `day`. They are looked up by month, because there
    are few months.
    """
    if not len(month):
        return np.zeros(0, dtype=np.uint32)
    lowest = month.min()
    number = np.clip(day_number(day) - np.arange(lowest, month.max() + 1), 0, 31).astype(np.uint64)
    return ((np.uint64(1) << number) - np.uint64(1)).astype(np.uint32)[month - lowest]
