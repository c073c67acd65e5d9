"""Values of fields as a history writes them, read as the kind of their attribute.

Each value is read alone, so that the result doesn't depend on others: numbers with a decimal point,
dates that can't be mistaken. What can't be read so is no value; `salus check` counts it.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.sources.files.arrays import matches
from salus.sources.files.booleans import parse_booleans
from salus.sources.files.times import parse_times

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})(?:[eE][+-]?\d{1,3})?"
_DAY = 86_400_000_000


def read_field(values: pa.Array, kind: pa.DataType, zone: str) -> pa.Array:
    """The values as a column of `kind`; null where they can't be read.

    >>> read_field(pa.array(["25", "1,250.50", "1.250,50", "many"]), pa.float64(), "UTC").to_pylist()
    [25.0, 1250.5, None, None]
    """
    if pa.types.is_large_string(values.type):
        values = values.cast(pa.string())
    if values.type == kind:
        return values
    if not pa.types.is_string(values.type):
        return _cast(values, kind)
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        return _numbers(values).cast(kind, safe=False)
    if pa.types.is_boolean(kind):
        return _truths(values)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _times(values, kind, zone)
    return pa.nulls(len(values), kind)


def is_unreadable(values: pa.Array, read: pa.Array) -> NDArray[np.bool_]:
    """Which values aren't empty, but have no value after reading."""
    present = pc.is_valid(values)
    if pa.types.is_string(values.type):
        filled = pc.fill_null(pc.utf8_trim_whitespace(values), "")
        present = pc.and_(present, pc.not_equal(filled, ""))
    return np.asarray(pc.and_(present, pc.is_null(read)).to_numpy(zero_copy_only=False), dtype=bool)


def _cast(values: pa.Array, kind: pa.DataType) -> pa.Array:
    dated = pa.types.is_date(values.type) or pa.types.is_timestamp(values.type)
    wanted = pa.types.is_date(kind) or pa.types.is_timestamp(kind)
    if dated and wanted:
        return values.cast(kind, safe=False)
    return pa.nulls(len(values), kind)


def _filled(values: pa.Array) -> pa.Array:
    return pc.fill_null(pc.utf8_trim_whitespace(values), "")


def _numbers(values: pa.Array) -> pa.Array:
    texts = _filled(values)
    valid = matches(texts, _NUMBER)
    plain = pc.if_else(pa.array(valid), pc.replace_substring(texts, ",", ""), "0")
    numbers = pc.replace_substring_regex(plain, r"^\+", "").cast(pa.float64())
    return pc.if_else(pc.and_(pa.array(valid), pc.is_finite(numbers)), numbers, None)


def _truths(values: pa.Array) -> pa.Array:
    texts = _filled(values)
    digit = {word: np.asarray(pc.equal(texts, word)) for word in ("0", "1")}
    valid, true = parse_booleans(texts)
    known = valid | digit["0"] | digit["1"]
    return pa.array(true | digit["1"], mask=~known)


def _times(values: pa.Array, kind: pa.DataType, zone: str) -> pa.Array:
    times = parse_times(_filled(values), "dmy", numeric=True)
    known = times.valid & ~times.ambiguous & ~times.short_year
    written = pa.array(times.micros, pa.timestamp("us"))
    local = pc.local_timestamp(
        written.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", zone))
    )
    micros = np.where(times.zoned, local.cast(pa.int64()).to_numpy(), times.micros)
    if pa.types.is_date(kind):
        days = pa.array(np.floor_divide(micros, _DAY).astype(np.int32), mask=~known)
        return days.cast(pa.date32()).cast(kind)
    return pa.array(micros, pa.int64(), mask=~known).cast(pa.timestamp("us")).cast(kind)
