"""Truth values in English, German and Danish."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.arrays import Array

TRUE = ("true", "yes", "ja", "wahr", "sand", "y", "j", "t", "x", "✓", "✔")
FALSE = ("false", "no", "nein", "nej", "falsch", "falsk", "n", "f")
#: A column of one single letter says nothing: `f` alone may be female.
_CLEAR = pa.array([word for word in (*TRUE, *FALSE) if len(word) > 1] + ["x", "✓", "✔"])
_TRUE, _FALSE = pa.array(TRUE), pa.array(FALSE)


def truths(values: pa.StringArray) -> tuple[Array, Array]:
    """Which values are truth values, and which of them are true.

    >>> [side.tolist() for side in truths(pa.array(["Ja", "nej", "vielleicht"]))]
    [[True, True, False], [True, False, False]]
    """
    words = pc.utf8_lower(values)
    true = _mask(pc.is_in(words, value_set=_TRUE))
    return true | _mask(pc.is_in(words, value_set=_FALSE)), true


def clear(values: pa.StringArray) -> Array:
    """Which values can hardly be anything else: whole words and ticks, not single letters."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_CLEAR))


def _mask(found: pa.BooleanArray) -> Array:
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
