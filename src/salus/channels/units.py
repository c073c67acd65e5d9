"""The unit of a measure's values, and the best and the worst value on its scale."""

from __future__ import annotations

import re

from salus.channels.report.content import Unit, Value
from salus.model.curve import Scale, WordScale
from salus.model.measure import Measure
from salus.model.model import Model

PERCENT = frozenset({"share", "trend"})
DAYS = frozenset({"days_since", "oldest_open", "median_gap"})
WRITTEN = re.compile(r"(?:bad|good|curve)\s*:[^}]*?\d%")  # `bad: -40%`, `curve: [[10%, 0], …]`


def unit_of(model: Model, measure: Measure) -> Unit:
    """The unit: percent if the model writes `%` or the measure is a ratio, days or working days if it
    counts them, money if it is the entity's value, otherwise a plain number.
    """
    if isinstance(measure.scale, WordScale):
        return "other"
    if measure.kind == "value" and measure.column == model.entity.value:
        return "money"
    if measure.per is None and (measure.kind in DAYS or measure.column == "open_days"):
        return "workdays" if measure.working else "days"
    if measure.kind in PERCENT or WRITTEN.search(_declared(model, measure)) or _ratio(measure):
        return "percent"
    return "number"


def _declared(model: Model, measure: Measure) -> str:
    """The lines of the model file that declare a measure. Empty if the text isn't known."""
    if measure.line is None:
        return ""
    following = [
        other.line
        for other in model.everything
        if other.line is not None and other.line > measure.line
    ]
    stop = min(following, default=measure.line + 1)
    return "\n".join(model.text.splitlines()[measure.line - 1 : stop - 1])


def _ratio(measure: Measure) -> bool:
    """Whether all anchors lie between -1 and 1.5 and some aren't whole: 0.25 of the seats is 25 %."""
    if measure.scale is None or isinstance(measure.scale, WordScale):
        return False
    anchors = [value for value, _ in measure.scale.knots if isinstance(value, float)]
    return (
        bool(anchors)
        and all(-1 <= value <= 1.5 for value in anchors)
        and any(value % 1 for value in anchors)
    )


def ends(scale: Scale | None) -> tuple[Value, Value]:
    """The value with the fewest points and the value with the most. If several values have the most
    points, it is the one nearest to the worst value.
    """
    if scale is None:
        return None, None
    if isinstance(scale, WordScale):
        ranked = sorted(scale.points.items(), key=lambda item: item[1])
        return ranked[0][0], ranked[-1][0]
    known = [(value, points) for value, points in scale.knots if isinstance(value, float)]
    bad = min(known, key=lambda knot: knot[1])
    good = max(known, key=lambda knot: (knot[1], -abs(knot[0] - bad[0])))
    return bad[0], good[0]


def scale_for(model: Model, measure: Measure, segment: int) -> Scale | None:
    """A measure's scale in a segment; -1 stands for no segment."""
    if segment >= 0:
        return model.segments[segment].scales.get(measure.name, measure.scale)
    return measure.scale
