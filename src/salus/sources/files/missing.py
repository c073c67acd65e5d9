"""Which cells say that there is no value."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

#: In any column: what spreadsheets (en, de, da) and databases write for nothing.
NOTHING = ("", "#N/A", "#N/A!", "#NV", "#I/T", "NULL", "null", "\\N", "(null)", "<null>")
#: In columns of numbers, dates and truth values also what people write.
WORDS = (*NOTHING, "N/A", "n/a", "NA", "None", "none", "nil", "-", "--", "–", "—", "?", "k.A.", "k. A.", "n.a.",
         "n. a.")
_NOTHING, _WORDS = pa.array(NOTHING), pa.array(WORDS)


def trimmed(texts: pa.StringArray) -> pa.StringArray:
    """Values without the blanks around them, null where a cell holds none.

    >>> trimmed(pa.array([" 5", "n/a", "-", "", "#N/A"])).to_pylist()
    ['5', None, None, None, None]
    """
    bare = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.is_in(bare, value_set=_WORDS), pa.scalar(None, pa.string()), bare)


def as_text(texts: pa.StringArray) -> pa.StringArray:
    """Texts as they stand, blanks and all, null where a cell holds nothing. Words such as NA or - are texts here.

    >>> as_text(pa.array(["EV-1 ", "  ", "NA", "#N/A"])).to_pylist()
    ['EV-1 ', None, 'NA', None]
    """
    bare = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.is_in(bare, value_set=_NOTHING), pa.scalar(None, pa.string()), texts)
