"""A model with every part that a score can have, and random cells for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells, LastValue, SmoothingState
from salus.kernel.chunk import to_expression_values
from salus.kernel.values import NO_FACTS, MeasureValues
from salus.model.curve import Curve, WordScale, straight_line
from salus.model.expressions import evaluation
from salus.model.expressions.conditions import parse
from salus.model.expressions.expression import Expression, find_names
from salus.model.measure import Measure
from salus.model.model import Cap, Dimension, Entity, FurtherScore, Model, Segment
from salus.periods.day import day_number
from salus.scoring.score import score
from salus.scoring.scored import Scored

AS_OF = dt.date(2026, 11, 22)
PLANS = ("basic", "Basic", "pro", "")
MOODS = ("great", "fine", "Fine", "worried", "nobody knows")


def _adoption() -> Dimension:
    return Dimension(
        "adoption",
        30.0,
        (
            Measure(
                name="active",
                kind="count",
                source="events",
                scale=straight_line(0.1, 0.7),
                weight=3.0,
                dimension="adoption",
            ),
            Measure(
                name="quiet",
                kind="days_since",
                source="events",
                scale=straight_line(30.0, 3.0),
                if_missing="bad",
                dimension="adoption",
            ),
            Measure(
                name="growth",
                kind="formula",
                formula=parse("seats / seats_before - 1"),
                scale=straight_line(-0.3, 0.25),
                weight=0.7,
                dimension="adoption",
            ),
        ),
    )


def _support() -> Dimension:
    hill = Curve(((-2.5, 60.0), (0.0, 20.0), (15.0, 70.0), (30.5, 40.0), (90.0, 0.0)))
    return Dimension(
        "support",
        15.0,
        (
            Measure(
                name="delay",
                kind="mean",
                source="events",
                column="days",
                scale=hill,
                if_missing="good",
                weight=2.0,
                dimension="support",
            ),
            Measure(
                name="open",
                kind="value",
                column="seats",
                per="arr",
                scale=straight_line(0.01, 0.0),
                dimension="support",
            ),
        ),
    )


def _voice() -> Dimension:
    return Dimension(
        "voice",
        55.0,
        (
            Measure(
                name="nps",
                kind="mean",
                source="events",
                column="nps",
                scale=straight_line(-50.0, 50.0),
                if_missing="hold",
                hold=60,
                dimension="voice",
            ),
            Measure(
                name="mood",
                kind="latest",
                source="events",
                column="mood",
                scale=WordScale({"great": 100.0, "fine": 70.0, "worried": 30.0}),
                weight=1.3,
                dimension="voice",
            ),
            Measure(
                name="pulse",
                kind="mean",
                source="events",
                column="pulse",
                scale=straight_line(1.0, 5.0),
                if_missing="neutral",
                dimension="voice",
            ),
            Measure(
                name="signed",
                kind="value",
                column="legal",
                scale=WordScale({"true": 90.0, "false": 15.0}),
                dimension="voice",
            ),
        ),
    )


CAPS = (
    Cap("overdue", parse("overdue > 60"), 40.0),
    Cap("=cap", parse("not (plan = 'basic' or overdue > 20) and coalesce(arr, 0) < 500"), 55.0),
    Cap(
        "ended",
        parse("as_of - since > 700.5 and plan in ('pro', '') or legal = false and active is null"),
        30.0,
    ),
    Cap(
        "odd",
        parse(
            "greatest(abs(nps), overdue * 2) / arr > 0.4 or plan like 'Ba%' and since < '2024-06-01'"
        ),
        62.5,
    ),
    Cap("mixed", parse("(overdue > 50) + (nps < 0) + (mood = 'worried') >= 2"), 45.0),
    Cap("order", parse("plan > 'm' and quiet > 20"), 70.0),
)

SEGMENTS = (
    Segment(
        "new",
        parse("as_of - since < 200"),
        without=("support",),
        scales={
            "quiet": straight_line(14.0, 2.0),
            "mood": WordScale({"great": 80.0, "worried": 5.0}),
        },
    ),
    Segment(
        "large",
        parse("arr >= 600 and plan is not null"),
        weights={"voice": 20.0, "support": 40.0},
        scales={"delay": Curve(((0.0, 0.0), (40.0, 100.0)))},
    ),
)

GROWTH = FurtherScore(
    "growth", {"adoption": 60.0, "support": 40.0}, (("ready", 70.0), ("not_yet", 0.0))
)


def model() -> Model:
    """Both directions, a curve with many knots, words, truth values, every `if_missing`, caps,
    segments, two scores.
    """
    return Model(
        name="acme",
        entity=Entity(
            name="account",
            key="id",
            table="accounts",
            attributes=("plan", "arr", "seats", "since", "legal"),
        ),
        dimensions=(_adoption(), _support(), _voice()),
        inputs=(
            Measure(name="overdue", kind="oldest_open", source="events"),
            Measure(name="seats_before", kind="value", column="seats", ago=365),
        ),
        caps=CAPS,
        segments=SEGMENTS,
        scores=(GROWTH,),
        min_coverage=0.44,
        smooth=28,
        dead_zone=9.5,
    )


@dataclass(frozen=True)
class World:
    """The raw values of each entity. Formulas, segments and caps follow from them."""

    model: Model
    raw: Mapping[str, MeasureValues]
    held: Mapping[str, LastValue]
    last: Mapping[str, LastValue]
    past: SmoothingState | None = None

    @property
    def size(self) -> int:
        return len(self.raw["arr"].data)

    def scored(self) -> Scored:
        """The engine's scores."""
        return score(self.model, self.cells())

    def cells(self) -> Cells:
        known = {
            **self.raw,
            "as_of": MeasureValues.of(np.full(self.size, float(day_number(AS_OF))), 0, "date"),
        }
        for measure in self.model.measures:
            if measure.kind == "formula" and measure.formula:
                known[measure.name] = self._value(measure.formula, known)
        known["open"] = self._value(parse("seats / arr"), known)
        known["signed"] = known["legal"]
        segment = np.full(self.size, -1, dtype=np.int16)
        for position in range(len(self.model.segments) - 1, -1, -1):
            segment[self._holds(self.model.segments[position].when, known)] = position
        capped = {cap.name: self._holds(cap.when, known) for cap in self.model.caps}
        used = {name: values for name, values in known.items() if name != "as_of"}
        day = np.full(self.size, day_number(AS_OF), dtype=np.int32)
        return Cells(
            entity=np.arange(self.size),
            day=day,
            values=used,
            held=self.held,
            last=self.last,
            segment=segment,
            capped=capped,
            past=self.past,
        )

    def _evaluated(self, node: Expression, known: Mapping[str, MeasureValues]) -> evaluation.Values:
        return evaluation.evaluate(
            node, {name: to_expression_values(known[name]) for name in find_names(node)}, self.size
        )

    def _value(self, node: Expression, known: Mapping[str, MeasureValues]) -> MeasureValues:
        found = self._evaluated(node, known)
        return MeasureValues.of(
            np.where(found.null, np.nan, found.data.astype(np.float64)), NO_FACTS
        )

    def _holds(self, node: Expression, known: Mapping[str, MeasureValues]) -> NDArray[np.bool_]:
        return evaluation.true_where(self._evaluated(node, known))

    def changed(self, name: str, entity: int, value: float) -> World:
        """Another value (NaN: none) for one entity."""
        old = self.raw[name]
        data = old.data.copy()
        data[entity] = value
        return replace(
            self, raw={**self.raw, name: MeasureValues.of(data, NO_FACTS, old.kind, old.words)}
        )


def weighted(base: Model, name: str, weight: float) -> Model:
    """The model with another weight for a measure."""
    dimensions = tuple(
        replace(
            dimension,
            measures=tuple(
                replace(measure, weight=weight) if measure.name == name else measure
                for measure in dimension.measures
            ),
        )
        for dimension in base.dimensions
    )
    return replace(base, dimensions=dimensions)


def world(size: int, seed: int) -> World:
    """Random values, a quarter of them missing. The first entity has no values."""
    draw = np.random.default_rng(seed)
    declared = model()

    def some(data: NDArray[np.float64], share: float = 0.25) -> NDArray[np.float64]:
        thinned = np.where(draw.random(size) < share, np.nan, data)
        thinned[0] = np.nan
        return thinned

    raw = {
        "active": MeasureValues.of(some(draw.normal(0.4, 0.3, size)), NO_FACTS),
        "quiet": MeasureValues.of(some(draw.integers(0, 40, size).astype(float)), NO_FACTS),
        "delay": MeasureValues.of(some(draw.normal(20, 30, size)), NO_FACTS),
        "nps": MeasureValues.of(some(draw.normal(0, 60, size), 0.5), NO_FACTS),
        "mood": MeasureValues.of(
            some(draw.integers(0, len(MOODS), size).astype(float)), NO_FACTS, "text", MOODS
        ),
        "pulse": MeasureValues.of(some(draw.normal(3, 1.5, size), 0.5), NO_FACTS),
        "overdue": MeasureValues.of(some(draw.integers(0, 90, size).astype(float)), NO_FACTS),
        "seats_before": MeasureValues.of(some(draw.integers(0, 12, size).astype(float)), NO_FACTS),
        "seats": MeasureValues.of(some(draw.integers(0, 12, size).astype(float), 0.1), NO_FACTS),
        "arr": MeasureValues.of(some(np.round(draw.random(size) * 1000, 2), 0.1), NO_FACTS),
        "since": MeasureValues.of(
            some(day_number(AS_OF) - np.round(draw.random(size) * 1000, 3), 0.1), NO_FACTS, "date"
        ),
        "plan": MeasureValues.of(
            some(draw.integers(0, len(PLANS), size).astype(float)), NO_FACTS, "text", PLANS
        ),
        "legal": MeasureValues.of(some(draw.integers(0, 2, size).astype(float)), NO_FACTS, "bool"),
    }
    held, last = {}, {}
    days = np.full(size, day_number(AS_OF) - 9, dtype=np.int32)
    computed = World(declared, raw, {}, {}).cells().values
    for measure in declared.measures:
        values = computed[measure.name]
        unusable = (
            np.isnan(values.data) | (values.data == 4)
            if values.kind == "text"
            else np.isnan(values.data)
        )
        before = draw.permutation(
            values.data
        )  # another entity's value serves as an earlier one of this
        if values.kind == "text":
            before = np.where(before == 4, np.nan, before)
        pick = draw.random(size)
        has_earlier = unusable & ~np.isnan(before)
        held[measure.name] = LastValue(
            np.where(has_earlier & (pick < 0.4) & (measure.hold > 0), before, np.nan), days
        )
        last[measure.name] = LastValue(
            np.where(has_earlier & (pick >= 0.4) & (pick < 0.8), before, np.nan), days
        )
    weight = np.where(draw.random(size) < 0.2, 0.0, 2.0 + 20 * draw.random(size))
    past = SmoothingState(
        weight * (40 + 40 * draw.random(size)), weight, draw.integers(-1, 3, size).astype(np.int8)
    )
    return World(declared, raw, held, last, past)


@dataclass(frozen=True)
class Portfolio:
    """Scores with ids, labels and owners, in the order of the cells."""

    scored: Scored
    ids: tuple[str, ...]
    labels: tuple[str | None, ...]
    owners: tuple[str | None, ...]
    money: tuple[float | None, ...]
    order: tuple[int, ...]
    as_of: dt.date = AS_OF

    @classmethod
    def of(cls, scored: Scored, labels: tuple[str | None, ...] | None = None) -> Portfolio:
        size = len(scored)
        ids = tuple(f"A-{position:04}" for position in range(size))
        return cls(
            scored,
            ids,
            labels or tuple(f"Company {one}" for one in ids),
            ("alice@example.com",) * size,
            tuple(float(position) for position in range(size)),
            tuple(range(size)),
        )
