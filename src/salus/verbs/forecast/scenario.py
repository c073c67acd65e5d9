"""Scenarios: scores with changed values, by the model's own formulas, scales and caps.

A change names a value: `licence_utilisation=-30%` (relative), `nps_raw=+10` (added), `sponsor_left=1` (set),
`mood.points=-20` (points instead of the value). Formulas and measures divided by a changed name
follow; what reads the past (`ago`) stays. In a model with smoothing the change counts in full, as it
would once the score has settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from salus.errors import OptionError, UsageError
from salus.kernel.cells import Cells
from salus.kernel.chunk import formula_values, to_expression_values
from salus.kernel.values import DIVIDED, NO_FACTS, MeasureValues
from salus.model.curve import Curve
from salus.model.expressions import evaluation
from salus.model.expressions.expression import Expression, find_names
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.suggest import did_you_mean
from salus.scoring.score import score
from salus.scoring.scored import Floats, Scored

AS_POINTS = Curve(((0.0, 0.0), (100.0, 100.0)))
_FORM = re.compile(r"\s*(\w+)(\.points)?\s*=\s*(.+?)\s*")
_NUMBER = re.compile(r"([+-]?)([0-9]+(?:\.[0-9]+)?)\s*(%?)")


@dataclass(frozen=True)
class ValueChange:
    """A change of the values of a name."""

    text: str  # as it was written
    name: str
    of_points: bool
    times: float = 1.0  # factor of the value
    plus: float = 0.0  # added to the value
    to: float | str | None = None  # the number or word that replaces the value

    @classmethod
    def of(cls, text: str) -> ValueChange:
        """The change that a text describes; OptionError where it describes none.

        >>> ValueChange.of("seats=-30%").times, ValueChange.of("nps.points=+5").plus, ValueChange.of("mood=worried").to
        (0.7, 5.0, 'worried')
        """
        form = _FORM.fullmatch(text)
        if form is None:
            raise OptionError(
                f"'{text}' is not a valid change",
                "write it as licence_utilisation=-30%, nps=+10, seats=5 or mood.points=-20",
            )
        name, points, value = form[1], form[2] is not None, form[3]
        number = _NUMBER.fullmatch(value)
        if number is None:
            return cls(text.strip(), name, points, to=value)
        size = float(number[1] + number[2])
        if number[3]:
            return cls(text.strip(), name, points, times=round(1 + size / 100, 12))
        return (
            cls(text.strip(), name, points, plus=size)
            if number[1]
            else cls(text.strip(), name, points, to=size)
        )

    def apply(self, data: Floats) -> Floats:
        """The numbers with the change. A missing number stays missing unless it is set."""
        if isinstance(self.to, float):
            return np.full(data.shape, self.to)
        return data * self.times + self.plus


def apply_changes(scored: Scored, changes: Sequence[ValueChange]) -> tuple[Floats, Cells]:
    """The scores with the changes, and the changed cells."""
    model = replace(scored.model, smooth=None, dead_zone=0.0)
    before, cells = replace(scored.cells, past=None), replace(scored.cells, past=None)
    for change in changes:
        model, cells = _apply_change(model, scored, cells, change)
    difference = (
        score(model, cells).score
        - score(replace(scored.model, smooth=None, dead_zone=0.0), before).score
    )
    return np.clip(scored.score + difference, 0, 100), cells


def _apply_change(
    model: Model, scored: Scored, cells: Cells, change: ValueChange
) -> tuple[Model, Cells]:
    """The model and the cells with one more change."""
    measures = {measure.name: measure for measure in model.measures}
    if change.of_points:
        if change.name not in measures:
            raise _unknown(change, measures, "isn't a scored measure")
        points = np.clip(change.apply(scored.points[change.name]), 0, 100)
        return _scored_as_points(model, change.name), _put(
            cells, {change.name: MeasureValues.of(points, NO_FACTS)}
        )
    known = [name for name in cells.values if not name.startswith(" ")]
    if change.name not in known:
        raise _unknown(change, known, "isn't a measure, input or attribute that the model uses")
    values = {change.name: _change_values(change, cells.values[change.name])}
    for measure in _dependents(model, change.name):
        now = {**cells.values, **values}
        values[measure.name] = _recompute(measure, cells, now)
    return model, _classify(model, _put(cells, values))


def _unknown(
    change: ValueChange, known: Mapping[str, object] | Sequence[str], what: str
) -> UsageError:
    fix = did_you_mean(change.name, known) or f"name one of {', '.join(sorted(known)[:12])}"
    return UsageError(f"`{change.name}` {what}", fix)


def _scored_as_points(model: Model, name: str) -> Model:
    """The model with a scale for this measure that takes points as values."""
    dimensions = tuple(
        replace(
            dimension,
            measures=tuple(
                replace(measure, scale=AS_POINTS) if measure.name == name else measure
                for measure in dimension.measures
            ),
        )
        for dimension in model.dimensions
    )
    segments = tuple(
        replace(
            segment, scales={key: scale for key, scale in segment.scales.items() if key != name}
        )
        for segment in model.segments
    )
    return replace(model, dimensions=dimensions, segments=segments)


def _put(cells: Cells, values: Mapping[str, MeasureValues]) -> Cells:
    return replace(cells, values={**cells.values, **values})


def _change_values(change: ValueChange, values: MeasureValues) -> MeasureValues:
    """The values of a name with the change; UsageError where their kinds don't fit."""
    if isinstance(change.to, str) != (values.kind == "text") or (
        values.kind in ("date", "bool") and change.to is None
    ):
        raise UsageError(
            f"`{change.name}` has {values.kind} values, so '{change.text}' doesn't fit",
            (
                f"set it to one of {', '.join(values.words[:8])}"
                if values.kind == "text"
                else "use a number"
            ),
        )
    if isinstance(change.to, str):
        words = values.words if change.to in values.words else (*values.words, change.to)
        return MeasureValues.of(
            np.full(values.data.shape, float(words.index(change.to))), NO_FACTS, "text", words
        )
    data = change.apply(values.data)
    return MeasureValues.of(
        data, np.where(values.reason == 0, NO_FACTS, values.reason), values.kind
    )


def _dependents(model: Model, name: str) -> Iterator[Measure]:
    """The measures and inputs that depend on a name, each after those that it reads."""
    every = {measure.name: measure for measure in model.everything}
    order = TopologicalSorter(
        {key: _reads(measure) for key, measure in every.items()}
    ).static_order()
    follow = {name}
    for key in order:
        if key in every and key != name and _reads(every[key]) & follow:
            follow.add(key)
            yield every[key]


def _reads(measure: Measure) -> set[str]:
    """The names that a measure reads on the same date."""
    if measure.ago:
        return set()
    reads = set(find_names(measure.formula))
    reads |= {measure.per} if isinstance(measure.per, str) else set()
    return reads | ({measure.column} if measure.kind == "value" and measure.column else set())


def _recompute(measure: Measure, cells: Cells, now: Mapping[str, MeasureValues]) -> MeasureValues:
    """The values of a measure from the values that it reads now."""
    if measure.formula is not None:
        result = evaluation.evaluate(
            measure.formula, _environment(measure.formula, cells, now), len(cells)
        )
        values = formula_values(result, np.zeros(len(cells), dtype=np.uint8))
        by = (
            now[measure.per].data
            if isinstance(measure.per, str)
            else np.float64(measure.per or 1.0)
        )
        return values if measure.per is None else _divide(values, by)
    if measure.kind == "value":
        assert measure.column is not None
        return now[measure.column]
    assert isinstance(measure.per, str)
    old = cells.values[measure.name]
    with np.errstate(over="ignore"):
        whole = MeasureValues.of(old.data * cells.values[measure.per].data, old.reason, old.kind)
    return _divide(whole, now[measure.per].data)


def _divide(values: MeasureValues, by: Floats | np.float64) -> MeasureValues:
    """The values divided by a number or by other values; NaN where that is 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        data = np.where(by == 0, np.nan, values.data / by)
    return MeasureValues.of(data, np.where(values.reason == 0, DIVIDED, values.reason))


def _environment(
    expression: Expression, cells: Cells, values: Mapping[str, MeasureValues]
) -> dict[str, evaluation.Values]:
    """The values of the names in an expression, with the date of each cell as `as_of`."""
    read = {name: to_expression_values(values[name]) for name in find_names(expression) - {"as_of"}}
    days = cells.day.astype(np.float64)
    return read | {"as_of": evaluation.Values("date", days, np.zeros(len(cells), dtype=bool))}


def _classify(model: Model, cells: Cells) -> Cells:
    """The cells with the segments and caps that follow from their values."""
    segment = np.full(len(cells), -1, dtype=np.int16)
    for position in range(len(model.segments) - 1, -1, -1):
        segment[_true(model.segments[position].when, cells)] = position
    return replace(
        cells, segment=segment, capped={cap.name: _true(cap.when, cells) for cap in model.caps}
    )


def _true(when: Expression, cells: Cells) -> NDArray[np.bool_]:
    """Where a condition holds."""
    result = evaluation.evaluate(when, _environment(when, cells, cells.values), len(cells))
    return evaluation.true_where(result)
