"""The days that facts are open: from begun to the end, or to the date while they are open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.kernel.alive import Alive, Array
from salus.kernel.interval_extremes import largest, smallest
from salus.kernel.measure_input import (
    Floats,
    MeasureInput,
    MeasureResult,
    divide_by_weight,
    to_values,
)
from salus.kernel.newest import NOTHING
from salus.kernel.order_stats import Amounts, decayed_sum
from salus.kernel.sums import sum_alive
from salus.kernel.values import MeasureValues
from salus.periods.day import NEVER

LARGEST = 9.2e18  # of a sum in 64 bits


def open_days(inputs: MeasureInput) -> MeasureResult:
    """Days from begun to the end, or to the date while open. They grow with the date while the fact
    is open and are fixed once it is closed.
    """
    facts = inputs.alive(inputs.measure.within)
    number = inputs.sums(facts, "count")
    open_, closed = _phases(inputs, facts)
    if inputs.measure.kind == "max":
        return _longest(inputs, open_, closed), number
    weights = inputs.cell("weight" if inputs.measure.weighted_by else "count")
    _require_range(inputs, weights)
    if inputs.measure.half_life is None:
        days = _sum_days(inputs, open_, closed, weights).astype(np.float64)
        weight = sum_alive(facts, weights).astype(np.float64)
    else:
        days = _decayed_days(inputs, open_, weights) + _decayed(
            inputs, closed, weights * _days_open(inputs)
        )
        weight = _decayed(inputs, facts, weights)
    if inputs.measure.kind == "sum":
        return to_values(days), number
    return divide_by_weight(days, weight, number), number


def _sum_days(
    inputs: MeasureInput, open_: Alive, closed: Alive, weights: Array
) -> NDArray[np.int64]:
    """Σ weight · days, exact: an open fact adds its weight every day."""
    begun = inputs.position(inputs.partial["begun"])
    grown = inputs.position(inputs.grid.days)[None, :] * sum_alive(open_, weights) - sum_alive(
        open_, weights * begun
    )
    return grown + sum_alive(closed, weights * _days_open(inputs))


def _decayed(inputs: MeasureInput, facts: Alive, amounts: Array | Amounts) -> Floats:
    half_life = inputs.measure.half_life
    assert half_life is not None
    return decayed_sum(facts, amounts, inputs.partial["begun"], inputs.grid.days, half_life)


def _decayed_days(inputs: MeasureInput, facts: Alive, weights: Array) -> Floats:
    begun, dates = (
        inputs.position(inputs.partial["begun"]),
        inputs.position(inputs.grid.days),
    )
    return _decayed(inputs, facts, lambda date, rows: weights[rows] * (dates[date] - begun[rows]))


def _require_range(inputs: MeasureInput, weights: Array) -> None:
    """Raises DataError unless weight times days fits into 64 bits for each entity."""
    open_now = inputs.position(inputs.grid.days)[-1] - inputs.position(inputs.partial["begun"])
    longest = np.maximum(_days_open(inputs), open_now)
    amounts = np.abs(weights.astype(np.float64)) * np.maximum(longest, 0)
    if (
        amounts.sum() >= LARGEST
        and np.bincount(inputs.partial.entity, weights=amounts).max() >= LARGEST
    ):
        raise DataError(
            f"the weighted days of measure `{inputs.measure.name}` add up to more than 9.2e12 for"
            " one entity",
            "divide the weights under `columns:`, for instance by 1000",
        )


def _days_open(inputs: MeasureInput) -> NDArray[np.int64]:
    """The days a closed fact was open, at least 0."""
    closed = inputs.partial["closed"]
    ends = np.where(closed == NEVER, inputs.partial["begun"], closed)
    return np.maximum(inputs.position(ends) - inputs.position(inputs.partial["begun"]), 0)


def _phases(inputs: MeasureInput, facts: Alive) -> tuple[Alive, Alive]:
    """The part of each fact's life while it is open, and the part after its end is known."""
    known = inputs.grid.index(
        np.minimum(inputs.partial["ended"][facts.rows], NEVER - 1) + np.int32(1)
    )
    turn = np.asarray(np.clip(known, facts.start, facts.stop), dtype=np.int64)
    open_ = Alive(
        rows=facts.rows,
        entity=facts.entity,
        start=facts.start,
        stop=turn,
        entities=facts.entities,
        dates=facts.dates,
    )
    closed = Alive(
        rows=facts.rows,
        entity=facts.entity,
        start=turn,
        stop=facts.stop,
        entities=facts.entities,
        dates=facts.dates,
    )
    return open_.only(open_.stop > open_.start), closed.only(closed.stop > closed.start)


def _longest(inputs: MeasureInput, open_: Alive, closed: Alive) -> MeasureValues:
    counted = inputs.cell("count") > 0
    open_, closed = open_.only(counted[open_.rows]), closed.only(counted[closed.rows])
    first = smallest(open_, inputs.partial["begun"])
    exists = first != -NOTHING
    ages = np.where(exists, inputs.age(np.where(exists, first, 0)), NOTHING)
    best = np.maximum(ages, largest(closed, _days_open(inputs)))
    return to_values(np.where(best != NOTHING, best.astype(np.float64), np.nan))
