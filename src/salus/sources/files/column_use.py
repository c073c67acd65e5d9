"""What the model uses a column for. This decides how its cells are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from salus.sources.table import Type

#: `text`: keys, ids, words. `time`: when something begins. `end`: when it ends; people write "no end"
#: in many ways. `amount`: numbers that are summed exactly to six decimals. `number`: other numbers.
#: None: the values decide.
Use = Literal["text", "time", "end", "amount", "number"]
#: Columns with dates and times.
TIMED: tuple[Use, ...] = ("time", "end")
#: Columns with numbers.
NUMBERS: tuple[Use, ...] = ("amount", "number")
Uses = Mapping[str, Use | None]


def empty_type(use: Use | None) -> Type:
    """The type of a column without any value.

    >>> empty_type("end"), empty_type("amount"), empty_type(None)
    ('date', 'number', 'text')
    """
    return "number" if use in NUMBERS else "date" if use in TIMED else "text"
