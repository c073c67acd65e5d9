"""The content of the page as plain values. `verbs/report/report.py` computes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from salus.channels.difference import subtract_rounded
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.validation.validation import Validation

Unit = Literal["number", "percent", "days", "workdays", "money", "times", "truth", "other"]
Value = float | str | bool | dt.datetime | None


@dataclass(frozen=True)
class MeasureValue:
    """A measure with a value and the unit of its values."""

    measure: str
    value: Value
    unit: Unit = "number"


@dataclass(frozen=True)
class BandSummary:
    """A band with the number of its entities. `low` is None for the unknown band."""

    name: str
    low: float | None
    high: float | None
    number: int
    money: float | None
    before: int | None  # entities in it at the earlier date


@dataclass(frozen=True)
class ScoreSpread:
    """The spread of the scores: the counts of 20 steps of 5 points, quartiles and mean. The figures
    are None if no entity has a score.
    """

    steps: tuple[int, ...]
    low: float | None
    median: float | None
    high: float | None
    mean: float | None


@dataclass(frozen=True)
class Reason:
    """The measure that lowers a score most, the value with the most points, and its cost in points."""

    reading: MeasureValue
    good: Value
    cost: float


@dataclass(frozen=True)
class Ceiling:
    """A cap that limits a score."""

    name: str
    at_most: float


@dataclass(frozen=True)
class ChangeCause:
    """The main cause of a change: a measure's value or weight, a value that is lost or gained, a
    cap, the model, or smoothing. `effect` is in points.
    """

    kind: Literal["measure", "weight", "lost", "gained", "cap_on", "cap_off", "model", "smoothing"]
    name: str
    before: Value
    after: Value
    unit: Unit
    effect: float


@dataclass(frozen=True)
class NextBandStep:
    """A change of one measure that helps to reach the next better band."""

    measure: str
    start: float
    to: float
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class ListedEntity:
    """An entity in a list. `band` and `band_before` are positions in the bands; -1 is unknown."""

    id: str
    label: str | None
    owner: str | None
    money: float | None
    score: float | None
    band: int
    coverage: float
    before: float | None = None
    band_before: int | None = None
    reason: Reason | None = None
    ceiling: Ceiling | None = None
    cause: ChangeCause | None = None
    steps: tuple[NextBandStep, ...] = ()
    line: tuple[float | None, ...] = ()  # scores at the dates of the trend, oldest first
    smoothing: float | None = None  # points that earlier days add to the score; None: not smoothed
    decision: int | None = None  # days to the decision
    ending: int | None = None  # days to the end of the contract, if notice is given
    by_loss: bool = False  # the score is higher only because values went missing

    @property
    def name(self) -> str:
        return self.label or self.id

    @property
    def change(self) -> float | None:
        """In points, to one decimal, so that it is the difference of the scores as they are shown."""
        if self.score is None or self.before is None:
            return None
        return subtract_rounded(self.score, self.before)


@dataclass(frozen=True, kw_only=True)
class MeasureSummary:
    """A measure over all entities: the share with a value, the typical value, the worst and best
    value, and the mean points.
    """

    name: str
    unit: Unit
    have: float
    usual: Value
    bad: Value
    good: Value
    points: float | None
    good_without: bool = False  # without a value it counts as good


@dataclass(frozen=True)
class DimensionSummary:
    """A dimension over all entities. `weight` is its share of the score."""

    name: str
    weight: float
    spread: ScoreSpread
    measures: tuple[MeasureSummary, ...]


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """The freshness of a source. `read` and `rejected` are None if its rows aren't counted."""

    name: str
    newest: dt.date | None
    age: int | None
    fresh: int | None
    read: int | None = None
    rejected: int | None = None
    unknown_keys: bool = False  # some facts have a key that belongs to no entity

    @property
    def stale(self) -> bool:
        return self.fresh is not None and self.age is not None and self.age > self.fresh


@dataclass(frozen=True)
class TrendPoint:
    """All entities at one date: the mean score, and the number in each band (unknown last)."""

    as_of: dt.date
    mean: float | None
    bands: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Movements:
    """The changes since the earlier date. `compared` is false if no entity existed then."""

    since: dt.date
    compared: bool
    mean: float | None  # change of the mean score
    fell: int  # to a worse band
    rose: int
    falls: tuple[ListedEntity, ...]
    rises: tuple[ListedEntity, ...]
    by_model: int = 0  # entities that changed band only because another model scores them now


@dataclass(frozen=True)
class OtherModel:
    """A second model that scores some entities of the page; the page itself uses one model."""

    fingerprint: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole page."""

    name: str
    fingerprint: str
    as_of: dt.date
    version: str
    currency: str | None
    valued: bool  # the model has a column for the value
    population: int
    unvalued: int  # entities without a value
    bands: tuple[BandSummary, ...]  # best first, unknown last
    spread: ScoreSpread
    moved: Movements
    trend: tuple[TrendPoint, ...]
    entries: tuple[ListedEntity, ...]
    dimensions: tuple[DimensionSummary, ...]
    sources: tuple[SourceState, ...]
    coverage: float
    min_coverage: float
    today: tuple[str, ...] = ()  # measures and attributes without a history
    links_today: int = (
        0  # links without a time, so that names lead to the same entities on every date
    )
    linked: bool = False  # rows are led to entities through links, and some may lead to none
    lookups_today: int = 0  # tables that sources look up as they are today
    half_life: int | None = None  # days; None if scores aren't smoothed
    dead_zone: float = 0.0
    beside: OtherModel | None = None
    proof: Validation | None = None  # None if no outcome was chosen
    outlook: ValueOutlook | None = None  # the renewals ahead that may end in the outcome
    more_at_risk: int = 0  # entities of the worst band that aren't listed
    more: int = 0  # entities of other bands that aren't listed
    soon: int | None = None  # days within which a decision is soon; None: no decisions are known

    @property
    def window(self) -> int:
        """The days that the smoothed score averages; 0 if scores aren't smoothed."""
        return 4 * (self.half_life or 0)

    @property
    def money(self) -> float | None:
        """The value of all entities."""
        return sum(band.money or 0.0 for band in self.bands) if self.valued else None

    @property
    def days(self) -> int:
        """The days between the two dates that are compared."""
        return (self.as_of - self.moved.since).days

    @property
    def worst(self) -> int:
        """The position of the worst band."""
        return len(self.bands) - 2
