"""What a score is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What was asked: which outcome, within how many days, of which score, for the worst how
    many.
    """

    outcome: str
    horizon: int | None  # days; None: the outcome is a flag without a date
    score: str  # `score`, or the name of a further one
    sign: float  # -1: a low score is a risk; 1: a high one is a chance
    capacity: float
    notice: int | None = (
        None  # days from a decision to its effect, as is usual; None: it isn't known
    )
    todays: tuple[
        str, ...
    ] = ()  # measures that read attributes as they are today, on past dates too
