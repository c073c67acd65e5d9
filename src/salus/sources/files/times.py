"""Dates and times as people and programs write them.

    2024-02-29   29.2.2024   02/29/2024   2024-07-01T12:00:00.25Z   7/1/2024 4:10 PM   2024-07-01 12:00:00+0530
    29-Feb-2024   29. Februar 2024   Feb 29, 2024, 4:10 PM   29-02-2024 14.10   2024-07-01 12:00:00 CEST

In a column that the model uses as a time also: 20240229, Excel serial days (45351.5), and seconds,
milliseconds or microseconds since 1970. `03/04/2025` is a day in April or in March; see
`Times.ambiguous`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.arrays import Array, first_bytes, matches, select_values
from salus.sources.files.month_names import write_months_as_numbers
from salus.sources.files.numbers import TYPED
from salus.sources.files.settings import Order
from salus.sources.files.zones import DAY

_CLOCK = (
    r"(?:(?:T|t|,? +)(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?: ?(?P<p>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?:(?P<z>Z|z|UTC|GMT|CES?T|MES?Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?))(?: \([A-Za-zä ]+\))?)?)?"
)
_YEAR_FIRST = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _CLOCK + "$"
_YEAR_LAST = r"^(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK + "$"
_SERIAL, _COMPACT = rf"{TYPED}?\d{{5}}(?:\.\d+)?", rf"{TYPED}?(?:19|20)\d{{6}}"
_SINCE_1970 = {
    scale: f"{TYPED}?{digits}"
    for scale, digits in (
        (1_000_000, r"-?\d{9,10}(?:\.\d+)?"),
        (1_000, r"-?\d{12,13}"),
        (1, r"-?\d{15,16}"),
    )
}
SINCE_1900, SINCE_1904 = -25_569, -24_107  # day 0 of serial days, in days since 1970
_EAST = {"CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}  # hours
LEAP_SECOND = "is a leap second, which can't be read"


@dataclass(kw_only=True)
class Times:
    """The times in an array of texts; each field has one value per text."""

    valid: Array  # whether the text is a time
    micros: Array  # since 1970: in UTC if `zoned`, else local; 0 if not `valid`
    clock: Array  # whether there is a time of day
    zoned: Array  # whether there is an offset from UTC
    leap: Array  # whether it is a leap second, which isn't valid
    ambiguous: Array  # whether day and month differ and could be swapped
    short_year: Array  # whether the year has two digits, so that it could be the day

    @staticmethod
    def none(size: int) -> Times:
        """No time in any of `size` texts."""

        def no() -> Array:
            return np.zeros(size, dtype=bool)

        return Times(
            valid=no(),
            micros=np.zeros(size, dtype=np.int64),
            clock=no(),
            zoned=no(),
            leap=no(),
            ambiguous=no(),
            short_year=no(),
        )

    def copy(self) -> Times:
        """The same times in arrays of their own."""
        return Times(**{name: array.copy() for name, array in vars(self).items()})


def parse_times(
    values: pa.StringArray,
    order: Order,
    numeric: bool = False,
    points: Order = "dmy",
    serial_zero: int = SINCE_1900,
) -> Times:
    """The times among the values.

    `order`: the order of day, month and year in 03/04/2025; `points`: the order in 29.2.2024.
    `numeric`: read times that are written as one number, too. `serial_zero`: day 0 of serial days.

    >>> times = parse_times(pa.array(["2024-02-30", "1970-01-02", "03/04/2025"]), "dmy")
    >>> times.valid.tolist(), int(times.micros[1]) == DAY, times.ambiguous.tolist()
    ([False, True, True], True, [False, False, True])
    """
    return parse_orders(values, (order,), numeric, points, serial_zero)[order]


def parse_orders(
    values: pa.StringArray,
    orders: Sequence[Order],
    numeric: bool = False,
    points: Order = "dmy",
    serial_zero: int = SINCE_1900,
) -> dict[Order, Times]:
    """The times among the values in each of several orders, as `parse_times` reads them.

    >>> read = parse_orders(pa.array(["03/04/2025", "2025-04-03"]), ("dmy", "mdy"))
    >>> [(times.micros[0] == times.micros[1]).item() for times in read.values()]
    [True, False]
    """
    common = Times.none(len(values))
    digits = first_bytes(values)
    rows = np.flatnonzero((digits >= ord("0")) & (digits <= ord("9")))
    year_first, parts = _extract(values, rows, _YEAR_FIRST)
    _add(common, year_first, parts, "ymd")
    year_last, doubtful = _extract(values, np.setdiff1d(rows, year_first), _YEAR_LAST)
    rest = np.ones(len(values), dtype=bool)
    rest[year_first] = rest[year_last] = False
    if rest.any():
        others = np.flatnonzero(rest)
        named = write_months_as_numbers(values.take(pa.array(others)))
        if named.null_count < len(named):
            matched, parts = _extract(named, np.arange(len(named)), _YEAR_FIRST)
            _add(common, others[matched], parts, "ymd")
    if numeric:
        _add_numbers(common, values, serial_zero)
    if not len(year_last):
        return dict.fromkeys(orders, common)
    read = {order: common.copy() for order in orders}
    for order, times in read.items():
        _add(times, year_last, doubtful, order, points)
    return read


def _extract(values: pa.StringArray, rows: Array, pattern: str) -> tuple[Array, pa.StructArray]:
    """Those of the rows that match a pattern, and their parts."""
    some = values if len(rows) == len(values) else values.take(pa.array(rows))
    parts = pc.extract_regex(some, pattern=pattern)
    if not parts.null_count:
        return rows, parts
    matched = np.flatnonzero(parts.is_valid().to_numpy(zero_copy_only=False))
    return rows[matched], parts.take(pa.array(matched))


def _add(
    result: Times, rows: Array, parts: pa.StructArray, order: Order, points: Order = "dmy"
) -> None:
    if not len(rows):
        return
    year, month, day = _calendar(parts, order, points)
    days, good = _days(year, month, day)
    clock, clocked, possible, leap = _clock(parts)
    good &= possible
    offset, zoned = _offset(parts)
    result.micros[rows] = np.where(good, days * DAY + clock - offset, 0)
    result.valid[rows] = good
    result.clock[rows] = good & clocked
    result.zoned[rows] = good & zoned
    result.leap[rows] = leap
    if "a" in _names(parts):
        ambiguous, short_year = _doubts(parts)
        result.ambiguous[rows] = good & ambiguous
        result.short_year[rows] = good & short_year


def _names(parts: pa.StructArray) -> list[str]:
    return [field.name for field in parts.type]


def _ints(parts: pa.StructArray, name: str) -> Array:
    texts = parts.field(name)
    filled = pc.if_else(pc.equal(texts, ""), "0", texts)
    return np.asarray(filled.cast(pa.int64()).to_numpy(zero_copy_only=False))


def _calendar(parts: pa.StructArray, order: Order, points: Order) -> tuple[Array, Array, Array]:
    if "m" in _names(parts):
        return _ints(parts, "y"), _ints(parts, "m"), _ints(parts, "d")
    pointed = _is(pc.equal(parts.field("s"), "."))
    slashed, dotted = _ordered(parts, order), _ordered(parts, points)
    year, month, day = (
        np.where(pointed, with_points, other)
        for other, with_points in zip(slashed, dotted, strict=True)
    )
    return year, month, day


def _ordered(parts: pa.StructArray, order: Order) -> tuple[Array, Array, Array]:
    a, b, year = _ints(parts, "a"), _ints(parts, "b"), _ints(parts, "y")
    short = _is(pc.equal(pc.utf8_length(parts.field("y")), 2))
    if order == "ymd":  # 24/12/31; here a year of four digits can't come last
        return np.where(short, _century(a), 0), b, year
    year = np.where(short, _century(year), year)
    return (year, b, a) if order == "dmy" else (year, a, b)


def _century(year: Array) -> Array:
    return year + np.where(year < 70, 2000, 1900)


def _is(mask: pa.BooleanArray) -> Array:
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def _days(year: Array, month: Array, day: Array) -> tuple[Array, Array]:
    """The dates as days since 1970, and which of them exist."""
    good = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    y, m, d = (np.where(good, part, 1) for part in (year, month, day))
    first = ((y - 1970) * 12 + m - 1).astype("M8[M]")
    days = first.astype("M8[D]") + (d - 1)
    good &= days.astype("M8[M]") == first
    return days.astype(np.int64), good


def _clock(parts: pa.StructArray) -> tuple[Array, Array, Array, Array]:
    """The time of day in microseconds, whether there is one, whether it is possible, and whether it
    is a leap second.
    """
    hour, minute, second = _ints(parts, "H"), _ints(parts, "M"), _ints(parts, "S")
    clocked = ~_is(pc.equal(parts.field("H"), ""))
    half = pc.utf8_lower(parts.field("p"))
    am, pm = _is(pc.equal(half, "a")), _is(pc.equal(half, "p"))
    possible = (
        (minute < 60) & (second < 60) & np.where(am | pm, (hour >= 1) & (hour <= 12), hour < 24)
    )
    hour = np.where(am & (hour == 12), 0, np.where(pm & (hour < 12), hour + 12, hour))
    fraction = _fraction(parts)
    midnight = (hour == 24) & (minute == 0) & (second == 0) & (fraction == 0)
    leap = (second == 60) & (minute < 60) & (hour < 24)
    return (
        (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction,
        clocked,
        possible | midnight,
        leap,
    )


def _fraction(parts: pa.StructArray) -> Array:
    texts = parts.field("f")
    if not pc.any(pc.not_equal(texts, "")).as_py():
        return np.zeros(len(texts), dtype=np.int64)
    six = pc.utf8_slice_codeunits(pc.utf8_rpad(texts, 9, "0"), 0, 6)
    return np.asarray(six.cast(pa.int64()).to_numpy(zero_copy_only=False))


def _offset(parts: pa.StructArray) -> tuple[Array, Array]:
    """The offsets from UTC in microseconds, and which times have one."""
    texts = parts.field("z")
    zoned = ~_is(pc.equal(texts, ""))
    coded = texts.dictionary_encode()
    offsets = np.array([_east(word) for word in coded.dictionary.to_pylist()], dtype=np.int64)
    return offsets[coded.indices.to_numpy(zero_copy_only=False)], zoned


def _east(word: str) -> int:
    if word in _EAST:
        return _EAST[word] * 3_600_000_000
    word = word.removeprefix("UTC").removeprefix("GMT")
    if word[:1] not in ("+", "-"):
        return 0
    digits = word[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return minutes * 60_000_000 * (-1 if word[0] == "-" else 1)


def _doubts(parts: pa.StructArray) -> tuple[Array, Array]:
    """Which dates have two different numbers that could both be the month, and which have a year of
    two digits. Dates with points are clear.
    """
    a, b = _ints(parts, "a"), _ints(parts, "b")
    pointed = _is(pc.equal(parts.field("s"), "."))
    short = _is(pc.equal(pc.utf8_length(parts.field("y")), 2))
    return ~pointed & np.asarray((a != b) & (a <= 12) & (b <= 12)), ~pointed & short


def _add_numbers(result: Times, values: pa.StringArray, serial_zero: int) -> None:
    for scale, pattern in _SINCE_1970.items():
        mask = matches(values, pattern) & ~result.valid
        numbers = [
            round(float(text) * scale) if "." in text else int(text) * scale
            for text in _bare(values, mask)
        ]
        _put(result, mask, np.array(numbers, dtype=np.int64), zoned=True)
    mask = matches(values, _SERIAL) & ~result.valid
    serial = np.array([float(text) for text in _bare(values, mask)])
    _put(
        result,
        mask,
        np.round((serial + serial_zero) * 86_400_000).astype(np.int64) * 1000,
        zoned=False,
    )
    _add_compact(result, values)


def _bare(values: pa.StringArray, mask: Array) -> list[str]:
    return [text.removeprefix(TYPED) for text in select_values(values, mask)]


def _put(result: Times, mask: Array, micros: Array, zoned: bool) -> None:
    result.valid |= mask
    result.micros[mask] = micros
    result.clock[mask] = zoned | (micros % DAY != 0)
    result.zoned[mask] = zoned


def _add_compact(result: Times, values: pa.StringArray) -> None:
    places = np.flatnonzero(matches(values, _COMPACT) & ~result.valid)
    mask = np.zeros(len(values), dtype=bool)
    mask[places] = True
    numbers = np.array([int(text) for text in _bare(values, mask)], dtype=np.int64)
    days, good = _days(numbers // 10_000, numbers // 100 % 100, numbers % 100)
    result.valid[places] = good
    result.micros[places] = np.where(good, days * DAY, 0)
