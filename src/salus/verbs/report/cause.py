"""The largest single cause of an entity's change of score."""

from __future__ import annotations

from typing import Literal

from salus.channels.report.content import ChangeCause, Value
from salus.channels.units import unit_of
from salus.scores.entity_pairs import EntityPairs
from salus.scoring.change import ScoreChange
from salus.scoring.explanation import display_value


def main_cause(pairs: EntityPairs, pair: int, change: ScoreChange) -> ChangeCause | None:
    """The largest part of the change in its own direction; None if there is none."""
    sign = 1 if change.score > 0 else -1
    name, effect = _largest_measure(pairs, pair, change, sign)
    smoothing = change.smoothing or 0.0
    if sign * change.caps > sign * effect and sign * change.caps >= max(
        sign * change.model, sign * smoothing
    ):
        return _cap_cause(pairs, pair, change)
    if sign * smoothing > max(sign * effect, sign * change.model):
        return ChangeCause("smoothing", "", None, None, "other", smoothing)
    if sign * change.model > sign * effect:
        return ChangeCause("model", "", None, None, "other", change.model)
    if not name or sign * effect <= 0:
        return None
    return _measure_cause(pairs, pair, name, effect)


def _largest_measure(
    pairs: EntityPairs, pair: int, change: ScoreChange, sign: int
) -> tuple[str, float]:
    """The measure with the largest effect. A lost value explains a rise only if no other measure
    does.
    """
    row, reason = int(pairs.second[pair]), pairs.after.scored.reason
    known = [part for part in change.measures if sign < 0 or reason[part[0]][row] == 0]
    return max(known or change.measures, key=lambda part: sign * part[1], default=("", 0.0))


def _measure_cause(pairs: EntityPairs, pair: int, name: str, effect: float) -> ChangeCause:
    before, after = pairs.before.scored.cells.values[name], pairs.after.scored.cells.values[name]
    old = display_value(before, int(pairs.first[pair]))
    new = display_value(after, int(pairs.second[pair]))
    model = pairs.after.model
    return ChangeCause(_kind(old, new), name, old, new, unit_of(model, model.measure(name)), effect)


def _cap_cause(pairs: EntityPairs, pair: int, change: ScoreChange) -> ChangeCause:
    now = int(pairs.after.scored.cap[pairs.second[pair]])
    earlier = int(pairs.before.scored.cap[pairs.first[pair]])
    caps = pairs.after.model.caps
    if change.caps < 0 and now >= 0:
        return ChangeCause("cap_on", caps[now].name, None, None, "other", change.caps)
    if earlier >= 0:
        return ChangeCause("cap_off", caps[earlier].name, None, None, "other", change.caps)
    # the cap belongs to a model that is no longer used
    return ChangeCause("model", "", None, None, "other", change.caps)


def _kind(old: Value, new: Value) -> Literal["measure", "weight", "lost", "gained"]:
    """How a measure changed a score: its value was lost or gained, its value changed, or only its
    weight did.
    """
    if new is None:
        return "lost"
    if old is None:
        return "gained"
    return "weight" if old == new else "measure"
