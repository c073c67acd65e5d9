"""Whom the rows of a table belong to: rows without a key, rows whose key is no entity, entities
with several rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa
from sqlglot import exp

from salus.facts.sql.dialect import cast, dialect
from salus.facts.sql.relation import column
from salus.model.model import Model
from salus.sources.connection import Connection


@dataclass(frozen=True)
class KeyColumn:
    """A table whose rows belong to entities: what the model calls it, its key, and the time without
    which a row counts not.
    """

    title: str  # "source `use`"
    table: str
    key: str
    time: str


@dataclass(frozen=True)
class KeyCounts:
    """Rows of a table that have happened: all, those without a key, those with an unknown one (and
    examples).
    """

    of: str
    facts: int
    without: int
    unknown: int
    examples: tuple[str, ...]


def key_columns(model: Model) -> dict[tuple[str, ...], KeyColumn]:
    """The tables of sources, history and outcomes, by their place in the model."""
    found: dict[tuple[str, ...], KeyColumn] = {}
    for source in model.sources.values():
        found["sources", source.name] = KeyColumn(
            f"source `{source.name}`", source.table, source.key, source.time
        )
    history = model.entity.history
    if history is not None:
        found["entity", "history"] = KeyColumn(
            f"history `{history.table}`", history.table, model.entity.key, history.time
        )
    for outcome in model.outcomes:
        if outcome.table and outcome.key and outcome.time:
            found["outcomes", outcome.name] = KeyColumn(
                f"outcome `{outcome.name}`", outcome.table, outcome.key, outcome.time
            )
    return found


def count_keys(
    connection: Connection, place: KeyColumn, known: Collection[str] | None
) -> KeyCounts | None:
    """Count the rows by their key, before any `where`. None where a lookup's table has the key.

    `known`: the keys of the entity's table; None where every key is an entity.
    """
    types = {found.name: found.type for found in connection.columns(place.table)}
    if place.key not in types:
        return None
    key = dialect(connection.dialect).key(column(place.key), types[place.key]).as_("key")
    happened = exp.not_(exp.Is(this=column(place.time), expression=exp.null()))
    select = (
        exp.select(key, cast(exp.Count(this=exp.Star()), "bigint").as_("n"))
        .from_(connection.table(place.table))
        .where(happened)
        .group_by(exp.Literal.number(1))
    )
    counts = {row["key"]: int(row["n"]) for row in connection.query(select).to_pylist()}
    without = counts.pop(None, 0)
    strange = {} if known is None else {key: n for key, n in counts.items() if key not in known}
    return KeyCounts(
        place.title,
        without + sum(counts.values()),
        without,
        sum(strange.values()),
        tuple(sorted(strange)[:3]),
    )


def load_entity_keys(model: Model, connection: Connection) -> pa.ChunkedArray | None:
    """The keys of the entity's table, a row each; None where every key in the sources is an
    entity.
    """
    entity = model.entity
    if entity.table is None:
        return None
    types = {found.name: found.type for found in connection.columns(entity.table)}
    key = dialect(connection.dialect).key(column(entity.key), types[entity.key]).as_("key")
    return connection.query(exp.select(key).from_(connection.table(entity.table)))["key"]


@dataclass(frozen=True)
class AmbiguousKeys:
    """Rows of the entity's table that nobody can tell apart: those without a key, and keys with
    several rows.
    """

    table: str
    key: str
    empty: int
    twice: tuple[str, ...]

    @classmethod
    def of(cls, keys: pa.Array | pa.ChunkedArray, table: str, key: str) -> AmbiguousKeys:
        several = (
            one for one, count in Counter(keys.to_pylist()).items() if count > 1 and one is not None
        )
        return cls(table, key, keys.null_count, tuple(sorted(several)))

    @property
    def names(self) -> frozenset[str | None]:
        """The keys concerned; None among them where rows have no key."""
        return frozenset((*self.twice, *([None] if self.empty else [])))

    def __bool__(self) -> bool:
        return bool(self.empty or self.twice)

    def __str__(self) -> str:
        parts = (
            [f"{self.empty} row{'s' if self.empty > 1 else ''} without `{self.key}`"]
            if self.empty
            else []
        )
        if self.twice:
            parts.append(
                "more than one row for"
                f" {', '.join(self.twice[:5])}{' …' if len(self.twice) > 5 else ''}"
            )
        return f"table {self.table} has {' and '.join(parts)}"
