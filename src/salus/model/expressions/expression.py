"""The one small language of conditions and formulas, as a tree of our own.

``model/expressions/conditions.py`` reads text into these nodes, ``model/expressions/evaluation.py``
computes them over arrays, and ``facts/sql/expressions.py`` writes them as SQL. Text never travels
further than the parser: what isn't a node here can't be said, so a model can't smuggle SQL into a
database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

Comparison = OneOf["=", "!=", "<", "<=", ">", ">="]
Arithmetic = OneOf["+", "-", "*", "/"]
FUNCTIONS = ("least", "greatest", "coalesce", "abs")
AGO = "ago"  # ago(score, 28d): a Call of a Name and a Constant of days; only in signals


@dataclass(frozen=True)
class Name:
    """A column, attribute, measure or ``as_of``."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A number, text, date, moment, truth value or null as written."""

    value: float | str | bool | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Negative:
    """A number or column with a minus sign."""

    of: Expression


@dataclass(frozen=True)
class Not:
    """A condition that must not hold."""

    of: Expression


@dataclass(frozen=True)
class Both:
    """``left and right``"""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class Either:
    """``left or right``"""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class Compare:
    """Two operands and how they are compared."""

    op: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Compute:
    """Two operands and the arithmetic between them."""

    op: Arithmetic
    left: Expression
    right: Expression


@dataclass(frozen=True)
class In:
    """``of in (options)``; ``not in`` is Not(In(…))."""

    of: Expression
    options: tuple[Expression, ...]


@dataclass(frozen=True)
class IsNull:
    """``of is null``; ``is not null`` is Not(IsNull(…))."""

    of: Expression


@dataclass(frozen=True)
class Like:
    """``of like 'pattern'``: ``%`` is any text, ``_`` one character; case counts."""

    of: Expression
    pattern: str


@dataclass(frozen=True)
class Call:
    """``least``, ``greatest`` and ``coalesce`` pass over nulls; ``abs`` takes one number."""

    function: str
    arguments: tuple[Expression, ...]


Expression = (
    Name | Constant | Negative | Not | Both | Either | Compare | Compute | In | IsNull | Like | Call
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below."""
    match node:
        case Name() | Constant():
            return ()
        case Negative(of) | Not(of) | IsNull(of) | Like(of, _):
            return (of,)
        case (
            Both(left, right)
            | Either(left, right)
            | Compare(_, left, right)
            | Compute(_, left, right)
        ):
            return (left, right)
        case In(of, options):
            return (of, *options)
        case Call(_, arguments):
            return arguments


def walk(node: Expression) -> Iterator[Expression]:
    """Every node of the tree, the root first."""
    yield node
    for child in children(node):
        yield from walk(child)


def find_names(node: Expression | None) -> frozenset[str]:
    """All names the expression reads.

    >>> sorted(names(Compare("<", Name("seats"), Name("seats_before"))))
    ['seats', 'seats_before']
    """
    if node is None:
        return frozenset()
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))
