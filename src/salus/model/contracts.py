"""The contracts of an entity: from them follows when it is a customer."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.expressions.expression import Expression
from salus.model.link import KeyPath, columns_of

GAP = 30  # days


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
    keys: tuple[KeyPath, ...] = ()  # the ways to the key, if it is found through links

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the table that the key is made from."""
        return columns_of(self.keys) if self.keys else (self.key,)
