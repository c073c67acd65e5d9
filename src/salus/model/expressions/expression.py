"""The tree of a condition or formula.

``model/expressions/conditions.py`` parses text into these nodes, ``model/expressions/evaluation.py``
evaluates them over arrays, and ``facts/sql/expressions.py`` writes them as SQL. The text itself
never reaches a database, so a model can't inject SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

Comparison = OneOf["=", "!=", "<", "<=", ">", ">="]
Arithmetic = OneOf["+", "-", "*", "/"]
FUNCTIONS = ("least", "greatest", "coalesce", "abs")
AGO = "ago"  # ago(score, 28d): a Call with a Name and a Constant of days


@dataclass(frozen=True)
class Name:
    """A column, attribute, measure or ``as_of``."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A number, text, date, local time, truth value or null."""

    value: float | str | bool | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Negative:
    """A number or column with a minus sign."""

    of: Expression


@dataclass(frozen=True)
class Not:
    """A condition that must be false."""

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
    """``of like 'pattern'``: ``%`` is any text, ``_`` is one character. Case matters."""

    of: Expression
    pattern: str


@dataclass(frozen=True)
class Call:
    """A function of its arguments: ``least``, ``greatest``, ``coalesce``, ``abs`` or ``ago``."""

    function: str
    arguments: tuple[Expression, ...]


Expression = (
    Name | Constant | Negative | Not | Both | Either | Compare | Compute | In | IsNull | Like | Call
)


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the nodes directly below a node."""
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
    """Yield every node of the tree, the root first."""
    yield node
    for child in children(node):
        yield from walk(child)


def find_names(node: Expression | None) -> frozenset[str]:
    """Return all names that an expression reads.

    >>> sorted(find_names(Compare("<", Name("seats"), Name("seats_before"))))
    ['seats', 'seats_before']
    """
    if node is None:
        return frozenset()
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))
