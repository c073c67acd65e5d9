"""What the model says about a column by the way it uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

#: `text`: a key, an id, words. `time`: begins something. `end`: ends it, so that "no end" has many spellings.
#: `amount`: is added up as it stands, exactly to six decimals. `number`: is computed with. None: the values decide.
Use = Literal["text", "time", "end", "amount", "number"]
#: What holds dates and times.
TIMED: tuple[Use, ...] = ("time", "end")
#: What holds numbers.
NUMBERS: tuple[Use, ...] = ("amount", "number")
Uses = Mapping[str, Use | None]
