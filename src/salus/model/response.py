"""What is declared to happen next: stages, signals, plays. Read and checked with the model."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.expressions.expression import Expression


@dataclass(frozen=True)
class Stage:
    """Where an entity stands; the first that matches applies. Without `when` it always does."""

    name: str
    when: Expression | None = None


@dataclass(frozen=True)
class Signal:
    """Fires when `when` becomes true, or when the control chart named by `chart` leaves its limits.
    Spans are days.
    """

    name: str
    when: Expression | None = None
    chart: str | None = None
    lasting: int = 0  # `for`
    cool_down: int = 0
    tell: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlayStep:
    """One task of a play, due `within` days of its begin."""

    do: str
    who: str = "owner"
    within: int | None = None


@dataclass(frozen=True)
class Play:
    """What to do on a signal, until a condition holds; `hold_out` is the share left alone, to see
    whether it helps.
    """

    name: str
    on: str
    steps: tuple[PlayStep, ...]
    until: Expression | None = None
    hold_out: float = 0.0
