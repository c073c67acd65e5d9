"""Local times and the world's clock: offsets of a time zone for many times at once."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import numpy as np

from salus.sources.files.arrays import Array

DAY = 86_400_000_000
CALENDAR = (
    -62_135_596_800_000_000,
    253_402_300_799_999_999,
)  # its first and last microsecond, from 1970
_EPOCH = dt.datetime(1970, 1, 1)


#: What stands in brackets at the end of a header: (UTC), (Europe/Berlin), [GMT+02:00].
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
    """The time zone that a header names in brackets at its end: an area and city, UTC, whole hours
    from it.

    Short names such as EST or IST, which mean different zones to different people, name none.

    >>> [str(zone_of_header(name)) for name in ("Due Date (UTC)", "Start (Europe/Berlin)", "at [GMT+02:00]", "sent (utc-5)")]
    ['UTC', 'Europe/Berlin', 'Etc/GMT-2', 'Etc/GMT+5']
    >>> [zone_of_header(name) for name in ("Due Date", "Amount (EUR)", "Start (EST)", "x (../../etc/passwd)", "Days (+3)")]
    [None, None, None, None, None]
    """
    found = _BRACKETS.fullmatch(header)
    if found is None:
        return None
    name = found[1].replace(" ", "_") if "/" in found[1] else found[1]
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
    """Local microseconds as UTC ones; which never were (spring), and which were twice (autumn; the
    first is taken).

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
        utc[at], never[at], twice[at] = _one(int(local[at]), zone)
    return utc, never, twice


def _wall(micros: int) -> dt.datetime:
    """The local time; times outside the years of a calendar are moved to its edge."""
    return _EPOCH + dt.timedelta(
        microseconds=min(max(micros, -62_135_510_400_000_000), 253_402_214_400_000_000)
    )


def _micros(span: dt.timedelta | None) -> int:
    return 0 if span is None else span // dt.timedelta(microseconds=1)


def _offset(micros: int, zone: ZoneInfo) -> int:
    return _micros(_wall(micros).replace(tzinfo=zone).utcoffset())


def _one(micros: int, zone: ZoneInfo) -> tuple[int, bool, bool]:
    def wall(fold: int) -> dt.datetime:
        return _wall(micros).replace(tzinfo=zone, fold=fold)

    first, second = _micros(wall(0).utcoffset()), _micros(wall(1).utcoffset())
    if first == second:
        return micros - first, False, False
    back = (wall(0).astimezone(dt.UTC).astimezone(zone)).replace(tzinfo=None)
    return micros - first, back != _wall(micros), back == _wall(micros)
