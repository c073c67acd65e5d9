"""`bad`/`good`, `curve` or `points` → :class:`Scale`, with the frozen numbers in place of
percentiles.
"""

from __future__ import annotations

from itertools import pairwise

from salus.model.curve import Anchor, Curve, Percentile, Scale, WordScale, straight_line
from salus.model.reading.context import Numbers, ReadContext
from salus.model.yaml.findings import Place
from salus.model.yaml.section import Fields

WAYS = ("bad", "good", "curve", "points")
CLOSEST, FURTHEST = (
    1e-100,
    1e100,
)  # between neighbouring values: so the points between them are finite numbers


def scale(of: str, fields: Fields, numbers: Numbers, context: ReadContext) -> Scale | None:
    """The scale of `of` ("measure `quiet`"); exactly one way must be written."""
    written = {("bad" if way == "good" else way) for way in WAYS if fields.says(way)}
    if len(written) != 1:
        if written:
            ways = ", ".join(f"`{way}`" for way in WAYS if fields.says(way))
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
        _curve(of, fields, numbers, context)
        if "curve" in written
        else _between(of, fields, numbers, context)
    )


def _between(of: str, fields: Fields, numbers: Numbers, context: ReadContext) -> Scale | None:
    for given, missing in (("bad", "good"), ("good", "bad")):
        if not fields.says(missing):
            context.error(
                fields.keys[given].place,
                f"{of} has `{given}`, but no `{missing}`",
                f"add {missing}: …",
            )
            return None
    if fields.get("bad") is None or fields.get("good") is None:
        return None
    bad, good = (
        context.settled(fields.get(name), numbers, fields.at(name), of) for name in ("bad", "good")
    )
    if bad == good:
        context.error(
            fields.keys["good"].place,
            f"`bad` and `good` of {of} are equal",
            _apart(fields, ("bad", "good")),
        )
        return None
    line = straight_line(bad, good)
    _finite(of, line, [fields.keys["good"].place] * 2, context)
    return line


def _apart(fields: Fields, keys: tuple[str, ...]) -> str:
    frozen = any(isinstance(fields.get(key), Percentile) for key in keys)
    return (
        "choose percentiles whose values differ"
        if frozen
        else "choose two different values; 100 points are at `good`"
    )


def _curve(of: str, fields: Fields, numbers: Numbers, context: ReadContext) -> Scale | None:
    written = fields.get("curve")
    if written is None:
        return None
    places: list[Place] = [node.place for *_, node in written]
    knots = [
        (context.settled(value, numbers, node.place, of), points) for value, points, node in written
    ]
    for position, ((before, _), (value, _)) in enumerate(pairwise(knots), start=1):
        if not _rises(before, value):
            context.error(
                places[position],
                f"the values in the curve of {of} must rise, but {_format_anchor(value)} follows {_format_anchor(before)}",
                "sort the pairs by value, and use each value once",
            )
    curve = Curve(tuple(knots))
    _finite(of, curve, places, context)
    return curve


def _finite(of: str, curve: Curve, places: list[Place], context: ReadContext) -> None:
    """Neighbouring values must lie so that the line between them can be computed."""
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
    """Whether one value follows the other; a percentile without its number may stand anywhere among
    numbers.
    """
    if isinstance(before, Percentile) and isinstance(value, Percentile):
        return before.rank < value.rank
    if isinstance(before, float) and isinstance(value, float):
        return before < value
    return True
