"""Durations such as 53:12:09 as hours, in a column that the model uses as numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.sources.files.arrays import Array, matches, select_values

PATTERN = r"-?\d{1,6}:[0-5]\d:[0-5]\d(?:[.,]\d{1,6})?"


def is_duration(values: pa.StringArray) -> Array:
    """Which values are hours, minutes and seconds. 12:30 isn't: it may be minutes and seconds.

    >>> is_duration(pa.array(["53:12:09", "0:00:00", "12:30", "1:75:00", "5"])).tolist()
    [True, True, False, False, False]
    """
    return matches(values, PATTERN)


def to_hours(values: pa.StringArray, mask: Array) -> Array:
    """The durations where the mask is true, in hours; NaN elsewhere.

    >>> to_hours(pa.array(["53:15:36", "-0:30:00"]), np.array([True, True])).tolist()
    [53.26, -0.5]
    """
    result = np.full(len(values), np.nan)
    result[mask] = [_hours(text) for text in select_values(values, mask)]
    return result


def _hours(text: str) -> float:
    hours, minutes, seconds = text.removeprefix("-").replace(",", ".").split(":")
    whole = (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) / 3600
    return -whole if text.startswith("-") else whole
