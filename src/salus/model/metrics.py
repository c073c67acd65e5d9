"""Numbers of the whole book: which facts hold what entities said, got and owe."""

from __future__ import annotations

from dataclasses import dataclass, fields

from salus.model.expressions.expression import Expression, Name


@dataclass(frozen=True)
class Quantity:
    """What is read of each fact of a source: a column, whether it meets `of`, or (neither) only
    that it is there.

    `bad` and `good` are the ends of the scale that answers were given on.
    """

    source: str
    column: str | None = None
    of: Expression | None = None
    bad: float | None = None
    good: float | None = None

    @property
    def value(self) -> Expression | None:
        """The column or condition as an expression."""
        return Name(self.column) if self.column is not None else self.of


@dataclass(frozen=True)
class Metrics:
    """What `metrics:` declares; None: not declared."""

    nps: Quantity | None = None
    csat: Quantity | None = None
    ces: Quantity | None = None
    first_value: Quantity | None = None
    invoiced: Quantity | None = None
    overdue: Quantity | None = None

    @property
    def declared(self) -> dict[str, Quantity]:
        """Those that are declared, by name."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: quantity for name, quantity in named.items() if quantity is not None}
