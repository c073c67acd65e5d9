"""Helpers for arrays of texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = npt.NDArray[Any]


def matches(values: pa.StringArray, pattern: str) -> Array:
    """Which values match a regular expression from start to end; null doesn't.

    >>> matches(pa.array(["12", "a12", None]), "[0-9]+").tolist()
    [True, False, False]
    """
    mask = pc.match_substring_regex(values, pattern=f"^(?:{pattern})$")
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), dtype=bool)


def select_values(values: pa.StringArray, mask: Array) -> list[str]:
    """The values where the mask is true."""
    selected: list[str] = values.filter(pa.array(mask)).to_pylist()
    return selected


def first_bytes(values: pa.StringArray) -> Array:
    """The first byte of each text in UTF-8; 0 for an empty text or null.

    >>> first_bytes(pa.array(["12", "", None, "ä"])).tolist()
    [49, 0, 0, 195]
    """
    _, places, texts = values.buffers()
    result = np.zeros(len(values), dtype=np.uint8)
    if texts is None or not len(values):
        return result
    offsets = np.frombuffer(places, dtype=np.int32)[values.offset :][: len(values) + 1]
    filled = offsets[1:] > offsets[:-1]
    result[filled] = np.frombuffer(texts, dtype=np.uint8)[offsets[:-1][filled]]
    return result
