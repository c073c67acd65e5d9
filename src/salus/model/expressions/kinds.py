"""The kind of an expression's values, which is known before any row is read.

The same rules apply to SQL and arrays. A text is never a number, a date or a truth value. A date is
compared with a date, or with a text in the model that is a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.model.yaml.findings import shorten

#: `null` is a value that is always missing, or a name of unknown kind. It is allowed everywhere.
Kind = Literal["number", "bool", "text", "date", "null"]
NAMES: Mapping[str, str] = {
    "number": "a number",
    "bool": "true or false",
    "text": "text",
    "date": "a date",
}
NUMBER: tuple[Kind, ...] = ("number", "bool")
TRUTH: tuple[Kind, ...] = ("bool", "number")


class Mismatch(Exception):
    """A part of an expression has a kind that isn't allowed in its place."""

    def __init__(self, node: ex.Expression, kind: Kind, needed: str) -> None:
        self.node, self.kind, self.needed = node, kind, needed
        super().__init__(f"{_describe(node)} is {NAMES[kind]}; {needed} is needed here")

    @property
    def name(self) -> str | None:
        """The column or measure with the wrong kind; None if the part isn't a name."""
        return self.node.name if isinstance(self.node, ex.Name) else None


def kind_of(node: ex.Expression, kinds: Mapping[str, Kind]) -> Kind:
    """Return the kind of the expression's values; raises Mismatch.

    A name that isn't in `kinds` is allowed everywhere.
    """
    match node:
        case ex.Name(name):
            return kinds.get(name, "null")
        case ex.Constant(value):
            return _kind_of_constant(value)
        case ex.Negative(of):
            return _require_kind(of, NUMBER, kinds) and "number"
        case ex.Not(of):
            return _require_kind(of, TRUTH, kinds) and "bool"
        case ex.Both(left, right) | ex.Either(left, right):
            return (
                _require_kind(left, TRUTH, kinds) and _require_kind(right, TRUTH, kinds) and "bool"
            )
        case ex.Compare(_, left, right):
            return _common_kind((left, right), kinds) and "bool"
        case ex.In(of, options):
            return _common_kind((of, *options), kinds) and "bool"
        case ex.IsNull(of):
            return kind_of(of, kinds) and "bool"
        case ex.Like(of, _):
            return _require_kind(of, ("text",), kinds) and "bool"
        case ex.Compute(op, left, right):
            return _kind_of_arithmetic(op, left, right, kinds)
        case ex.Call(function, arguments):
            return _kind_of_call(function, arguments, kinds)


def require_truth(node: ex.Expression, kinds: Mapping[str, Kind]) -> None:
    """Raise Mismatch if the expression can't be used as a condition."""
    _require_kind(node, TRUTH, kinds)


def _kind_of_constant(value: object) -> Kind:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "text"
        case float() | int():
            return "number"
        case _:
            return "date"


def _require_kind(node: ex.Expression, allowed: Sequence[Kind], kinds: Mapping[str, Kind]) -> Kind:
    kind = kind_of(node, kinds)
    if kind not in (*allowed, "null"):
        raise Mismatch(node, kind, "a condition" if allowed is TRUTH else NAMES[allowed[0]])
    return kind


def _common_kind(nodes: Sequence[ex.Expression], kinds: Mapping[str, Kind]) -> Kind:
    """Return the kind in which values of different kinds are compared."""
    pairs = [(node, kind_of(node, kinds)) for node in nodes]
    different = {kind for _, kind in pairs} - {"null"}
    if len(different) <= 1:
        return next(iter(different), "null")
    to: Kind = "date" if "date" in different else "number"
    for node, kind in pairs:
        fits = _is_date_text(node) if to == "date" else kind in NUMBER
        if not fits and kind not in (to, "null"):
            raise Mismatch(node, kind, NAMES[to])
    return to


def _is_date_text(node: ex.Expression) -> bool:
    return (
        isinstance(node, ex.Constant)
        and isinstance(node.value, str)
        and parse_local_time(node.value) is not None
    )


def _kind_of_arithmetic(
    op: str, left: ex.Expression, right: ex.Expression, kinds: Mapping[str, Kind]
) -> Kind:
    """Return the kind of arithmetic: date − date is days, and date ± number is a date."""
    first, second = kind_of(left, kinds), kind_of(right, kinds)
    if op == "-" and second == "date" and first in ("date", "null"):
        return "number"
    if op == "-" and first == "date" and second == "null":
        return "null"  # days or a date
    if op in "+-" and first == "date":
        _require_kind(right, NUMBER, kinds)
        return "date"
    if op == "+" and second == "date":
        _require_kind(left, NUMBER, kinds)
        return "date"
    _require_kind(left, NUMBER, kinds)
    _require_kind(right, NUMBER, kinds)
    return "number"


def _kind_of_call(
    function: str, arguments: Sequence[ex.Expression], kinds: Mapping[str, Kind]
) -> Kind:
    if function == ex.AGO:
        return kind_of(arguments[0], kinds)
    return (
        _require_kind(arguments[0], NUMBER, kinds) and "number"
        if function == "abs"
        else _common_kind(arguments, kinds)
    )


def _describe(node: ex.Expression) -> str:
    match node:
        case ex.Name(name):
            return f"`{shorten(name)}`"
        case ex.Constant(str() as value):
            return f"'{shorten(value)}'"
        case _:
            return "a part of the expression"
