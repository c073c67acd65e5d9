"""The `metrics:` block: where the data of the portfolio metrics is."""

from __future__ import annotations

from dataclasses import dataclass, fields

from salus.model.expressions.expression import Expression, Name


@dataclass(frozen=True)
class Quantity:
    """What a metric reads from a source: a column, whether a fact meets `of`, or just its facts.

    `bad` and `good` are the worst and the best answer of a survey.
    """

    source: str
    column: str | None = None
    of: Expression | None = None
    bad: float | None = None
    good: float | None = None

    @property
    def value(self) -> Expression | None:
        """The column or the condition as an expression; None if only facts count."""
        return Name(self.column) if self.column is not None else self.of


@dataclass(frozen=True)
class Metrics:
    """The declared metrics; None: not declared."""

    nps: Quantity | None = None
    csat: Quantity | None = None
    ces: Quantity | None = None
    first_value: Quantity | None = None
    invoiced: Quantity | None = None
    overdue: Quantity | None = None

    @property
    def declared(self) -> dict[str, Quantity]:
        """The declared metrics by name."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: quantity for name, quantity in named.items() if quantity is not None}
