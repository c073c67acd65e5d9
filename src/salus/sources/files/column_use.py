"""What the model says about a column by the way it uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from salus.sources.table import Type

#: `text`: a key, an id, words. `time`: begins something. `end`: ends it, so that "no end" has many
#: spellings. `amount`: is added up as it stands, exactly to six decimals. `number`: is computed
#: with. None: the values decide.
Use = Literal["text", "time", "end", "amount", "number"]
#: What holds dates and times.
TIMED: tuple[Use, ...] = ("time", "end")
#: What holds numbers.
NUMBERS: tuple[Use, ...] = ("amount", "number")
Uses = Mapping[str, Use | None]


def empty_type(use: Use | None) -> Type:
    """What a column without any value is taken for.

    >>> empty_type("end"), empty_type("amount"), empty_type(None)
    ('date', 'number', 'text')
    """
    return "number" if use in NUMBERS else "date" if use in TIMED else "text"
