"""Each kind of measure as a few lines over the kernel's formulas.

Every function gets the facts of the measure (its partial, the grid and the entities) and returns
the values and how many facts were used. `at_least`, `per` and freshness are the same for all kinds:
see ``chunk``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from salus.facts.partials.partial import Partial
from salus.facts.partials.requirements import OPEN_DAYS
from salus.kernel.alive import Alive
from salus.kernel.distinct import count_distinct
from salus.kernel.interval_extremes import largest, smallest
from salus.kernel.measure_input import (
    MICRO,
    Floats,
    MeasureInput,
    MeasureResult,
    divide,
    divide_by_weight,
    to_values,
)
from salus.kernel.newest import NOTHING, newest
from salus.kernel.open_days import open_days
from salus.kernel.order_stats import decayed_sum, median, median_gaps
from salus.kernel.sums import sum_alive
from salus.kernel.values import DIVIDED, NO_FACTS, MeasureValues
from salus.periods.day import NEVER


def _sum_of(inputs: MeasureInput, facts: Alive, role: str) -> Floats:
    """The sum of a cell, decayed where the measure has a half-life."""
    half_life = inputs.measure.half_life
    if half_life is None:
        return inputs.sums(facts, role).astype(np.float64)
    return decayed_sum(
        facts, inputs.cell(role), inputs.partial["begun"], inputs.grid.days, half_life
    )


def _number_of(inputs: MeasureInput, facts: Alive, number: NDArray[np.int64]) -> Floats:
    """The number of facts, decayed where the measure has a half-life."""
    return (
        number.astype(np.float64)
        if inputs.measure.half_life is None
        else _sum_of(inputs, facts, "count")
    )


def _count(inputs: MeasureInput) -> MeasureResult:
    facts = inputs.alive(inputs.measure.within)
    number = inputs.sums(facts, "count")
    return to_values(_number_of(inputs, facts, number)), number


def _sum(inputs: MeasureInput) -> MeasureResult:
    if inputs.measure.column == OPEN_DAYS:
        return open_days(inputs)
    facts = inputs.alive(inputs.measure.within)
    return to_values(_sum_of(inputs, facts, "total") / MICRO), inputs.sums(facts, "count")


def _mean(inputs: MeasureInput) -> MeasureResult:
    if inputs.measure.column == OPEN_DAYS:
        return open_days(inputs)
    facts = inputs.alive(inputs.measure.within)
    number = inputs.sums(facts, "count")
    if inputs.measure.weighted_by:
        return (
            divide_by_weight(
                _sum_of(inputs, facts, "total"), _sum_of(inputs, facts, "weight"), number
            ),
            number,
        )
    return (
        divide(
            _sum_of(inputs, facts, "total"), _number_of(inputs, facts, number) * MICRO, NO_FACTS
        ),
        number,
    )


def _share(inputs: MeasureInput) -> MeasureResult:
    facts = inputs.alive(inputs.measure.within)
    number = inputs.sums(facts, "count")
    return (
        divide(inputs.sums(facts, "part").astype(np.float64), number.astype(np.float64), NO_FACTS),
        number,
    )


def _trend(inputs: MeasureInput) -> MeasureResult:
    measure = inputs.measure
    assert measure.within is not None and measure.baseline is not None
    role = "total" if "total" in inputs.aliases else "count"
    now = inputs.sums(inputs.alive(measure.within), role).astype(np.float64)
    earlier = inputs.alive(measure.baseline, offset=measure.within)
    before, number = inputs.sums(earlier, role).astype(np.float64), inputs.sums(earlier, "count")
    usable = np.where(before > 0, before, 0.0)
    change = divide(
        now * measure.baseline,
        usable * measure.within,
        np.where(number == 0, np.uint8(NO_FACTS), np.uint8(DIVIDED)),
    )
    return MeasureValues(change.data - 1, change.reason), number


def _count_distinct(inputs: MeasureInput) -> MeasureResult:
    facts = inputs.alive(inputs.measure.within, known=inputs.aliases["count"])
    number = count_distinct(facts, inputs.partial["key"])
    return to_values(number.astype(np.float64)), number


def _active_days(inputs: MeasureInput) -> MeasureResult:
    if inputs.measure.column:
        facts = inputs.alive(inputs.measure.within, known=inputs.aliases["count"])
        number = count_distinct(facts, inputs.partial["key"], inputs.partial["begun"])
        return to_values(number.astype(np.float64)), number
    facts = _present(inputs)
    days = count_distinct(facts, inputs.partial["begun"])
    return to_values(days.astype(np.float64)), inputs.sums(facts, "count")


def _present(inputs: MeasureInput, window: bool = True) -> Alive:
    """The alive rows of the partial that hold a fact meeting the measure's condition."""
    facts = inputs.alive(inputs.measure.within if window else None)
    return facts.only(inputs.cell("count")[facts.rows].astype(bool))


def _days_since(inputs: MeasureInput) -> MeasureResult:
    measure = inputs.measure
    if measure.open:
        facts = _present(inputs)
        last = largest(facts, inputs.partial["begun"])
        return _since(inputs, last), inputs.sums(facts, "count")
    if measure.within is not None:
        return _days_since_within(inputs, measure.within)
    begun = inputs.cell("count")  # in `newest` partials a cell holds the newest day begun
    facts = inputs.alive()
    facts = facts.only(begun[facts.rows] != NEVER)  # NEVER: no fact met the measure's condition
    return _since(inputs, newest(facts, begun)), None


def _days_since_within(inputs: MeasureInput, within: int) -> MeasureResult:
    """Days since the newest fact in the window. The facts themselves are counted only where
    `at_least` needs it.
    """
    last = newest(_present(inputs, window=False), inputs.partial["begun"])
    last = np.where(last >= inputs.grid.days[None, :].astype(np.int64) - within, last, NOTHING)
    counted = inputs.measure.at_least > 1
    return _since(inputs, last), (
        sum_alive(_present(inputs), inputs.cell("count")) if counted else None
    )


def _since(inputs: MeasureInput, last: NDArray[np.int64]) -> MeasureValues:
    exists = last != NOTHING
    days = inputs.age(np.where(exists, last, 0)).astype(np.float64)
    return to_values(np.where(exists, days, np.nan))


def _oldest_open(inputs: MeasureInput) -> MeasureResult:
    facts = _present(inputs)
    first = smallest(facts, inputs.partial["begun"])
    exists = first != -NOTHING
    days = inputs.age(np.where(exists, first, 0)).astype(np.float64)
    return to_values(np.where(exists, days, 0.0)), inputs.sums(facts, "count")


def _median_gap(inputs: MeasureInput) -> MeasureResult:
    facts = _present(inputs)
    begun = inputs.partial["begun"]
    middle, number = median_gaps(facts, begun, inputs.position(begun))
    return to_values(middle), number


def _flagged(inputs: MeasureInput, window: int | None) -> Alive:
    facts = inputs.alive(window)
    return facts.only(inputs.cell("count")[facts.rows])


def _median(inputs: MeasureInput) -> MeasureResult:
    facts = _flagged(inputs, inputs.measure.within)
    return to_values(median(facts, inputs.partial["value"]) / MICRO), sum_alive(facts)


def _extreme(inputs: MeasureInput) -> MeasureResult:
    facts = _flagged(inputs, inputs.measure.within)
    if inputs.measure.kind == "min":
        best = smallest(facts, inputs.partial["value"])
        exists = best != -NOTHING
    else:
        best = largest(facts, inputs.partial["value"])
        exists = best != NOTHING
    return _scaled_values(inputs.partial, np.where(exists, best, 0), exists), sum_alive(facts)


def _max(inputs: MeasureInput) -> MeasureResult:
    return open_days(inputs) if inputs.measure.column == OPEN_DAYS else _extreme(inputs)


def _scaled_values(
    partial: Partial, value: NDArray[np.int64], exists: NDArray[np.bool_]
) -> MeasureValues:
    """Values as people know them: a partial holds millionths, microseconds of a moment, or
    positions of words.
    """
    scale = {"number": MICRO, "bool": MICRO, "date": 86400e6, "text": 1.0}[partial.kind]
    return MeasureValues.of(
        np.where(exists, value / scale, np.nan), NO_FACTS, partial.kind, partial.words or ()
    )


def _latest(inputs: MeasureInput) -> MeasureResult:
    measure, partial = inputs.measure, inputs.partial
    ranks = np.arange(
        len(partial), dtype=np.int64
    )  # rows are in the order (entity, time, recorded, value)
    within = _flagged(inputs, measure.within)
    if measure.open:
        best = largest(within, ranks)
    else:
        best = newest(_flagged(inputs, None), ranks)
    exists = best != NOTHING
    row = np.where(exists, best, 0)
    if len(partial) == 0:
        return _scaled_values(partial, row, exists), sum_alive(within)
    if measure.within is not None and not measure.open:
        exists &= partial["begun"][row] >= inputs.grid.days[None, :] - measure.within
    return _scaled_values(partial, partial["value"][row].astype(np.int64), exists), sum_alive(
        within
    )


KINDS: dict[str, Callable[[MeasureInput], MeasureResult]] = {
    "count": _count,
    "sum": _sum,
    "mean": _mean,
    "share": _share,
    "trend": _trend,
    "count_distinct": _count_distinct,
    "active_days": _active_days,
    "days_since": _days_since,
    "oldest_open": _oldest_open,
    "median_gap": _median_gap,
    "median": _median,
    "min": _extreme,
    "max": _max,
    "latest": _latest,
}
