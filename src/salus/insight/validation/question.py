"""What a backtest compares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Question:
    """An outcome, and the score that should predict it."""

    outcome: str
    horizon: int | None  # days; None: the outcome is a flag without a date
    score: str  # `score`, or the name of a further score
    sign: float  # -1: a low score is a risk; 1: a high one is a chance
    capacity: float  # the share of entities that counts as the worst
    notice: int | None = None  # usual days from a decision to its effect; None: not known
    current: tuple[str, ...] = ()  # measures that read today's attributes on past dates, too
