"""Truth values in English, German and Danish."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.arrays import Array

TRUE = ("true", "yes", "ja", "wahr", "sand", "y", "j", "t")
FALSE = ("false", "no", "nein", "nej", "falsch", "falsk", "n", "f")
#: Ticks make truth values only of a column that holds nothing else: x and y together may be
#: anything.
TICKS = ("x", "✓", "✔")
#: A column of one single letter says nothing: `f` alone may be female.
_CLEAR = pa.array([word for word in (*TRUE, *FALSE) if len(word) > 1])
_TRUE, _FALSE, _TICKS = pa.array((*TRUE, *TICKS)), pa.array(FALSE), pa.array(TICKS)


def parse_booleans(values: pa.StringArray) -> tuple[Array, Array]:
    """Which values are truth values, and which of them are true.

    >>> [side.tolist() for side in parse_booleans(pa.array(["Ja", "nej", "vielleicht"]))]
    [[True, True, False], [True, False, False]]
    """
    words = pc.utf8_lower(values)
    true = _mask(pc.is_in(words, value_set=_TRUE))
    return true | _mask(pc.is_in(words, value_set=_FALSE)), true


def is_clear(values: pa.StringArray) -> Array:
    """Which values can hardly be anything else: whole words, not single letters."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_CLEAR))


def is_tick(values: pa.StringArray) -> Array:
    """Which values are a tick."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_TICKS))


def _mask(found: pa.BooleanArray) -> Array:
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
