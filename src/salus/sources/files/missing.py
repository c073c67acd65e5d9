"""Decides which cells have no value."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.column_use import Use
from salus.sources.files.numbers import TYPED

#: In any column: what spreadsheets (en, de, da) and databases write if there is no value.
NOTHING = ("", "#N/A", "#N/A!", "#NV", "#I/T", "NULL", "null", "\\N", "(null)", "<null>")
#: In columns of numbers, dates and truth values: also what people write.
WORDS = (
    *NOTHING,
    "N/A",
    "n/a",
    "NA",
    "None",
    "none",
    "nil",
    "-",
    "--",
    "–",
    "—",
    "?",
    "k.A.",
    "k. A.",
    "n.a.",
    "n. a.",
)
#: In a column of ends: how people write that there is no end (en, de, da).
OPEN = (
    "open",
    "open-ended",
    "open ended",
    "openended",
    "no end",
    "no end date",
    "never",
    "indefinite",
    "indefinitely",
    "unlimited",
    "permanent",
    "until further notice",
    "ongoing",
    "current",
    "present",
    "active",
    "today",
    "evergreen",
    "open end",
    "open-end",
    "rolling",
    "auto-renew",
    "auto-renewal",
    "infinity",
    "inf",
    "∞",
    "offen",
    "kein ende",
    "ohne ende",
    "nie",
    "unbefristet",
    "unbefr.",
    "unbegrenzt",
    "unbestimmt",
    "auf unbestimmte zeit",
    "unbestimmte zeit",
    "bis auf weiteres",
    "b.a.w.",
    "laufend",
    "fortlaufend",
    "aktiv",
    "heute",
    "tidsubegrænset",
    "ubegrænset",
    "ingen",
    "åben",
    "løbende",
    "indtil videre",
    "nu",
)
#: What systems write if there is no end: zeros and nines; days before 1900 and from 9000 on, such as
#: 17530101, also as serial days; 9999-12-31 in seconds to nanoseconds since 1970, or with a year of
#: two digits; 0001-01-01 since 1970.
_NO_DAY = "|".join(
    (
        r"0{1,8}(?:\.0+)?",
        r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ t][0:.]+z?)?",
        r"1900-01-00.*|0?0\.0?1\.1900.*|0?1/0?0/1900.*",
        r"9999|9{8}|9{1,4}[-/.]9{1,2}[-/.]9{1,4}",
        r"(?:[09]\d{3}|1[0-8]\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|19000101",
        r"2(?:[678]\d|9[0-5])\d{4}(?:\.\d+)?",
        r"253402[123]\d{5}(?:\.\d+|(?:\d{3}){0,3})",
        r"-62135596800(?:0{3}){0,2}",
        r"31[-/.]12[-/.]99|12/31/99|99[-/.]12[-/.]31",
    )
)


def trim(texts: pa.StringArray, use: Use | None = None) -> pa.StringArray:
    """The values without blanks around them; null if a cell has no value, or says "no end" in a
    column of ends.

    >>> trim(pa.array([" 5", "n/a", "-", "", "#N/A"])).to_pylist()
    ['5', None, None, None, None]
    >>> trim(pa.array(["unbefristet", "00.00.0000", "99991231", "2025-01-31"]), "end").to_pylist()
    [None, None, None, '2025-01-31']
    """
    bare = pc.utf8_trim_whitespace(texts)
    nothing = pc.is_in(bare, value_set=pa.array(WORDS))
    if use == "end":
        plain = pc.utf8_lower(pc.replace_substring(bare, TYPED, ""))
        no_day = pc.fill_null(pc.match_substring_regex(plain, pattern=f"^(?:{_NO_DAY})$"), False)
        nothing = pc.or_(nothing, pc.or_(pc.is_in(plain, value_set=pa.array(OPEN)), no_day))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), bare)


def as_text(texts: pa.StringArray) -> pa.StringArray:
    """The texts with the blanks around them; null if a cell is empty. Words such as NA or - are
    texts here.

    >>> as_text(pa.array(["EV-1 ", "  ", "NA", "#N/A"])).to_pylist()
    ['EV-1 ', None, 'NA', None]
    """
    bare = pc.utf8_trim_whitespace(texts)
    return pc.if_else(
        pc.is_in(bare, value_set=pa.array(NOTHING)), pa.scalar(None, pa.string()), texts
    )
