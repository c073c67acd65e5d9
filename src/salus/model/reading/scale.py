"""Reads the scale of a measure: `bad` and `good`, `curve` or `points`.

Percentiles are replaced by their frozen values.
"""

from __future__ import annotations

from itertools import pairwise

from salus.model.curve import Anchor, Curve, Percentile, Scale, WordScale, straight_line
from salus.model.reading.context import Numbers, ReadContext
from salus.model.yaml.findings import Place
from salus.model.yaml.section import Fields

WAYS = ("bad", "good", "curve", "points")
#: The limits of the difference of neighbouring values, so that the points between are finite.
CLOSEST, FURTHEST = 1e-100, 1e100


def read_scale(of: str, fields: Fields, numbers: Numbers, context: ReadContext) -> Scale | None:
    """Read the scale of `of` ("measure `quiet`"). There must be exactly one way to give points."""
    written = {("bad" if way == "good" else way) for way in WAYS if fields.has(way)}
    if len(written) != 1:
        if written:
            ways = ", ".join(f"`{way}`" for way in WAYS if fields.has(way))
            context.error(
                fields.place, f"{of} gives points in more than one way: {ways}", "keep one of them"
            )
        else:
            context.error(
                fields.place,
                f"{of} has no points",
                "add bad: … and good: …, a curve, or points for words",
            )
        return None
    if "points" in written:
        return WordScale({key.text: points for key, points in fields.get("points", [])})
    return (
        _read_curve(of, fields, numbers, context)
        if "curve" in written
        else _read_straight_line(of, fields, numbers, context)
    )


def _read_straight_line(
    of: str, fields: Fields, numbers: Numbers, context: ReadContext
) -> Scale | None:
    for given, missing in (("bad", "good"), ("good", "bad")):
        if not fields.has(missing):
            context.error(
                fields.keys[given].place,
                f"{of} has `{given}`, but no `{missing}`",
                f"add {missing}: …",
            )
            return None
    if fields.get("bad") is None or fields.get("good") is None:
        return None
    bad, good = (
        context.resolve_percentile(fields.get(name), numbers, fields.place_of(name), of)
        for name in ("bad", "good")
    )
    if bad == good:
        context.error(
            fields.keys["good"].place,
            f"`bad` and `good` of {of} are equal",
            _suggest_values(fields, ("bad", "good")),
        )
        return None
    line = straight_line(bad, good)
    _check_distances(of, line, [fields.keys["good"].place] * 2, context)
    return line


def _suggest_values(fields: Fields, keys: tuple[str, ...]) -> str:
    frozen = any(isinstance(fields.get(key), Percentile) for key in keys)
    return (
        "choose percentiles whose values differ"
        if frozen
        else "choose two different values; 100 points are at `good`"
    )


def _read_curve(of: str, fields: Fields, numbers: Numbers, context: ReadContext) -> Scale | None:
    written = fields.get("curve")
    if written is None:
        return None
    places: list[Place] = [node.place for *_, node in written]
    knots = [
        (context.resolve_percentile(value, numbers, node.place, of), points)
        for value, points, node in written
    ]
    for position, ((before, _), (value, _)) in enumerate(pairwise(knots), start=1):
        if not _rises(before, value):
            context.error(
                places[position],
                f"the values in the curve of {of} must rise, but {_format_anchor(value)} follows {_format_anchor(before)}",
                "sort the pairs by value, and use each value once",
            )
    curve = Curve(tuple(knots))
    _check_distances(of, curve, places, context)
    return curve


def _check_distances(of: str, curve: Curve, places: list[Place], context: ReadContext) -> None:
    """Check that the line between neighbouring values can be computed."""
    for position, ((before, _), (value, _)) in enumerate(pairwise(curve.knots), start=1):
        if isinstance(before, Percentile) or isinstance(value, Percentile) or before >= value:
            continue
        if not CLOSEST <= value - before <= FURTHEST:
            how = "close together" if value - before < CLOSEST else "far apart"
            context.error(
                places[position],
                f"{_format_anchor(before)} and {_format_anchor(value)} of {of} are too {how} to compute points",
                "use values that the measure can have",
            )


def _format_anchor(value: Anchor) -> str:
    return str(value) if isinstance(value, Percentile) else f"{value:g}"


def _rises(before: Anchor, value: Anchor) -> bool:
    """Whether `value` is larger. A percentile without a value may be anywhere among numbers."""
    if isinstance(before, Percentile) and isinstance(value, Percentile):
        return before.rank < value.rank
    if isinstance(before, float) and isinstance(value, float):
        return before < value
    return True
