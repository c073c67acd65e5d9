"""Truth values in English, German and Danish."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.sources.files.arrays import Array

TRUE = ("true", "yes", "ja", "wahr", "sand", "y", "j", "t")
FALSE = ("false", "no", "nein", "nej", "falsch", "falsk", "n", "f")
#: Ticks are truth values only in a column with nothing else: x and y together can mean anything.
TICKS = ("x", "✓", "✔")
LONGEST_WORD = max(map(len, (*TRUE, *FALSE, *TICKS)))
#: Single letters alone aren't clear: `f` may mean female.
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
    """Which values can only be truth values: whole words, not single letters."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_CLEAR))


def is_tick(values: pa.StringArray) -> Array:
    """Which values are ticks."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_TICKS))


def _mask(values: pa.BooleanArray) -> Array:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)
