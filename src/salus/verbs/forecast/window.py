"""The time that a forecast covers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ForecastWindow:
    """Day numbers: the forecast covers `horizon` days from `today` on; facts are known before `end`."""

    today: int
    horizon: int
    end: int
