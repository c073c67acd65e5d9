"""The whole model: everything that `salus.yaml` declares, with its fingerprint."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from salus.model.curve import Anchor, Scale
from salus.model.expressions.expression import Expression
from salus.model.link import KeyPath, Link, columns_of
from salus.model.measure import Measure
from salus.model.metrics import Metrics
from salus.model.response import Play, Signal, Stage
from salus.model.source import Entity, Source

UNKNOWN = "unknown"  # the reserved band for too little data


@dataclass(frozen=True)
class Dimension:
    """A weighted group of measures, in the order of the file."""

    name: str
    weight: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Cap:
    """While `when` is true, the main score is at most `at_most`."""

    name: str
    when: Expression
    at_most: float


@dataclass(frozen=True)
class Segment:
    """A part of the population with its own weights or points. The first match applies."""

    name: str
    when: Expression
    weights: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)


@dataclass(frozen=True)
class FurtherScore:
    """A further score, made of some of the dimensions."""

    name: str
    weights: Mapping[str, float]
    bands: tuple[tuple[str, Anchor], ...]
    goal: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Something that happened to an entity, such as a cancellation.

    It is a row of a table, a source without facts for `silent_for` days, a flag of the entity
    without a date, or the end of its contracts.
    """

    name: str
    table: str | None = None
    key: str | None = None
    time: str | None = None
    decided: str | None = None
    quiet: str | None = None
    silent_for: int | None = None
    flag: str | None = None  # a column of the entity's table
    contracts: bool = False  # then `time` and `decided` are those of the contracts
    values: tuple[str, ...] = ()  # of the flag, for entities that left
    where: Expression | None = None  # for rows of the table, facts of the source, or entities
    keys: tuple[KeyPath, ...] = ()  # the ways to the key, if it is found through links

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the table that the key is made from."""
        return columns_of(self.keys) if self.keys else tuple(filter(None, [self.key]))


def flag_value(value: str) -> str | float | bool:
    """Convert the text of a flag's value to a truth value, a number, or else a text.

    >>> flag_value("Yes"), flag_value("1"), flag_value("true"), flag_value("nan")
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
    links: Mapping[str, Link] = field(default_factory=dict)
    inputs: tuple[Measure, ...] = ()
    bands: tuple[tuple[str, Anchor], ...] = (("healthy", 75.0), ("watch", 50.0), ("at_risk", 0.0))
    caps: tuple[Cap, ...] = ()
    segments: tuple[Segment, ...] = ()
    scores: tuple[FurtherScore, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    metrics: Metrics = field(default_factory=Metrics)
    min_coverage: float = 0.5
    missing_guard: int = 30
    smooth: int | None = None  # half-life in days; None: scores aren't smoothed
    dead_zone: float = 0.0  # how many points past a limit a band changes
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
        """The scored measures, in the order of the file."""
        return tuple(measure for dimension in self.dimensions for measure in dimension.measures)

    @property
    def key_paths(self) -> tuple[KeyPath, ...]:
        """The ways through links of all parts that scores read."""
        history, contracts = self.entity.history, self.entity.contracts
        own = ((history.keys if history else ()), (contracts.keys if contracts else ()))
        looked_up = [
            source.lookup.path
            for source in self.sources.values()
            if source.lookup and source.lookup.path and self.finds_by_entity(source)
        ]
        return tuple(chain(*own, *(source.keys for source in self.sources.values()), looked_up))

    def finds_by_entity(self, source: Source, table: str | None = None) -> bool:
        """Whether the rows of the source's lookup (in `table`) are found by the entity's key: its
        link reads another table.
        """
        lookup = source.lookup
        if lookup is None or lookup.path is None or lookup.path.link is None:
            return False
        same = lookup.uses_rows_of(self.links[lookup.path.link])
        return not same and table in (None, lookup.table)

    @property
    def everything(self) -> tuple[Measure, ...]:
        """All inputs and scored measures."""
        return (*self.inputs, *self.measures)

    @property
    def activity(self) -> Measure | None:
        """The measure that counts an entity's recent facts.

        An entity is in the population where it is above 0. None if the model has no `active:`.
        """
        active = self.entity.active
        return (
            None
            if active is None
            else Measure(name=" active", kind="count", source=active.source, within=active.within)
        )

    @property
    def remembers(self) -> bool:
        """Whether scores or bands depend on earlier scores."""
        return self.smooth is not None or self.dead_zone > 0

    def measure(self, name: str) -> Measure:
        return next(measure for measure in self.everything if measure.name == name)
