"""What the page tells, as plain values: no arrays, no model, no connection.
`verbs/report/report.py` fills it in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.validation.validation import Validation

Unit = Literal["number", "percent", "days", "other"]
Value = float | str | bool | dt.datetime | None


@dataclass(frozen=True)
class MeasureValue:
    """The name of a measure with a value, and how such values are written."""

    measure: str
    value: Value
    unit: Unit = "number"


@dataclass(frozen=True)
class BandSummary:
    """A band with those who stand in it. `low` None: the band of too little data."""

    name: str
    low: float | None
    high: float | None
    number: int
    money: float | None
    before: int | None  # how many stood in it at the earlier date


@dataclass(frozen=True)
class ScoreSpread:
    """How scores lie between 0 and 100: 20 steps of 5 points, and the quartiles. None where nobody
    has one.
    """

    steps: tuple[int, ...]
    low: float | None
    median: float | None
    high: float | None
    mean: float | None


@dataclass(frozen=True)
class Reason:
    """What pulls a score down most: a measure, its value, the value that earns most points, and
    what it costs.
    """

    reading: MeasureValue
    good: Value
    cost: float


@dataclass(frozen=True)
class Ceiling:
    """A cap that holds a score down."""

    name: str
    at_most: float


@dataclass(frozen=True)
class ChangeCause:
    """Why a score moved most: a measure's value, a value lost or gained, a cap, the model, or the
    days before.
    """

    kind: Literal["measure", "weight", "lost", "gained", "cap_on", "cap_off", "model", "smoothing"]
    name: str
    before: Value
    after: Value
    unit: Unit
    effect: float


@dataclass(frozen=True)
class NextBandStep:
    """One change on the way to the next better band."""

    measure: str
    start: float
    to: float
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class ListedEntity:
    """One of those who are listed. `band` and `band_before` are positions in the bands, -1:
    unknown.
    """

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
    smoothing: float | None = None  # what the days before add to the score; None: not smoothed
    settles: bool = False  # the steps work once the values have stayed so
    decision: int | None = None  # days to it
    by_loss: bool = False  # the score is higher only because values went missing

    @property
    def name(self) -> str:
        return self.label or self.id

    @property
    def change(self) -> float | None:
        return None if self.score is None or self.before is None else self.score - self.before


@dataclass(frozen=True, kw_only=True)
class MeasureSummary:
    """One measure over everybody: the share who have a value, the usual one, its two ends, mean
    points.
    """

    name: str
    unit: Unit
    have: float
    usual: Value
    bad: Value
    good: Value
    points: float | None


@dataclass(frozen=True)
class DimensionSummary:
    """One dimension over everybody. `weight` is its share of the score."""

    name: str
    weight: float
    spread: ScoreSpread
    measures: tuple[MeasureSummary, ...]


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """How fresh a source is. `read` and `rejected` None: its place doesn't count rows."""

    name: str
    newest: dt.date | None
    age: int | None
    fresh: int | None
    read: int | None = None
    rejected: int | None = None
    strangers: bool = False  # some facts have a key that belongs to nobody

    @property
    def stale(self) -> bool:
        return self.fresh is not None and self.age is not None and self.age > self.fresh


@dataclass(frozen=True)
class TrendPoint:
    """Everybody at one date: mean score, and how many in each band (unknown last)."""

    as_of: dt.date
    mean: float | None
    bands: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Movements:
    """Who moved since the earlier date; `compared` is false where nobody was there yet."""

    since: dt.date
    compared: bool
    mean: float | None  # change of the mean score
    fell: int  # to a worse band
    rose: int
    falls: tuple[ListedEntity, ...]
    rises: tuple[ListedEntity, ...]
    by_model: int = 0  # to another band only because another model speaks than then


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
    valued: bool  # the model names a value
    population: int
    unvalued: int  # entities without one
    bands: tuple[BandSummary, ...]  # best first, unknown last
    spread: ScoreSpread
    moved: Movements
    trend: tuple[TrendPoint, ...]
    entries: tuple[ListedEntity, ...]
    dimensions: tuple[DimensionSummary, ...]
    sources: tuple[SourceState, ...]
    coverage: float
    min_coverage: float
    today: tuple[str, ...] = ()  # attributes without a history
    half_life: int | None = None  # days, of smoothed scores
    dead_zone: float = 0.0
    beside: OtherModel | None = None
    proof: Validation | None = None  # of an outcome that was asked for
    outlook: ValueOutlook | None = None  # on the renewals that may end in it
    more_at_risk: int = 0  # in the worst band, and not among the entries
    more: int = 0  # in other bands
    soon: int | None = (
        None  # days to a decision that count as soon; None: the model names no decision
    )

    @property
    def money(self) -> float | None:
        """The value of everybody."""
        return sum(band.money or 0.0 for band in self.bands) if self.valued else None

    @property
    def days(self) -> int:
        """How many days lie between the two dates compared."""
        return (self.as_of - self.moved.since).days

    @property
    def worst(self) -> int:
        """The position of the worst band."""
        return len(self.bands) - 2
