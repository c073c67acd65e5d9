"""The format of one column, and the conversion of its cells to typed values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files import numbers
from salus.sources.files.amount_formats import parse_amounts
from salus.sources.files.arrays import Array
from salus.sources.files.booleans import parse_booleans
from salus.sources.files.column_use import TIMED, Use
from salus.sources.files.durations import is_duration, to_hours
from salus.sources.files.missing import as_text, trim
from salus.sources.files.numbers import TYPED, Style
from salus.sources.files.settings import Locale, Order, zone_named
from salus.sources.files.times import LEAP_SECOND, SINCE_1900, Times, parse_times
from salus.sources.files.value_counts import find_distinct
from salus.sources.files.zones import CALENDAR, DAY, to_utc
from salus.sources.table import Type

ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us"),
    "instant": pa.timestamp("us", tz="UTC"),
}
NOT_VALID: dict[Type, str] = {
    "text": "isn't valid text",
    "integer": "isn't a valid number",
    "number": "isn't a valid number",
    "bool": "isn't a valid true/false value",
    "date": "isn't a valid date",
    "moment": "isn't a valid date or time",
    "instant": "isn't a valid time",
}
_LONGEST_SHOWN = 60
#: Larger numbers are rejected: amounts beyond this can't be summed exactly to six decimals, other
#: numbers lose digits as doubles, and whole numbers don't fit 64 bits.
MOST: dict[Use | None, float] = {"amount": 9.2e12, "number": 1e15, None: 1e18}
NO_DURATION = "isn't a duration in hours, minutes and seconds"
TOO_LARGE = "is too large to be counted exactly"


@dataclass(frozen=True, kw_only=True)
class ColumnFormat:
    """How the cells of a column are written, and the type that they get."""

    type: Type
    style: Style = "point"
    locale: Locale | None = None
    order: Order = "dmy"  # in 03/04/2025
    points: Order = "dmy"  # in 29.2.2024
    use: Use | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))  # of times without an offset
    accounting: bool = False  # whether (50.00) and 50- are numbers
    duration: bool = False  # whether 53:12:09 is a number of hours
    serial_zero: int = SINCE_1900  # day 0 of serial days

    def read_in_zones(self, texts: pa.StringArray, zones: pa.StringArray) -> ConvertedColumn:
        """The cells as typed values. `zones` names the time zone of each cell without an offset;
        null: `zone`.
        """
        names, places = find_distinct(trim(zones))
        parts: list[pa.Array] = []
        order, reasons, twice = [], {}, 0
        for place in np.unique(places):
            rows = np.flatnonzero(places == place)
            part = self._in_zone(
                texts.take(pa.array(rows)), None if place < 0 else names[int(place)].as_py()
            )
            parts.append(part.values)
            order.append(rows)
            reasons.update({int(rows[row]): reason for row, reason in part.reasons.items()})
            twice += part.twice
        if not parts:
            return self.read(texts)
        back = np.argsort(np.concatenate(order))
        bad = np.array(sorted(reasons), dtype=np.int64)
        return ConvertedColumn(pa.concat_arrays(parts).take(pa.array(back)), bad, reasons, twice)

    def _in_zone(self, texts: pa.StringArray, name: str | None) -> ConvertedColumn:
        zone = self.zone if name is None else zone_named(name)
        if zone is not None:
            return replace(self, zone=zone).read(texts)
        read = self.read(texts)  # times with an offset need no zone
        unique, places = find_distinct(trim(texts, self.use))
        zoned = np.append(self._read_times(unique).zoned, True)[places]
        lost = {
            int(at): f"'{shorten(str(name))}' isn't a valid time zone"
            for at in np.flatnonzero(~zoned)
        }
        reasons = {**lost, **read.reasons}
        return ConvertedColumn(read.values, np.array(sorted(reasons), dtype=np.int64), reasons)

    def read(self, texts: pa.StringArray) -> ConvertedColumn:
        """The cells as typed values."""
        if self.type == "text":
            values = as_text(pc.replace_substring(texts, TYPED, ""))
            return ConvertedColumn(values, np.zeros(0, dtype=np.int64), {})
        unique, places = find_distinct(trim(texts, self.use))
        typed, good, faults, twice = self._unique(unique)
        rows = pa.array(places, mask=places < 0)
        bad = np.flatnonzero((places >= 0) & ~np.append(good, True)[places])
        reasons = {
            int(row): self._reason(unique[int(places[row])].as_py(), faults.get(int(places[row])))
            for row in bad
        }
        doubtful = int(np.append(twice, False)[places].sum())
        return ConvertedColumn(typed.take(rows), bad, reasons, doubtful)

    def _reason(self, value: str, fault: str | None) -> str:
        fault = fault or (NO_DURATION if self.duration else None)
        return f"'{shorten(value)}' {fault or NOT_VALID[self.type]}"

    def _unique(self, values: pa.StringArray) -> tuple[pa.Array, Array, dict[int, str], Array]:
        never = np.zeros(len(values), dtype=bool)
        if self.type == "bool":
            good, true = parse_booleans(values)
            return pa.array(true, mask=~good), good, {}, never
        if self.duration:
            good = is_duration(values)
            return pa.array(to_hours(values, good), mask=~good), good, {}, never
        if self.type in ("integer", "number"):
            values = parse_amounts(values).plain if self.accounting else values
            return *self._numbers(values), never
        return self._times(self._read_times(values))

    def _numbers(self, values: pa.StringArray) -> tuple[pa.Array, Array, dict[int, str]]:
        good = numbers.is_number(values, self.style, self.locale)
        if self.type == "integer":
            good &= numbers.is_whole(values, self.style)
        read = (numbers.to_integers if self.type == "integer" else numbers.to_floats)(
            values, good, self.style
        )
        large = (
            good & (np.abs(read) > MOST.get(self.use, MOST[None])) & ~numbers.is_infinite(values)
        )
        good &= ~large
        return (
            pa.array(read, mask=~good),
            good,
            {int(place): TOO_LARGE for place in np.flatnonzero(large)},
        )

    def _read_times(self, values: pa.StringArray) -> Times:
        return parse_times(values, self.order, self.use in TIMED, self.points, self.serial_zero)

    def _times(self, read: Times) -> tuple[pa.Array, Array, dict[int, str], Array]:
        good = read.valid.copy()
        faults = {int(row): LEAP_SECOND for row in np.flatnonzero(read.leap)}
        if self.type == "date":
            days = (read.micros // DAY).astype("M8[D]")
            dates = pa.array(days, type=pa.date32(), mask=~good)
            return dates, good, faults, np.zeros(len(good), dtype=bool)
        utc, never, twice = to_utc(read.micros, self.zone)
        never, twice = never & good & ~read.zoned, twice & good & ~read.zoned
        faults |= {
            int(row): f"doesn't exist in {self.zone.key}: the clocks went forward"
            for row in np.flatnonzero(never)
        }
        good &= ~never
        micros = read.micros if self.type == "moment" else np.where(read.zoned, read.micros, utc)
        # 9999-12-31 23:59 west of Greenwich is after the end of the calendar in UTC
        micros = np.clip(micros, *CALENDAR)
        times = pa.array(micros.astype("M8[us]"), mask=~good).cast(ARROW[self.type])
        return times, good, faults, twice


def shorten(value: str) -> str:
    """A value for a message: cut if it is too long."""
    value = value.removeprefix(TYPED)
    return value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"


@dataclass(frozen=True)
class ConvertedColumn:
    """The typed values of a column."""

    values: pa.Array
    bad: Array  # rows whose value doesn't fit the format
    reasons: dict[int, str]  # by row: why its value doesn't fit
    twice: int = 0  # local times that occurred twice, as the clocks went back
