"""Reads `dimensions:`, `bands:`, `caps:`, `segments:` and `scores:`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from salus.model.curve import Anchor, Percentile, Scale
from salus.model.model import UNKNOWN, Cap, Dimension, FurtherScore, Segment
from salus.model.reading.context import Numbers, ReadContext
from salus.model.reading.frozen import FrozenNumbers
from salus.model.reading.measure import MeasureReader
from salus.model.reading.scale import read_scale
from salus.model.yaml.document import Scalar
from salus.model.yaml.findings import Place
from salus.model.yaml.section import Fields

Bands = tuple[tuple[str, Anchor], ...]
MOST = 100  # bands of a score, or caps; they are stored as small integers


def read_dimension(
    key: Scalar, fields: Fields, reader: MeasureReader, frozen: FrozenNumbers
) -> Dimension:
    """Read a dimension with those of its measures that have no errors."""
    measures = [
        reader.read(name, keys, key.text, frozen.of_measure(name.text))
        for name, keys in fields.get("measures", [])
    ]
    return Dimension(key.text, fields.get("weight", 1.0), tuple(filter(None, measures)))


def read_bands(
    of: str, written: list[tuple[Scalar, Anchor]], numbers: Numbers, context: ReadContext
) -> Bands:
    """Read bands, best first. Their lower limits fall strictly, and the last one is 0."""
    limits = [
        (key, context.resolve_percentile(limit, numbers, key.place, f"band `{key.text}`"))
        for key, limit in written
    ]
    for key, _ in limits:
        if key.text == UNKNOWN:
            context.error(
                key.place,
                f"the band `{UNKNOWN}` is reserved for too little data",
                "choose another name",
            )
    for (before, above), (key, limit) in pairwise(limits):
        if not _falls(above, limit):
            context.error(
                key.place,
                f"{of}: `{key.text}` must begin below `{before.text}`",
                "list the bands best first, with falling limits",
            )
    if len(limits) > MOST:
        context.error(
            limits[MOST][0].place,
            f"{of}: there are {len(limits)}, and at most {MOST} are possible",
            "combine some",
        )
    last, limit = limits[-1]
    if limit != 0:
        context.error(
            last.place,
            f"{of}: the last one, `{last.text}`, must begin at 0",
            f"write {last.text}: 0",
        )
    return tuple((key.text, limit) for key, limit in limits)


def _falls(above: Anchor, limit: Anchor) -> bool:
    if isinstance(above, Percentile) and isinstance(limit, Percentile):
        return above.rank > limit.rank
    if isinstance(above, float) and isinstance(limit, float):
        return above > limit
    return True


def read_cap(fields: Fields, context: ReadContext) -> Cap | None:
    when = context.expression(fields, "when", context.value_scope)
    if when is None or fields.get("at_most") is None or fields.get("name") is None:
        return None
    return Cap(fields.get("name"), when, fields.get("at_most"))


def read_segment(
    key: Scalar, fields: Fields, frozen: FrozenNumbers, context: ReadContext
) -> Segment | None:
    when = context.expression(fields, "when", context.segment_scope)
    title, dimensions = f"segment `{key.text}`", context.names.dimensions
    without = []
    for name, node in fields.get("without", []):
        context.check_declared(name, node.place, dimensions, f"{title} leaves out dimension")
        without.append(name)
    if dimensions and set(without) >= set(dimensions):
        context.error(fields.place_of("without"), f"{title} leaves out every dimension", "keep one")
    weights = _read_weights(title, fields, context)
    for name, _ in fields.get("weights", []):
        if name.text in without:
            context.error(
                name.place,
                f"{title} leaves out dimension `{name.text}` and gives it a weight",
                "keep one of the two",
            )
    scales: dict[str, Scale] = {}
    for name, keys in fields.get("measures", []):
        context.check_declared(
            name.text, name.place, context.names.measures, f"{title} changes the points of measure"
        )
        own_scale = read_scale(
            f"measure `{name.text}` in {title}", keys, frozen.of_measure(name.text), context
        )
        if own_scale is not None:
            scales[name.text] = own_scale
    return Segment(key.text, when, weights, tuple(without), scales) if when is not None else None


def _read_weights(title: str, fields: Fields, context: ReadContext) -> dict[str, float]:
    weights = {}
    for name, weight in fields.get("weights", []):
        context.check_declared(
            name.text, name.place, context.names.dimensions, f"{title} has a weight for dimension"
        )
        weights[name.text] = weight
    return weights


def read_further_score(
    key: Scalar, fields: Fields, otherwise: Bands, frozen: FrozenNumbers, context: ReadContext
) -> FurtherScore:
    """Read a further score. Without its own bands it has those of the main score."""
    title = f"score `{key.text}`"
    goal = fields.get("goal")
    if goal is not None:
        context.check_declared(
            goal, fields.place_of("goal"), context.names.outcomes, f"{title} has the goal"
        )
    written: Any = fields.get("bands")
    own = (
        read_bands(f"the bands of {title}", written, frozen.of_score(key.text), context)
        if written
        else otherwise
    )
    return FurtherScore(key.text, _read_weights(title, fields, context), own, goal)


def check_caps(caps: list[tuple[Fields, Any]], context: ReadContext) -> None:
    """Check that caps have different names, because explanations and history use the names."""
    places: dict[str, Place] = {}
    if len(caps) > MOST:
        context.error(
            caps[MOST][0].place,
            f"there are {len(caps)} caps, and at most {MOST} are possible",
            "combine some of them with `or`",
        )
    for fields, _ in caps:
        name = fields.get("name")
        if name in places:
            context.error(
                fields.place_of("name"), f"two caps are called '{name}'", "give each its own name"
            )
        elif name is not None:
            places[name] = fields.place_of("name")
