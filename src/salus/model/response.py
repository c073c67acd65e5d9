"""Stages, signals and plays. Salus checks them, but doesn't use them yet."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.expressions.expression import Expression


@dataclass(frozen=True)
class Stage:
    """A stage of the customer's life. The first match applies; without `when` it always matches."""

    name: str
    when: Expression | None = None


@dataclass(frozen=True)
class Signal:
    """A signal fires when `when` becomes true, or when the control chart `chart` leaves its limits.

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
    """One task of a play, due `within` days after its start."""

    do: str
    who: str = "owner"
    within: int | None = None


@dataclass(frozen=True)
class Play:
    """What to do after a signal, until a condition is true.

    `hold_out` is the share of entities without the play, to measure whether it helps.
    """

    name: str
    on: str
    steps: tuple[PlayStep, ...]
    until: Expression | None = None
    hold_out: float = 0.0
