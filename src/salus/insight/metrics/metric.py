"""One number for the whole book, with what it could as well have been; or the reason why there is
none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from salus.insight.statistics.interval import Interval

Unit = Literal["points", "share", "answer", "money", "days"]


@dataclass(frozen=True)
class Metric:
    """A metric as told: `n` of what it rests on, and in `says` which of its definitions is used.

    `more` are figures beside it, by name, for instance the counts that it is made of.
    """

    unit: Unit
    found: Interval | None
    n: int
    says: str
    reason: str | None = None  # why it isn't told; None where it is
    more: dict[str, Any] = field(default_factory=dict)
    unsure: str | None = None  # why there is no interval; None where there is one, or no number

    @classmethod
    def refused(cls, unit: Unit, reason: str, n: int = 0) -> Metric:
        """No number, and why."""
        return cls(unit, None, n, "", reason)

    def as_dict(self) -> dict[str, object]:
        """The JSON form: always value, low, high and n; an end that nothing bounds is null."""
        found = self.found
        ends = (
            [None, None, None]
            if found is None
            else [
                end if math.isfinite(end) else None for end in (found.value, found.low, found.high)
            ]
        )
        told = {
            **dict(zip(("value", "low", "high"), ends, strict=True)),
            "n": self.n,
            "unit": self.unit,
        }
        more = {
            name: None if isinstance(one, float) and not math.isfinite(one) else one
            for name, one in self.more.items()
        }
        return {
            **told,
            **({"definition": self.says} if self.says else {}),
            **more,
            **({"reason": self.reason} if self.reason else {}),
            **({"no_interval": self.unsure} if self.unsure else {}),
        }
