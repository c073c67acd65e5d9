"""The entity, and the sources of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from salus.model.contracts import Contracts
from salus.model.expressions.expression import Expression
from salus.model.link import KeyPath, Link, columns_of
from salus.model.plural import pluralize


@dataclass(frozen=True)
class FieldChanges:
    """The columns of a history with one row per change of one field: the column with the field's
    name, its new value and its old value. `names`: each attribute and its name in the column `field`.
    """

    field: str
    value: str
    names: tuple[tuple[str, str], ...]
    before: str | None = None


@dataclass(frozen=True)
class AttributeHistory:
    """A table of earlier attributes.

    On date D the last row applies whose `time` (and `recorded`) is before D. Without `key`, the table
    has the column of the entity's key. Without `changes`, its columns are the attributes.
    """

    table: str
    time: str
    recorded: str | None = None
    key: str | None = None
    keys: tuple[KeyPath, ...] = ()  # the ways to the key, if it is found through links
    changes: FieldChanges | None = None  # if a row is the change of one field

    def attributes(self, columns: Iterable[str]) -> frozenset[str]:
        """The names that have earlier values, where `columns` are those of the table."""
        if self.changes is None:
            return frozenset(columns)
        return frozenset(attribute for attribute, _ in self.changes.names)

    @property
    def own_columns(self) -> tuple[str, ...]:
        """The columns that say what a row changes, and when."""
        changes = self.changes
        named = (changes.field, changes.value, changes.before) if changes is not None else ()
        return tuple(name for name in (self.time, self.recorded, *named) if name)


@dataclass(frozen=True)
class Notice:
    """How long before the end of a term a notice must arrive."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True)
class Renewal:
    """When a renewal is decided: on the day in `decide_by`, or `notice` before `term_end`.

    Both are columns of the entity's table, except those in `inputs`.
    """

    decide_by: str | None = None
    term_end: str | None = None
    notice: Notice = Notice()
    inputs: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the entity's table among them."""
        named = (self.decide_by, self.term_end)
        return tuple(name for name in named if name is not None and name not in self.inputs)


@dataclass(frozen=True)
class Purchases:
    """The source of purchases, and the column of their amount."""

    source: str
    amount: str


@dataclass(frozen=True)
class Active:
    """For entities without contracts: an entity is in the population while it has recent facts."""

    source: str
    within: int  # days


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What is scored. Without `table`, every key in the sources is an entity."""

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
    where: Expression | None = None  # which rows of the table are entities
    contracts: Contracts | None = None

    @property
    def valued_by_contracts(self) -> bool:
        """Whether `value` follows from contracts, and isn't a column."""
        return self.contracts is not None and self.contracts.value is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the entity's table that the model uses, each once."""
        terms = self.renewal.columns if self.renewal else ()
        names = (
            self.key,
            self.label,
            self.owner,
            None if self.valued_by_contracts else self.value,
            self.starts,
            self.ends,
            *self.attributes,
            *terms,
        )
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def history_key(self) -> str:
        """The column of the entity's key in the table of earlier attributes."""
        return self.history.key if self.history and self.history.key else self.key

    @property
    def history_key_columns(self) -> tuple[str, ...]:
        """The columns of that table that the key is made from."""
        paths = self.history.keys if self.history else ()
        return columns_of(paths) if paths else (self.history_key,)

    @property
    def wide_history(self) -> str | None:
        """The table of earlier attributes, if its columns are the attributes."""
        history = self.history
        return history.table if history is not None and history.changes is None else None

    @property
    def names(self) -> str:
        """The plural of the entity's name."""
        return pluralize(self.name)

    @property
    def readable(self) -> tuple[str, ...]:
        """The columns that a condition may read: all but `ends`, unless that is an attribute."""
        return tuple(name for name in self.columns if name != self.ends or name in self.attributes)


@dataclass(frozen=True)
class Lookup:
    """Another table: at most one of its rows belongs to a fact and adds columns to it.

    `on` is a column of both tables, or else `path` finds the row through a link. With `time`, the
    row that applied at the fact's time is used; without it, today's row.
    """

    table: str
    on: str
    time: str | None = None
    path: KeyPath | None = field(default=None, repr=False)

    @property
    def column(self) -> str:
        """The column of the fact that says which row belongs to it."""
        return self.on if self.path is None else self.path.expression.column

    def uses_rows_of(self, link: Link) -> bool:
        """Whether its rows are those of the link: then the link's names are compared, and not the
        keys of entities that they lead to.
        """
        return self.table == link.table


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table of facts: its columns for the key, the time, the time of recording and the end."""

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
    keys: tuple[KeyPath, ...] = field(default=(), repr=False)  # the ways to a key through links

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of its tables that the key is made from."""
        return columns_of(self.keys) if self.keys else (self.key,)

    @property
    def ends(self) -> bool:
        """Whether its facts can end, so that `open` and `open_days` can be used."""
        return self.until is not None or self.until_next
