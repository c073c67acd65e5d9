"""What a kind of measure computes with: the facts of one measure, and how its values are written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.facts.partials.partial import Partial
from salus.facts.partials.requirements import MeasureColumns
from salus.kernel.alive import Alive, Array, FactDays, Window, find_alive
from salus.kernel.sums import sum_alive
from salus.kernel.values import DIVIDED, NO_FACTS, MeasureValues
from salus.model.measure import Measure
from salus.periods.grid import Grid
from salus.periods.working_days import WorkingDays

MICRO = 1e6
Floats = NDArray[np.float64]
Counts = NDArray[np.int64] | None  # None: the kind counts no facts beyond its value
MeasureResult = tuple[MeasureValues, Counts]


@dataclass(frozen=True, kw_only=True)
class MeasureInput:
    """A measure and the partial it reads, for a grid and a number of entities."""

    measure: Measure
    need: MeasureColumns
    partial: Partial
    aliases: dict[str, str]  # role -> array of the partial
    grid: Grid
    entities: int
    working: WorkingDays
    cached: dict[object, Alive]  # facts alive that another measure of the partial already computed

    def cell(self, role: str) -> Array:
        return self.partial[self.aliases[role]]

    def alive(self, days: int | None = None, *, offset: int = 0, known: str = "known") -> Alive:
        """The facts alive in a window of `days`; only open facts where the measure asks for them.

        `known` names the array that holds the day each fact became known.
        """
        key = (self.need.spec, self.measure.open, days, offset, known, int(self.grid.days[0]))
        if key not in self.cached:
            arrays = self.partial.arrays
            first = arrays[known]
            begun = arrays.get("begun", arrays["known"] if "known" in arrays else first)
            ended = arrays["ended"] if self.measure.open else arrays.get("stop")
            self.cached[key] = find_alive(
                FactDays(self.partial.entity, begun, first, ended),
                self.grid,
                self.entities,
                Window(days, offset),
            )
        return self.cached[key]

    def sums(self, facts: Alive, role: str) -> NDArray[np.int64]:
        """The sum of a cell over the facts; don't write to it, it is shared."""
        alias = self.aliases[role]
        if alias not in facts.sums:
            facts.sums[alias] = sum_alive(facts, self.cell(role))
        return facts.sums[alias]

    def position(self, days: Array) -> NDArray[np.int64]:
        """Days as calendar or working days since the first date of the grid, as the measure
        counts.
        """
        start = self.grid.days[:1].astype(np.int64)
        if not self.measure.working:
            return days.astype(np.int64) - start
        return self.working.since(days) - self.working.since(start)

    def age(self, begun: NDArray[np.int64]) -> NDArray[np.int64]:
        """Days from `begun` (entities, dates) to each date."""
        return self.position(self.grid.days)[None, :] - self.position(begun.ravel()).reshape(
            begun.shape
        )


def to_values(data: Floats) -> MeasureValues:
    """Values that are missing only where there are no facts."""
    return MeasureValues.of(data, NO_FACTS)


def divide(
    numerator: Floats, denominator: Floats, reason: int | NDArray[np.uint8]
) -> MeasureValues:
    """The quotient, missing for `reason` where the denominator is 0."""
    empty = denominator == 0
    with np.errstate(over="ignore"):  # what becomes infinite is missing as "not finite"
        quotient = np.divide(
            numerator, denominator, out=np.full(numerator.shape, np.nan), where=~empty
        )
    return MeasureValues.of(quotient, reason)


def divide_by_weight(numerator: Floats, weight: Floats, number: NDArray[np.int64]) -> MeasureValues:
    """A weighted mean, missing where there are no facts or their weights add up to 0."""
    return divide(numerator, weight, np.where(number == 0, np.uint8(NO_FACTS), np.uint8(DIVIDED)))
