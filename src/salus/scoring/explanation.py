"""Explains the score of a cell: what each measure, the guard, smoothing and caps add."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.kernel.values import REASONS, MeasureValues
from salus.periods.day import date_of
from salus.scoring.scored import Scored

Value = float | str | bool | dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What one measure adds to a score."""

    dimension: str
    name: str
    value: Value
    points: float | None  # 0 to 100; None if the measure took no part
    weight: float  # its share of the score; the weights of all measures sum to 1
    contribution: float  # weight times points
    missing: str | None  # the reason code if there is no value

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "dimension": self.dimension,
            "name": self.name,
            "value": to_json_value(self.value),
            "points": self.points,
            "weight": self.weight,
            "contribution": self.contribution,
            "missing": self.missing,
        }


@dataclass(frozen=True)
class InputValue:
    """An input of the model: a measure that conditions use, without a score of its own."""

    name: str
    value: Value
    missing: str | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"name": self.name, "value": to_json_value(self.value), "missing": self.missing}


@dataclass(frozen=True)
class HeldValue:
    """A measure without a value today whose last value lowers the score."""

    measure: str
    last_seen: dt.date
    effect: float  # in points

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "measure": self.measure,
            "last_seen": self.last_seen.isoformat(),
            "effect": self.effect,
        }


@dataclass(frozen=True)
class CapEffect:
    """The cap that limits the score."""

    name: str
    at_most: float  # the highest score that the cap allows
    effect: float  # what it takes from the score, in points

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"name": self.name, "at_most": self.at_most, "effect": self.effect}


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The score of one cell and its parts: Σ contribution + Σ held effects + smoothing + Σ cap
    effects = score, within 1e-9.
    """

    score: float | None
    band: str
    coverage: float
    segment: str | None
    dimensions: dict[str, dict[str, float | None]]
    measures: tuple[Contribution, ...]
    held: tuple[HeldValue, ...]
    smoothing: float | None  # what the days before add; None if the model doesn't smooth
    caps: tuple[CapEffect, ...]
    inputs: tuple[InputValue, ...]


def explain(scored: Scored, row: int) -> Explanation:
    """Explain the score of one cell."""
    model, main = scored.model, scored.main
    contributions = tuple(
        _contribution(scored, row, dimension.name, measure.name)
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
        score=to_number(scored.score[row]),
        band=scored.band_name(int(scored.band[row])),
        coverage=float(main.coverage[row]),
        segment=model.segments[segment].name if segment >= 0 else None,
        dimensions=explain_dimensions(scored, row),
        measures=contributions,
        held=held,
        smoothing=None if model.smooth is None else float(scored.smoothing[row]),
        caps=caps,
        inputs=tuple(_input(scored, row, measure.name) for measure in model.inputs),
    )


def explain_dimensions(scored: Scored, row: int) -> dict[str, dict[str, float | None]]:
    """The score and weight of each dimension in one cell."""
    main = scored.main
    return {
        name: {
            "score": to_number(main.dimensions[name][row]),
            "weight": float(main.shares[name][row]),
        }
        for name in main.dimensions
    }


def to_number(value: Any) -> float | None:
    """The value as a float; None for NaN."""
    return None if np.isnan(value) else float(value)


def display_value(values: MeasureValues, row: int) -> Value:
    """The value of a measure in one cell: a number, text, truth value or time; None if missing."""
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


def to_json_value(value: Value) -> float | str | bool | None:
    """The value in a JSON document: times as ISO text, midnight as the date alone."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value


def _contribution(scored: Scored, row: int, dimension: str, name: str) -> Contribution:
    return Contribution(
        dimension=dimension,
        name=name,
        value=display_value(scored.cells.values[name], row),
        points=to_number(scored.points[name][row]),
        weight=float(scored.main.weights[name][row]),
        contribution=float(scored.main.contributions[name][row]),
        missing=REASONS[scored.reason[name][row]],
    )


def _input(scored: Scored, row: int, name: str) -> InputValue:
    values = scored.cells.values[name]
    return InputValue(name, display_value(values, row), REASONS[values.reason[row]])
