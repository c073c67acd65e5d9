"""What the model says about a column by the way it uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

#: `text`: a key, an id, words. `time`: begins or ends something. `number`: is added up. None: the values decide.
Use = Literal["text", "time", "number"]
Uses = Mapping[str, Use | None]
