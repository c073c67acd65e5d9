"""The contracts of an entity: from them follows when it is a customer."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.expressions.expression import Expression, find_names
from salus.model.link import KeyPath, columns_of

GAP = 30  # days
VALUE = "value"  # the attribute with the value that follows from contracts


@dataclass(frozen=True, kw_only=True)
class RateTable:
    """A table of exchange rates: how many units of a currency are 1 unit of the currency `per`.

    A column that the model doesn't name is the one with a usual name. With `to`, the column of a second
    currency, a row says how many units of that currency are 1 unit of the first.
    """

    table: str
    per: str
    date: str | None = None
    currency: str | None = None
    rate: str | None = None
    to: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContractValue:
    """What contracts are worth per year. An amount covers a number of months."""

    amount: Expression
    months: Expression
    minor: bool = False  # amounts are in cents, or in another smallest unit of the currency
    currency: Expression | None = None  # a column or a code; None: that of the values
    rates: RateTable | None = None
    target: str | None = None  # the currency of the values


@dataclass(frozen=True, kw_only=True)
class Contracts:
    """A table with one row per contract. An entity is a customer while one of them runs."""

    table: str
    key: str
    starts: str
    ends: str | None = None
    decided: str | None = None  # when the end became known
    where: Expression | None = None
    gap: int = GAP  # a pause of fewer days between two contracts isn't an end
    value: ContractValue | None = None
    keys: tuple[KeyPath, ...] = ()  # the ways to the key, if it is found through links

    @property
    def rates(self) -> RateTable | None:
        """The exchange rates of their amounts."""
        return None if self.value is None else self.value.rates

    @property
    def value_columns(self) -> frozenset[str]:
        """The columns of the table that their value is made from."""
        parts = [] if self.value is None else [self.value.amount, self.value.months]
        currency = None if self.value is None else self.value.currency
        return frozenset().union(*map(find_names, [*parts, currency]))

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the table that the key is made from."""
        return columns_of(self.keys) if self.keys else (self.key,)
