"""Each kind of measure as a few lines over the kernel's formulas.

Every function takes the question (which partial, which grid, which entities) and gives raw values
and how many facts entered; `at_least`, `per` and freshness are the same for all kinds and live in
``chunk``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.partials.partial import Partial
from salus.facts.partials.requirements import OPEN_DAYS, MeasureColumns
from salus.kernel.alive import Alive, Array, find_alive
from salus.kernel.distinct import count_distinct
from salus.kernel.interval_extremes import largest, smallest
from salus.kernel.newest import NOTHING, newest
from salus.kernel.order_stats import Amounts, decayed_sum, median, median_gaps
from salus.kernel.sums import sum_alive
from salus.kernel.values import DIVIDED, NO_FACTS, MeasureValues
from salus.model.measure import Measure
from salus.periods.day import NEVER
from salus.periods.grid import Grid
from salus.periods.working import WorkingDays

MICRO = 1e6
LARGEST = 9.2e18  # of a total
Floats = NDArray[np.float64]
Counts = NDArray[np.int64] | None  # None: the kind has no facts to count beyond its value


@dataclass(frozen=True, kw_only=True)
class MeasureInput:
    """A measure over one partial, for a grid and a number of entities."""

    measure: Measure
    need: MeasureColumns
    partial: Partial
    aliases: dict[str, str]  # role -> array of the partial
    grid: Grid
    entities: int
    working: WorkingDays
    seen: dict[object, Alive]  # facts alive, once computed for another measure of the partial

    def cell(self, role: str) -> Array:
        return self.partial[self.aliases[role]]

    def alive(self, *, window: int | None = None, offset: int = 0, known: str = "known") -> Alive:
        """The facts alive, open ones only where the measure asks for them. `known`: the array of
        the days known.
        """
        key = (self.need.shape, self.measure.open, window, offset, known, int(self.grid.days[0]))
        if key not in self.seen:
            arrays = self.partial.arrays
            first = arrays[known]
            begun = arrays.get("begun", arrays["known"] if "known" in arrays else first)
            ended = arrays["ended"] if self.measure.open else arrays.get("stop")
            self.seen[key] = find_alive(
                self.partial.entity,
                begun,
                first,
                self.grid,
                self.entities,
                window=window,
                offset=offset,
                ended=ended,
            )
        return self.seen[key]

    def total(self, facts: Alive, role: str) -> NDArray[np.int64]:
        """The sum of a cell over the facts; not to be written to."""
        alias = self.aliases[role]
        if alias not in facts.sums:
            facts.sums[alias] = sum_alive(facts, self.cell(role))
        return facts.sums[alias]

    def position(self, days: Array) -> NDArray[np.int64]:
        """Days on the axis on which spans are measured: calendar or working days since the first
        date of the grid.
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


MeasureResult = tuple[MeasureValues, Counts]


def _plain(data: Floats) -> MeasureValues:
    return MeasureValues.of(data, NO_FACTS)


def _ratio(
    numerator: Floats, denominator: Floats, reason: int | NDArray[np.uint8]
) -> MeasureValues:
    empty = denominator == 0
    with np.errstate(over="ignore"):  # what becomes infinite is missing as "not finite"
        quotient = np.divide(
            numerator, denominator, out=np.full(numerator.shape, np.nan), where=~empty
        )
    return MeasureValues.of(quotient, reason)


def _sum_of(question: MeasureInput, facts: Alive, role: str) -> Floats:
    """Total of a cell, decayed where the measure has a half-life."""
    half_life = question.measure.half_life
    if half_life is None:
        return question.total(facts, role).astype(np.float64)
    return decayed_sum(
        facts, question.cell(role), question.partial["begun"], question.grid.days, half_life
    )


def _number_of(question: MeasureInput, facts: Alive, number: NDArray[np.int64]) -> Floats:
    """How many facts there are, decayed where the measure has a half-life."""
    return (
        number.astype(np.float64)
        if question.measure.half_life is None
        else _sum_of(question, facts, "count")
    )


def _count(question: MeasureInput) -> MeasureResult:
    facts = question.alive(window=question.measure.within)
    number = question.total(facts, "count")
    return _plain(_number_of(question, facts, number)), number


def _sum(question: MeasureInput) -> MeasureResult:
    if question.measure.column == OPEN_DAYS:
        return _open_days(question)
    facts = question.alive(window=question.measure.within)
    return _plain(_sum_of(question, facts, "total") / MICRO), question.total(facts, "count")


def _mean(question: MeasureInput) -> MeasureResult:
    if question.measure.column == OPEN_DAYS:
        return _open_days(question)
    facts = question.alive(window=question.measure.within)
    number = question.total(facts, "count")
    if question.measure.weighted_by:
        return (
            _weighted(
                _sum_of(question, facts, "total"), _sum_of(question, facts, "weight"), number
            ),
            number,
        )
    return (
        _ratio(
            _sum_of(question, facts, "total"), _number_of(question, facts, number) * MICRO, NO_FACTS
        ),
        number,
    )


def _weighted(numerator: Floats, weight: Floats, number: NDArray[np.int64]) -> MeasureValues:
    return _ratio(numerator, weight, np.where(number == 0, np.uint8(NO_FACTS), np.uint8(DIVIDED)))


def _share(question: MeasureInput) -> MeasureResult:
    facts = question.alive(window=question.measure.within)
    number = question.total(facts, "count")
    return (
        _ratio(
            question.total(facts, "part").astype(np.float64), number.astype(np.float64), NO_FACTS
        ),
        number,
    )


def _trend(question: MeasureInput) -> MeasureResult:
    measure = question.measure
    assert measure.within is not None and measure.baseline is not None
    role = "total" if "total" in question.aliases else "count"
    now = question.total(question.alive(window=measure.within), role).astype(np.float64)
    past = question.alive(window=measure.baseline, offset=measure.within)
    before, number = question.total(past, role).astype(np.float64), question.total(past, "count")
    usable = np.where(before > 0, before, 0.0)
    change = _ratio(
        now * measure.baseline,
        usable * measure.within,
        np.where(number == 0, np.uint8(NO_FACTS), np.uint8(DIVIDED)),
    )
    return MeasureValues(change.data - 1, change.reason), number


def _count_distinct(question: MeasureInput) -> MeasureResult:
    facts = question.alive(window=question.measure.within, known=question.aliases["count"])
    number = count_distinct(facts, question.partial["key"])
    return _plain(number.astype(np.float64)), number


def _active_days(question: MeasureInput) -> MeasureResult:
    if question.measure.column:
        facts = question.alive(window=question.measure.within, known=question.aliases["count"])
        number = count_distinct(facts, question.partial["key"], question.partial["begun"])
        return _plain(number.astype(np.float64)), number
    facts = _present(question)
    days = count_distinct(facts, question.partial["begun"])
    return _plain(days.astype(np.float64)), question.total(facts, "count")


def _present(question: MeasureInput, window: bool = True) -> Alive:
    """Alive rows of the partial that hold a fact meeting the measure's condition."""
    facts = question.alive(window=question.measure.within if window else None)
    return facts.only(question.cell("count")[facts.rows].astype(bool))


def _days_since(question: MeasureInput) -> MeasureResult:
    measure = question.measure
    if measure.open:
        facts = _present(question)
        last = largest(facts, question.partial["begun"])
        return _since(question, last), question.total(facts, "count")
    if measure.within is not None:
        return _recent(question, measure.within)
    begun = question.cell("count")  # in `newest` partials a cell is the newest day begun
    facts = question.alive()
    facts = facts.only(begun[facts.rows] != NEVER)  # NEVER: nothing met the measure's condition
    return _since(question, newest(facts, begun)), None


def _recent(question: MeasureInput, within: int) -> MeasureResult:
    """Days since the newest fact, of those in the window; the facts themselves are counted only
    where that matters.
    """
    last = newest(_present(question, window=False), question.partial["begun"])
    last = np.where(last >= question.grid.days[None, :].astype(np.int64) - within, last, NOTHING)
    counted = question.measure.at_least > 1
    return _since(question, last), (
        sum_alive(_present(question), question.cell("count")) if counted else None
    )


def _since(question: MeasureInput, last: NDArray[np.int64]) -> MeasureValues:
    there = last != NOTHING
    days = question.age(np.where(there, last, 0)).astype(np.float64)
    return _plain(np.where(there, days, np.nan))


def _oldest_open(question: MeasureInput) -> MeasureResult:
    facts = _present(question)
    first = smallest(facts, question.partial["begun"])
    there = first != -NOTHING
    days = question.age(np.where(there, first, 0)).astype(np.float64)
    return _plain(np.where(there, days, 0.0)), question.total(facts, "count")


def _median_gap(question: MeasureInput) -> MeasureResult:
    facts = _present(question)
    begun = question.partial["begun"]
    middle, number = median_gaps(facts, begun, question.position(begun))
    return _plain(middle), number


def _flagged(question: MeasureInput, window: int | None) -> Alive:
    facts = question.alive(window=window)
    return facts.only(question.cell("count")[facts.rows])


def _median(question: MeasureInput) -> MeasureResult:
    facts = _flagged(question, question.measure.within)
    return _plain(median(facts, question.partial["value"]) / MICRO), sum_alive(facts)


def _extreme(question: MeasureInput) -> MeasureResult:
    facts = _flagged(question, question.measure.within)
    if question.measure.kind == "min":
        best = smallest(facts, question.partial["value"])
        there = best != -NOTHING
    else:
        best = largest(facts, question.partial["value"])
        there = best != NOTHING
    return _valued(question.partial, np.where(there, best, 0), there), sum_alive(facts)


def _max(question: MeasureInput) -> MeasureResult:
    return _open_days(question) if question.measure.column == OPEN_DAYS else _extreme(question)


def _valued(partial: Partial, value: NDArray[np.int64], there: NDArray[np.bool_]) -> MeasureValues:
    """What a partial keeps, as it is told: millionths, microseconds of a moment, or words."""
    scale = {"number": MICRO, "bool": MICRO, "date": 86400e6, "text": 1.0}[partial.kind]
    return MeasureValues.of(
        np.where(there, value / scale, np.nan), NO_FACTS, partial.kind, partial.words or ()
    )


def _latest(question: MeasureInput) -> MeasureResult:
    measure, partial = question.measure, question.partial
    ranks = np.arange(
        len(partial), dtype=np.int64
    )  # rows stand in the order (entity, time, recorded, value)
    within = _flagged(question, measure.within)
    if measure.open:
        best = largest(within, ranks)
    else:
        best = newest(_flagged(question, None), ranks)
    there = best != NOTHING
    row = np.where(there, best, 0)
    if len(partial) == 0:
        return _valued(partial, row, there), sum_alive(within)
    if measure.within is not None and not measure.open:
        there &= partial["begun"][row] >= question.grid.days[None, :] - measure.within
    return _valued(partial, partial["value"][row].astype(np.int64), there), sum_alive(within)


def _open_days(question: MeasureInput) -> MeasureResult:
    """Days from begun to the end, or to the date while open: linear in the date while open, fixed
    once closed.
    """
    facts = question.alive(window=question.measure.within)
    number = question.total(facts, "count")
    open_, closed = _phases(question, facts)
    if question.measure.kind == "max":
        return _longest(question, open_, closed), number
    weights = question.cell("weight" if question.measure.weighted_by else "count")
    _refuse_beyond(question, weights)
    if question.measure.half_life is None:
        days = _day_total(question, open_, closed, weights).astype(np.float64)
        weight = sum_alive(facts, weights).astype(np.float64)
    else:
        days = _fading_days(question, open_, weights) + _fading(
            question, closed, weights * _length(question)
        )
        weight = _fading(question, facts, weights)
    if question.measure.kind == "sum":
        return _plain(days), number
    return _weighted(days, weight, number), number


def _day_total(
    question: MeasureInput, open_: Alive, closed: Alive, weights: Array
) -> NDArray[np.int64]:
    """Σ weight · days, exact: what is open grows by its weight every day."""
    begun = question.position(question.partial["begun"])
    grown = question.position(question.grid.days)[None, :] * sum_alive(open_, weights) - sum_alive(
        open_, weights * begun
    )
    return grown + sum_alive(closed, weights * _length(question))


def _fading(question: MeasureInput, facts: Alive, amounts: Array | Amounts) -> Floats:
    half_life = question.measure.half_life
    assert half_life is not None
    return decayed_sum(facts, amounts, question.partial["begun"], question.grid.days, half_life)


def _fading_days(question: MeasureInput, facts: Alive, weights: Array) -> Floats:
    begun, dates = (
        question.position(question.partial["begun"]),
        question.position(question.grid.days),
    )
    return _fading(question, facts, lambda date, rows: weights[rows] * (dates[date] - begun[rows]))


def _refuse_beyond(question: MeasureInput, weights: Array) -> None:
    """Weight times days must fit into 64 bits for each entity."""
    open_now = question.position(question.grid.days)[-1] - question.position(
        question.partial["begun"]
    )
    longest = np.maximum(_length(question), open_now)
    amounts = np.abs(weights.astype(np.float64)) * np.maximum(longest, 0)
    if (
        amounts.sum() >= LARGEST
        and np.bincount(question.partial.entity, weights=amounts).max() >= LARGEST
    ):
        raise DataError(
            f"the weighted days of measure `{question.measure.name}` add up to more than 9.2e12 for"
            " one entity",
            "divide the weights under `columns:`, for instance by 1000",
        )


def _length(question: MeasureInput) -> NDArray[np.int64]:
    """Days a closed fact was open, never below 0."""
    closed = question.partial["closed"]
    ends = np.where(closed == NEVER, question.partial["begun"], closed)
    return np.maximum(question.position(ends) - question.position(question.partial["begun"]), 0)


def _phases(question: MeasureInput, facts: Alive) -> tuple[Alive, Alive]:
    """The part of each fact's life while it is open, and the part when its end is known."""
    known = question.grid.index(
        np.minimum(question.partial["ended"][facts.rows], NEVER - 1) + np.int32(1)
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


def _longest(question: MeasureInput, open_: Alive, closed: Alive) -> MeasureValues:
    there = question.cell("count") > 0
    open_, closed = open_.only(there[open_.rows]), closed.only(there[closed.rows])
    first = smallest(open_, question.partial["begun"])
    some = first != -NOTHING
    open_days = np.where(some, question.age(np.where(some, first, 0)), NOTHING)
    best = np.maximum(open_days, largest(closed, _length(question)))
    return _plain(np.where(best != NOTHING, best.astype(np.float64), np.nan))


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
