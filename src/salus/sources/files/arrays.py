"""The few things that every reading of a column does with arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = npt.NDArray[Any]


def matches(values: pa.StringArray, pattern: str) -> Array:
    """Which values match a regular expression as a whole; null does not.

    >>> matches(pa.array(["12", "a12", None]), "[0-9]+").tolist()
    [True, False, False]
    """
    found = pc.match_substring_regex(values, pattern=f"^(?:{pattern})$")
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=bool)


def select_values(values: pa.StringArray, mask: Array) -> list[str]:
    """The values where the mask is true."""
    found: list[str] = values.filter(pa.array(mask)).to_pylist()
    return found
