"""The whole model as declared: immutable, with its fingerprint."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from salus.model.curve import Anchor, Scale
from salus.model.expressions.expression import Expression
from salus.model.measure import Measure
from salus.model.metrics import Metrics
from salus.model.response import Play, Signal, Stage
from salus.model.source import Entity, Source

UNKNOWN = "unknown"  # the reserved band of too little data


@dataclass(frozen=True)
class Dimension:
    """A weighted group of measures, in file order."""

    name: str
    weight: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Cap:
    """A ceiling on the main score while `when` is true."""

    name: str
    when: Expression
    at_most: float


@dataclass(frozen=True)
class Segment:
    """A part of the population with weights or points of its own; the first that matches
    applies.
    """

    name: str
    when: Expression
    weights: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)


@dataclass(frozen=True)
class FurtherScore:
    """A further score over the dimensions it names."""

    name: str
    weights: Mapping[str, float]
    bands: tuple[tuple[str, Anchor], ...]
    goal: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What truly happened: a row of a table, a silence of `silent_for` days, or a flag of the
    entity that has no date.
    """

    name: str
    table: str | None = None
    key: str | None = None
    time: str | None = None
    decided: str | None = None
    quiet: str | None = None
    silent_for: int | None = None
    flag: str | None = None  # a column of the entity's table
    values: tuple[str, ...] = ()  # of the flag, of those who left
    where: Expression | None = (
        None  # of the rows of the table, the facts of the source, or the entity's table
    )


def flag_value(value: str) -> str | float | bool:
    """A value of a flag as what it says: a truth, a number, else a text.

    >>> plain("Yes"), plain("1"), plain("true"), plain("nan")
    ('Yes', 1.0, True, 'nan')
    """
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    try:
        number = float(value)
    except ValueError:
        return value
    return number if math.isfinite(number) else value


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything a `salus.yaml` declares."""

    name: str
    entity: Entity
    dimensions: tuple[Dimension, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    inputs: tuple[Measure, ...] = ()
    bands: tuple[tuple[str, Anchor], ...] = (("healthy", 75.0), ("watch", 50.0), ("at_risk", 0.0))
    caps: tuple[Cap, ...] = ()
    segments: tuple[Segment, ...] = ()
    scores: tuple[FurtherScore, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    metrics: Metrics = field(default_factory=Metrics)
    min_coverage: float = 0.5
    missing_guard: int = 30
    smooth: int | None = None  # half-life in days of the smoothed main score; None: not smoothed
    dead_zone: float = 0.0  # points past a limit before a band changes; 0: none
    timezone: str = "UTC"
    holidays: tuple[dt.date, ...] = ()
    reference: dt.date | None = None
    stages: tuple[Stage, ...] = ()
    signals: tuple[Signal, ...] = ()
    plays: tuple[Play, ...] = ()
    file: str = "salus.yaml"
    text: str = ""
    fingerprint: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The scored measures, in file order."""
        return tuple(measure for dimension in self.dimensions for measure in dimension.measures)

    @property
    def everything(self) -> tuple[Measure, ...]:
        """Inputs and scored measures."""
        return (*self.inputs, *self.measures)

    @property
    def activity(self) -> Measure | None:
        """How many facts make an entity active: one of the population where it is above 0. None:
        that isn't asked.
        """
        active = self.entity.active
        return (
            None
            if active is None
            else Measure(name=" active", kind="count", source=active.source, within=active.within)
        )

    @property
    def remembers(self) -> bool:
        """Whether scores or bands depend on the scores of days before."""
        return self.smooth is not None or self.dead_zone > 0

    def measure(self, name: str) -> Measure:
        return next(measure for measure in self.everything if measure.name == name)
