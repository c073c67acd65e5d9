"""Dates with the name of the month, in English, German and Danish, as dates of numbers."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_MONTHS = (
    "jan january januar jänner januari",
    "feb february februar febr",
    "mar march märz mär maerz mrz marts",
    "apr april",
    "may mai maj",
    "jun june juni",
    "jul july juli",
    "aug august",
    "sep sept september",
    "oct october okt oktober",
    "nov november",
    "dec december dez dezember december",
)
_NUMBERS = {name: str(place) for place, names in enumerate(_MONTHS, 1) for name in names.split()}
_MENTIONED = (
    r"(?i)(?:jan|jän|feb|mar|mär|mae|mrz|apr|mai|maj|may|jun|jul|aug|sep|oct|okt|nov|dec|dez)"
    r"[a-z]{0,6}\.?[-/, ]{1,2}[0-9]"
)
_NAME = r"(?P<n>[A-Za-zäÄ]{3,9})\.?"
_WEEKDAY = r"^(?:[A-Za-zøØ]{2,10}\.?,? )?"
_DAY, _YEAR, _REST = r"(?P<d>\d{1,2})", r"(?P<y>\d{4})", r"(?P<rest>[, T].*)?$"
_DAY_MONTH = rf"{_WEEKDAY}{_DAY}(?:st|nd|rd|th|\.)?[-/ ]?{_NAME}[-/, ]{{1,2}}"
#: 31-Oct-2026, 31 October 2026, 31. Oktober 2026, 31/Oct/2026, Sat, 31 Oct 2026
_DAY_FIRST = rf"{_DAY_MONTH}{_YEAR}{_REST}"
#: 31/Oct/26 9:21 AM. Without a time, 04-Mar-25 may be a day of 2004 or of 2025.
_SHORT_YEAR = rf"{_DAY_MONTH}(?P<y>\d{{2}})(?P<rest>[, T]+\d{{1,2}}:\d{{2}}.*)$"
#: Oct 31, 2026; October 31 2026
_MONTH_FIRST = rf"{_WEEKDAY}{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}{_REST}"
#: 2026-Oct-31
_YEAR_FIRST = rf"^{_YEAR}[-/ ]{_NAME}[-/ ]{_DAY}{_REST}"
_PATTERNS = (_DAY_FIRST, _SHORT_YEAR, _MONTH_FIRST, _YEAR_FIRST)
_BLANKS = "[\u00a0\u202f\u2009]"  # beside AM and PM


def write_months_as_numbers(values: pa.StringArray) -> pa.StringArray:
    """The dates as 2026-10-31, with the same time of day; null for a value without a month's name.

    >>> dates = ["31-Oct-2026 02:11", "Oct 3, 2026, 2:11 PM", "3/Mar/26 9:21 AM", "31-Foo-2026"]
    >>> write_months_as_numbers(pa.array(dates)).to_pylist()
    ['2026-10-31 02:11', '2026-10-3, 2:11 PM', '2026-3-3 9:21 AM', None]
    """
    nothing = pa.scalar(None, pa.string())
    mentioned = pc.match_substring_regex(values, pattern=_MENTIONED)
    if not pc.any(mentioned).as_py():
        return pa.nulls(len(values), pa.string())
    dates = pc.replace_substring_regex(
        pc.if_else(mentioned, values, nothing), pattern=_BLANKS, replacement=" "
    )
    written = [_written(dates, pattern) for pattern in _PATTERNS]
    return pc.coalesce(*written)


def _written(values: pa.StringArray, pattern: str) -> pa.StringArray:
    parts = pc.extract_regex(values, pattern=pattern)
    place = pc.index_in(pc.utf8_lower(parts.field("n")), value_set=pa.array(list(_NUMBERS)))
    month = pa.array(list(_NUMBERS.values())).take(place)
    date = pc.binary_join_element_wise(_whole(parts.field("y")), month, parts.field("d"), "-")
    return pc.if_else(
        parts.is_valid(),
        pc.binary_join_element_wise(date, parts.field("rest"), ""),
        pa.scalar(None, pa.string()),
    )


def _whole(years: pa.StringArray) -> pa.StringArray:
    """Years of two digits as years from 1970 to 2069."""
    digits = pc.if_else(pc.equal(pc.utf8_length(years), 2), years, pa.scalar("0", pa.string()))
    century = pc.if_else(pc.less(digits.cast(pa.int64()), 70), "20", "19")
    short = pc.binary_join_element_wise(century, years, "")
    return pc.if_else(pc.equal(pc.utf8_length(years), 2), short, years)
