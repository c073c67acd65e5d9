"""Why a cell has its score: measure by measure, what it adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.kernel.values import REASONS, MeasureValues
from salus.periods.day import date_of
from salus.scoring.scored import Scored

Value = float | str | bool | dt.datetime | None


@dataclass(frozen=True)
class Contribution:
    """A measure: its value, points, effective weight, and weight times points."""

    dimension: str
    name: str
    value: Value
    points: float | None
    weight: float
    contribution: float
    missing: str | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "dimension": self.dimension,
            "name": self.name,
            "value": plain_text(self.value),
            "points": self.points,
            "weight": self.weight,
            "contribution": self.contribution,
            "missing": self.missing,
        }


@dataclass(frozen=True)
class InputValue:
    """A measure that is shown and used, but not scored."""

    name: str
    value: Value
    missing: str | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"name": self.name, "value": plain_text(self.value), "missing": self.missing}


@dataclass(frozen=True)
class HeldValue:
    """A measure without a value whose last one lowers the score."""

    measure: str
    last_seen: dt.date
    effect: float

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "measure": self.measure,
            "last_seen": self.last_seen.isoformat(),
            "effect": self.effect,
        }


@dataclass(frozen=True)
class CapEffect:
    """The cap that holds, and what it takes from the score."""

    name: str
    at_most: float
    effect: float

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"name": self.name, "at_most": self.at_most, "effect": self.effect}


@dataclass(frozen=True)
class Explanation:
    """Σ contribution + Σ held effects + smoothing + Σ cap effects = score, within 1e-9."""

    score: float | None
    band: str
    coverage: float
    segment: str | None
    dimensions: dict[str, dict[str, float | None]]
    measures: tuple[Contribution, ...]
    held: tuple[HeldValue, ...]
    smoothing: float | None  # what the days before add; None where the model doesn't smooth
    caps: tuple[CapEffect, ...]
    inputs: tuple[InputValue, ...]


def explain(scored: Scored, row: int) -> Explanation:
    """The lines of one cell."""
    model, main = scored.model, scored.main
    lines = tuple(
        _line(scored, row, dimension.name, measure.name)
        for dimension in model.dimensions
        for measure in dimension.measures
    )
    held = tuple(
        HeldValue(name, date_of(int(scored.cells.last[name].day[row])), float(effect[row]))
        for name, effect in main.held.items()
        if effect[row] != 0
    )
    caps: tuple[CapEffect, ...] = ()
    if scored.cap[row] >= 0:
        cap = model.caps[scored.cap[row]]
        caps = (CapEffect(cap.name, cap.at_most, float(scored.cap_effect[row])),)
    segment = scored.cells.segment[row]
    return Explanation(
        number(scored.score[row]),
        scored.band_name(int(scored.band[row])),
        float(main.coverage[row]),
        model.segments[segment].name if segment >= 0 else None,
        dimensions_of(scored, row),
        lines,
        held,
        None if model.smooth is None else float(scored.smoothing[row]),
        caps,
        tuple(_input(scored, row, measure.name) for measure in model.inputs),
    )


def dimensions_of(scored: Scored, row: int) -> dict[str, dict[str, float | None]]:
    """Score and weight of each dimension that counts for this cell."""
    main = scored.main
    return {
        name: {"score": number(main.dimensions[name][row]), "weight": float(main.shares[name][row])}
        for name in main.dimensions
    }


def number(value: Any) -> float | None:
    """A float, or None for NaN."""
    return None if np.isnan(value) else float(value)


def display_value(values: MeasureValues, row: int) -> Value:
    """A value as Python has it: number, word, truth or moment."""
    data = values.data[row]
    if np.isnan(data):
        return None
    if values.kind == "text":
        return values.words[int(data)]
    if values.kind == "bool":
        return bool(data)
    if values.kind == "date":
        return dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=round(float(data) * 86400e6))
    return float(data)


def plain_text(value: Value) -> float | str | bool | None:
    """A value as JSON has it: a moment at midnight is its date."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value


def _line(scored: Scored, row: int, dimension: str, name: str) -> Contribution:
    return Contribution(
        dimension,
        name,
        display_value(scored.cells.values[name], row),
        number(scored.points[name][row]),
        float(scored.main.weights[name][row]),
        float(scored.main.contributions[name][row]),
        REASONS[scored.reason[name][row]],
    )


def _input(scored: Scored, row: int, name: str) -> InputValue:
    values = scored.cells.values[name]
    return InputValue(name, display_value(values, row), REASONS[values.reason[row]])
