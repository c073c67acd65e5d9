"""Why a measure has no value, in words."""

from __future__ import annotations

from collections.abc import Iterator

from salus.channels.text.labels import format_label
from salus.model.expressions.expression import Compare, Compute, Expression, find_names, walk
from salus.model.measure import Measure
from salus.model.model import Model
from salus.scoring.explanation import Contribution, Explanation, InputValue, Value

DIVIDED = "divided by nothing"
REASONS = {
    DIVIDED: "would divide by 0",
    "too few": "too little data",
    "no facts": "no data",
    "no data": "the source is empty",
    "stale": "the source's data is too old",
    "not finite": "the number is too large",
    "unknown word": "the model doesn't know the word",
}


def explain_missing(model: Model, why: Explanation, name: str, reason: str) -> str:
    """Why a measure has no value. Where it would divide by 0, the text names what is 0."""
    if reason != DIVIDED:
        return REASONS.get(reason, reason)
    measure = model.measure(name)
    zero = _find_zero(model, why, measure)
    if zero is not None:
        return f"“{format_label(zero, model)}” is 0"
    guarded = any(isinstance(divisor, Compare) for divisor in _divisors(measure.formula))
    return "doesn't apply now" if guarded else REASONS[DIVIDED]


def _find_zero(model: Model, why: Explanation, measure: Measure) -> str | None:
    """The measure or attribute that is 0 and divides the value, or the value of a measure that is
    used; None if it isn't known.
    """
    lines: list[Contribution | InputValue] = [*why.measures, *why.inputs]
    values = {line.name: line.value for line in lines}
    if isinstance(measure.per, str):
        return measure.per if _is_zero(values.get(measure.per, 0.0)) else None
    for divisor in _divisors(measure.formula):
        for name in sorted(find_names(divisor)):
            if name in values and _is_zero(values[name]):
                return name
    missing = {line.name for line in lines if line.missing == DIVIDED}
    for name in sorted(missing & find_names(measure.formula)):
        zero = _find_zero(model, why, model.measure(name))
        if zero is not None:
            return zero
    return None


def _is_zero(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == 0


def _divisors(formula: Expression | None) -> Iterator[Expression]:
    """Everything that a formula divides by."""
    if formula is None:
        return
    for node in walk(formula):
        if isinstance(node, Compute) and node.op == "/":
            yield node.right
