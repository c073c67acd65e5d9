"""A measure: one value per entity and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salus.model.curve import Scale
from salus.model.expressions.expression import Expression

Kind = Literal[
    "count",
    "count_distinct",
    "active_days",
    "sum",
    "mean",
    "median",
    "min",
    "max",
    "latest",
    "share",
    "days_since",
    "oldest_open",
    "median_gap",
    "trend",
    "value",
    "formula",
]
Policy = Literal["skip", "bad", "neutral", "good", "hold"]

ZERO_WITHOUT_FACTS: frozenset[Kind] = frozenset(
    {"count", "count_distinct", "active_days", "sum", "oldest_open"}
)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure or input of the model. Spans are whole days.

    `open` is always true for `oldest_open`. The default of `at_least` is 1 for `trend` and
    `median_gap`, and 0 otherwise.
    """

    name: str
    kind: Kind
    source: str | None = None
    column: str | None = None  # of the source; for `value`: the attribute
    formula: Expression | None = None
    of: Expression | None = None
    where: Expression | None = None
    within: int | None = None
    baseline: int | None = None
    open: bool = False
    per: float | str | None = None
    ago: int = 0
    at_least: int = 0
    weighted_by: str | None = None
    half_life: float | None = None  # days
    working: bool = False  # `days: working`
    weight: float = 1.0
    scale: Scale | None = None  # None for an input
    if_missing: Policy = "skip"
    hold: int = 0  # days, for `if_missing: hold`
    dimension: str | None = None  # None for an input
    line: int | None = None
    column_of_line: int | None = None
    label: str | None = None  # for people, instead of the name

    @property
    def scored(self) -> bool:
        return self.scale is not None
