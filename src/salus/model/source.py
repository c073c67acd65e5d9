"""Where facts come from: the entity's own table and the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salus.model.expressions.expression import Expression
from salus.model.plural import pluralize


@dataclass(frozen=True)
class AttributeHistory:
    """A table of attributes as they were: the last row with `time` < D (and `recorded` before D)
    counts.
    """

    table: str
    time: str
    recorded: str | None = None


@dataclass(frozen=True)
class Notice:
    """How long before the end of a term a notice must be there."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True)
class Renewal:
    """When a term is decided: on a day that a column holds, else `notice` before the end of the
    term.
    """

    decide_by: str | None = None
    term_end: str | None = None
    notice: Notice = Notice()


@dataclass(frozen=True)
class Purchases:
    """Facts that are purchases, and the column of what each was worth."""

    source: str
    amount: str


@dataclass(frozen=True)
class Active:
    """Without contracts: an entity is in the population while it has a known fact of the source in
    the last days.
    """

    source: str
    within: int  # days


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What is scored. Without `table` every key in the sources is an entity."""

    name: str
    key: str
    table: str | None = None
    label: str | None = None
    owner: str | None = None
    value: str | None = None
    currency: str | None = None
    starts: str | None = None
    ends: str | None = None
    attributes: tuple[str, ...] = ()
    history: AttributeHistory | None = None
    population: str | None = None
    smallest_group: int | None = None
    renewal: Renewal | None = None
    purchases: Purchases | None = None
    active: Active | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the entity's table that the model names, each once."""
        terms = (self.renewal.decide_by, self.renewal.term_end) if self.renewal else ()
        named = (
            self.key,
            self.label,
            self.owner,
            self.value,
            self.starts,
            self.ends,
            *self.attributes,
            *terms,
        )
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def names(self) -> str:
        """Several of them."""
        return pluralize(self.name)

    @property
    def readable(self) -> tuple[str, ...]:
        """Names a condition may read: the attributes, and the columns named under `entity` except
        `ends`.
        """
        return tuple(name for name in self.columns if name != self.ends or name in self.attributes)


@dataclass(frozen=True)
class Lookup:
    """At most one row of another table per fact; its columns read as the fact's own.

    `on` is a column of both tables. With `time` the row counts that stood at the fact's time, else
    today's.
    """

    table: str
    on: str
    time: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table at one moment: which column is the time, when it became known, when it ended."""

    name: str
    table: str
    key: str
    time: str
    id: str | None = None
    recorded: str | None = None
    until: str | None = None  # a column; None with until_next
    until_next: bool = False  # `until: next`
    until_group: str | None = None  # `until: next contact_id`
    until_recorded: str | None = None
    where: Expression | None = None
    lookup: Lookup | None = None
    columns: Mapping[str, Expression] = field(default_factory=dict)
    fresh: int | None = None  # days
    purpose: str | None = None

    @property
    def ends(self) -> bool:
        """Whether its facts can end, so that `open` and `open_days` mean something."""
        return self.until is not None or self.until_next
