"""A metric of the portfolio with its interval, or the reason why it can't be measured."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from salus.finding import Finding
from salus.insight.statistics.interval import Interval

Unit = Literal["points", "share", "answer", "money", "days"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric, measured on `n` answers, entities or invoices."""

    unit: Unit
    estimate: Interval | None = None
    n: int = 0
    definition: tuple[Finding, ...] = ()  # how it is counted; empty where it isn't measured
    reason: Finding | None = None  # why it isn't measured
    details: dict[str, Any] = field(default_factory=dict)  # further figures, such as counts
    no_interval: Finding | None = None  # why the estimate has no interval

    @classmethod
    def refused(cls, unit: Unit, reason: Finding, n: int = 0) -> Metric:
        """A metric that isn't measured, with the reason."""
        return cls(unit=unit, n=n, reason=reason)

    def as_dict(self) -> dict[str, object]:
        """The JSON form without definition and reasons, which need words. An infinite end is
        null.
        """
        estimate = self.estimate
        ends = (None,) * 3 if estimate is None else (estimate.value, estimate.low, estimate.high)
        return {
            **{
                name: _finite(end) for name, end in zip(("value", "low", "high"), ends, strict=True)
            },
            "n": self.n,
            "unit": self.unit,
            **{name: _finite(value) for name, value in self.details.items()},
        }


def _finite(value: Any) -> Any:
    """The value; None for an infinite number."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
