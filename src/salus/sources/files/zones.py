"""Converts local times to UTC, many at once, and finds time zones in column names."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import numpy as np

from salus.sources.files.arrays import Array

DAY = 86_400_000_000
#: The first and last microsecond of the calendar of Python, counted from 1970.
CALENDAR = (-62_135_596_800_000_000, 253_402_300_799_999_999)
_EPOCH = dt.datetime(1970, 1, 1)


#: Brackets at the end of a column name: (UTC), (Europe/Berlin), [GMT+02:00].
_BRACKETS = re.compile(r".*[(\[]\s*([A-Za-z0-9_+:/ -]{1,40}?)\s*[)\]]\s*", re.DOTALL)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])\s*0?(\d{1,2})(?::?00)?", re.IGNORECASE)
_SHORT = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "zulu": "UTC",
    "cet": "CET",
    "mez": "CET",
    "eet": "EET",
    "wet": "WET",
}


def zone_of_header(header: str) -> ZoneInfo | None:
    """The time zone in brackets at the end of a column name: an area and city, UTC, or whole hours
    from UTC.

    None for short names such as EST or IST, because they mean different zones to different people.

    >>> [str(zone_of_header(name)) for name in ("Due Date (UTC)", "Start (Europe/Berlin)", "at [GMT+02:00]", "sent (utc-5)")]
    ['UTC', 'Europe/Berlin', 'Etc/GMT-2', 'Etc/GMT+5']
    >>> [zone_of_header(name) for name in ("Due Date", "Amount (EUR)", "Start (EST)", "x (../../etc/passwd)", "Days (+3)")]
    [None, None, None, None, None]
    """
    match = _BRACKETS.fullmatch(header)
    if match is None:
        return None
    name = match[1].replace(" ", "_") if "/" in match[1] else match[1]
    offset = _OFFSET.fullmatch(name)
    if offset and (name[0] not in "+-" or ":" in name) and int(offset[2]) <= 12:
        return ZoneInfo(
            f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
            if int(offset[2])
            else "UTC"
        )
    if name.casefold() in _SHORT:
        return ZoneInfo(_SHORT[name.casefold()])
    try:
        return ZoneInfo(name) if "/" in name else None
    except (ValueError, OSError, KeyError):  # no such zone, a folder of zones, a path
        return None


def to_utc(local: Array, zone: ZoneInfo) -> tuple[Array, Array, Array]:
    """Local microseconds as microseconds of UTC; which times didn't exist (spring), and which
    occurred twice (autumn; the result is the first).

    >>> noon = np.array([dt.datetime(2024, 7, 1, 12) - _EPOCH]).astype("m8[us]").astype(np.int64)
    >>> utc, never, twice = to_utc(noon, ZoneInfo("Europe/Berlin"))
    >>> (_EPOCH + dt.timedelta(microseconds=int(utc[0]))).hour
    10
    """
    days, place = np.unique(local // DAY, return_inverse=True)
    starts = np.array([_offset(int(day) * DAY, zone) for day in days], dtype=np.int64)
    ends = np.array([_offset((int(day) + 1) * DAY, zone) for day in days], dtype=np.int64)
    utc = local - starts[place]
    never, twice = np.zeros(len(local), dtype=bool), np.zeros(len(local), dtype=bool)
    for at in np.flatnonzero((starts != ends)[place]):
        utc[at], never[at], twice[at] = _convert(int(local[at]), zone)
    return utc, never, twice


def _wall(micros: int) -> dt.datetime:
    """The local time. Times outside the calendar of Python are moved to its edge."""
    return _EPOCH + dt.timedelta(
        microseconds=min(max(micros, -62_135_510_400_000_000), 253_402_214_400_000_000)
    )


def _micros(span: dt.timedelta | None) -> int:
    return 0 if span is None else span // dt.timedelta(microseconds=1)


def _offset(micros: int, zone: ZoneInfo) -> int:
    return _micros(_wall(micros).replace(tzinfo=zone).utcoffset())


def _convert(micros: int, zone: ZoneInfo) -> tuple[int, bool, bool]:
    """One local time in UTC, whether it didn't exist, and whether it occurred twice."""

    def wall(fold: int) -> dt.datetime:
        return _wall(micros).replace(tzinfo=zone, fold=fold)

    first, second = _micros(wall(0).utcoffset()), _micros(wall(1).utcoffset())
    if first == second:
        return micros - first, False, False
    back = (wall(0).astimezone(dt.UTC).astimezone(zone)).replace(tzinfo=None)
    return micros - first, back != _wall(micros), back == _wall(micros)
