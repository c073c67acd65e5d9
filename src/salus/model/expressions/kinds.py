"""Which kind of value an expression yields, found before any row is read.

One rule for SQL and arrays: text is never a number, a date or a truth; beside a date stands a date,
or a text that spells one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from salus.model.expressions import expression as ex
from salus.model.expressions.local_time import parse_local_time
from salus.model.yaml.findings import shorten

#: `null` is a value that is always missing, or a name of which nothing is known: it fits
#: everywhere.
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
    """A part of an expression is of a kind that can't stand in its place."""

    def __init__(self, node: ex.Expression, kind: Kind, needed: str) -> None:
        self.node, self.kind, self.needed = node, kind, needed
        super().__init__(f"{_written(node)} is {NAMES[kind]}; {needed} is needed here")

    @property
    def name(self) -> str | None:
        """The column or measure to blame, where it is one."""
        return self.node.name if isinstance(self.node, ex.Name) else None


def kind_of(node: ex.Expression, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of the expression's values; raises Mismatch. Names that `kinds` doesn't know fit
    everywhere.
    """
    match node:
        case ex.Name(name):
            return kinds.get(name, "null")
        case ex.Constant(value):
            return _constant(value)
        case ex.Negative(of):
            return _required(of, NUMBER, kinds) and "number"
        case ex.Not(of):
            return _required(of, TRUTH, kinds) and "bool"
        case ex.Both(left, right) | ex.Either(left, right):
            return _required(left, TRUTH, kinds) and _required(right, TRUTH, kinds) and "bool"
        case ex.Compare(_, left, right):
            return _alike((left, right), kinds) and "bool"
        case ex.In(of, options):
            return _alike((of, *options), kinds) and "bool"
        case ex.IsNull(of):
            return kind_of(of, kinds) and "bool"
        case ex.Like(of, _):
            return _required(of, ("text",), kinds) and "bool"
        case ex.Compute(op, left, right):
            return _computed(op, left, right, kinds)
        case ex.Call(function, arguments):
            return _called(function, arguments, kinds)


def require_truth(node: ex.Expression, kinds: Mapping[str, Kind]) -> None:
    """Raises Mismatch where the expression can't be used as a condition."""
    _required(node, TRUTH, kinds)


def _constant(value: object) -> Kind:
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


def _required(node: ex.Expression, fitting: Sequence[Kind], kinds: Mapping[str, Kind]) -> Kind:
    kind = kind_of(node, kinds)
    if kind not in (*fitting, "null"):
        raise Mismatch(node, kind, "a condition" if fitting is TRUTH else NAMES[fitting[0]])
    return kind


def _alike(nodes: Sequence[ex.Expression], kinds: Mapping[str, Kind]) -> Kind:
    """The one kind in which values are compared: dates, texts, truths, else numbers."""
    pairs = [(node, kind_of(node, kinds)) for node in nodes]
    different = {kind for _, kind in pairs} - {"null"}
    if len(different) <= 1:
        return next(iter(different), "null")
    to: Kind = "date" if "date" in different else "number"
    for node, kind in pairs:
        fits = _spells_date(node) if to == "date" else kind in NUMBER
        if not fits and kind not in (to, "null"):
            raise Mismatch(node, kind, NAMES[to])
    return to


def _spells_date(node: ex.Expression) -> bool:
    return (
        isinstance(node, ex.Constant)
        and isinstance(node.value, str)
        and parse_local_time(node.value) is not None
    )


def _computed(
    op: str, left: ex.Expression, right: ex.Expression, kinds: Mapping[str, Kind]
) -> Kind:
    """date − date is days, date ± number a date, everything else arithmetic of numbers."""
    first, second = kind_of(left, kinds), kind_of(right, kinds)
    if op == "-" and second == "date" and first in ("date", "null"):
        return "number"
    if op == "-" and first == "date" and second == "null":
        return "null"  # days or a date
    if op in "+-" and first == "date":
        _required(right, NUMBER, kinds)
        return "date"
    if op == "+" and second == "date":
        _required(left, NUMBER, kinds)
        return "date"
    _required(left, NUMBER, kinds)
    _required(right, NUMBER, kinds)
    return "number"


def _called(function: str, arguments: Sequence[ex.Expression], kinds: Mapping[str, Kind]) -> Kind:
    if function == ex.AGO:
        return kind_of(arguments[0], kinds)
    return (
        _required(arguments[0], NUMBER, kinds) and "number"
        if function == "abs"
        else _alike(arguments, kinds)
    )


def _written(node: ex.Expression) -> str:
    match node:
        case ex.Name(name):
            return f"`{shorten(name)}`"
        case ex.Constant(str() as value):
            return f"'{shorten(value)}'"
        case _:
            return "a part of the expression"
