"""The way to the next better band, without a step that nobody can take: what happened can't be undone,
and only time moves some values.
"""

from __future__ import annotations

from dataclasses import replace

from salus.model.expressions.expression import find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.scoring.next_band import BandStep, steps_to_next_band
from salus.scoring.scored import Scored

GROWING = frozenset({"count", "count_distinct", "active_days", "max"})  # with every new fact


def find_way_up(scored: Scored, row: int) -> tuple[BandStep, ...] | None:
    """The changes that together lead to the next better band, each of which can be made; None if
    there are none. Empty in the best band, and if today's values reach the band once they last.
    """
    fixed: set[str] = set()
    while True:
        steps = steps_to_next_band(scored, row, _with_fixed(scored.model, fixed))
        impossible = {
            step.measure
            for step in steps or ()
            if is_impossible(scored.model, scored.model.measure(step.measure), step.to - step.start)
        }
        if not impossible - fixed:
            return steps
        fixed |= impossible


def is_impossible(model: Model, measure: Measure, change: float) -> bool:
    """Whether only time, or another past, could change the measure in this direction.

    That is what lies back by `ago`, departures that came or were decided, facts of all time that would
    have to be fewer, and more days since the last fact. A formula of nothing else is fixed as well.
    """
    if measure.ago or _counts_departures(model, measure):
        return True
    if measure.kind == "days_since":
        return change > 0
    if measure.within is None and not measure.open and measure.half_life is None:
        if measure.kind in GROWING:
            return change < 0
        if measure.kind == "min":
            return change > 0
    if measure.kind != "formula":
        return False
    own = {each.name: each for each in model.everything}
    names = find_names(measure.formula)
    return bool(names) and all(
        name in own and all(is_impossible(model, own[name], way) for way in (-1.0, 1.0))
        for name in names
    )


def _counts_departures(model: Model, measure: Measure) -> bool:
    """Whether the facts of the measure begin when a departure came or was decided."""
    source = model.sources.get(measure.source or "")
    if source is None:
        return False
    contracts = model.entity.contracts
    days = {(each.table, day) for each in model.outcomes for day in (each.time, each.decided)}
    if contracts is not None:
        days |= {(contracts.table, day) for day in (contracts.ends, contracts.decided)}
    return (source.table, source.time) in days


def _with_fixed(model: Model, fixed: set[str]) -> Model:
    """The model with attributes in place of the `fixed` measures: the search leaves them as they are.
    Their values are known already, so that the kind changes nothing else.
    """
    if not fixed:
        return model

    def fix(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
        return tuple(
            replace(each, kind="value") if each.name in fixed else each for each in measures
        )

    dimensions = tuple(replace(each, measures=fix(each.measures)) for each in model.dimensions)
    return replace(model, dimensions=dimensions, inputs=fix(model.inputs))
