"""Which cells say that there is no value."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.numbers import TYPED
from salus.sources.files.wish import Use

#: In any column: what spreadsheets (en, de, da) and databases write for nothing.
NOTHING = ("", "#N/A", "#N/A!", "#NV", "#I/T", "NULL", "null", "\\N", "(null)", "<null>")
#: In columns of numbers, dates and truth values also what people write.
WORDS = (*NOTHING, "N/A", "n/a", "NA", "None", "none", "nil", "-", "--", "–", "—", "?", "k.A.", "k. A.", "n.a.",
         "n. a.")
#: In a column of ends, how people say that there is no end (en, de, da).
OPEN = ("open", "open-ended", "open ended", "openended", "no end", "no end date", "never", "indefinite", "indefinitely",
        "unlimited", "permanent", "until further notice", "ongoing", "current", "present", "active", "today", "offen",
        "kein ende", "ohne ende", "nie", "unbefristet", "unbegrenzt", "unbestimmt", "auf unbestimmte zeit",
        "bis auf weiteres", "b.a.w.", "laufend", "aktiv", "heute", "tidsubegrænset", "ubegrænset", "ingen", "åben", "løbende",
        "indtil videre", "nu")
#: What systems write for no end where no day can be told: zeros, Excel's day 0, and 9999-12-31 as one number.
_NO_DAY = (r"(?:0{1,8}(?:\.0+)?|0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ t][0:.]+z?)?|1900-01-00.*|0?0\.0?1\.1900.*|0?1/0?0/1900.*"
           r"|9999(?:9999)?|99991231|2958465(?:\.0+)?)")
_NOTHING, _WORDS, _OPEN = pa.array(NOTHING), pa.array(WORDS), pa.array(OPEN)


def trimmed(texts: pa.StringArray, use: Use | None = None) -> pa.StringArray:
    """Values without the blanks around them, null where a cell holds none; in a column of ends where it says "no end".

    >>> trimmed(pa.array([" 5", "n/a", "-", "", "#N/A"])).to_pylist()
    ['5', None, None, None, None]
    >>> trimmed(pa.array(["unbefristet", "00.00.0000", "99991231", "2025-01-31"]), "end").to_pylist()
    [None, None, None, '2025-01-31']
    """
    bare = pc.utf8_trim_whitespace(texts)
    nothing = pc.is_in(bare, value_set=_WORDS)
    if use == "end":
        plain = pc.utf8_lower(pc.replace_substring(bare, TYPED, ""))
        no_day = pc.fill_null(pc.match_substring_regex(plain, pattern=f"^{_NO_DAY}$"), False)
        nothing = pc.or_(nothing, pc.or_(pc.is_in(plain, value_set=_OPEN), no_day))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), bare)


def as_text(texts: pa.StringArray) -> pa.StringArray:
    """Texts as they stand, blanks and all, null where a cell holds nothing. Words such as NA or - are texts here.

    >>> as_text(pa.array(["EV-1 ", "  ", "NA", "#N/A"])).to_pylist()
    ['EV-1 ', None, 'NA', None]
    """
    bare = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.is_in(bare, value_set=_NOTHING), pa.scalar(None, pa.string()), texts)
