"""`bad`/`good`, `curve` or `points` → :class:`Scale`, with the frozen numbers in place of percentiles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from salus.model.curve import Anchor, Curve, Percentile, Scale, Words, between
from salus.model.findings import Place
from salus.model.reading.context import Context
from salus.model.section import Fields

Numbers = Mapping[Percentile, float]
WAYS = ("bad", "good", "curve", "points")


def scale(of: str, fields: Fields, numbers: Numbers, context: Context) -> Scale | None:
    """The scale of `of` ("measure `quiet`"); exactly one way must be written."""
    written = {("bad" if way == "good" else way) for way in WAYS if fields.says(way)}
    if len(written) != 1:
        if written:
            ways = " and ".join(f"`{way}`" for way in WAYS if fields.says(way))
            context.error(fields.place, f"{of} has {ways}: points are given in one way", "keep one of them")
        else:
            context.error(fields.place, f"{of} has no points", "add bad: … and good: …, a curve, or points of words")
        return None
    if "points" in written:
        return Words({key.text: points for key, points in fields.get("points", [])})
    return _curve(of, fields, numbers, context) if "curve" in written else _between(of, fields, numbers, context)


def _between(of: str, fields: Fields, numbers: Numbers, context: Context) -> Scale | None:
    for one, other in (("bad", "good"), ("good", "bad")):
        if not fields.says(other):
            context.error(fields.keys[one].place, f"{of} has `{one}`, but no `{other}`", f"add {other}: …")
            return None
    bad, good = (_settled(fields.get(name), numbers) for name in ("bad", "good"))
    if bad is None or good is None:
        return None
    if bad == good:
        context.error(fields.keys["good"].place, f"`bad` and `good` of {of} are equal", _apart(fields, ("bad", "good")))
        return None
    return between(bad, good)


def _apart(fields: Fields, keys: tuple[str, ...]) -> str:
    frozen = any(isinstance(fields.get(key), Percentile) for key in keys)
    return "choose percentiles whose numbers differ" if frozen else "choose two values; their order gives the direction"


def _curve(of: str, fields: Fields, numbers: Numbers, context: Context) -> Scale | None:
    written = fields.get("curve")
    if written is None:
        return None
    places: list[Place] = [node.place for *_, node in written]
    knots = [(_settled(value, numbers), points) for value, points, _ in written]
    for position, ((before, _), (value, _)) in enumerate(pairwise(knots), start=1):
        if not _rises(before, value):
            context.error(places[position], f"the curve of {of} doesn't rise from {_said(before)} to {_said(value)}",
                          "order the pairs by value, each once")
    return Curve(tuple((value, points) for value, points in knots if value is not None))


def _said(value: Anchor | None) -> str:
    return str(value) if isinstance(value, Percentile) else f"{value:g}"


def _rises(before: Anchor | None, value: Anchor | None) -> bool:
    """Whether one value follows the other; a percentile without its number may stand anywhere among numbers."""
    if isinstance(before, Percentile) and isinstance(value, Percentile):
        return before.rank < value.rank
    if isinstance(before, float) and isinstance(value, float):
        return before < value
    return True


def _settled(value: Anchor | None, numbers: Numbers) -> Anchor | None:
    """The number of a percentile, once it is frozen."""
    return numbers.get(value, value) if isinstance(value, Percentile) else value
