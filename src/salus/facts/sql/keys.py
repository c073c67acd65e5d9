"""Which entity the rows of a table belong to: rows without a key, rows with an unknown key,
entities with several rows.
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
    """A table whose rows belong to entities: its name in the model, its key, and the time without
    which a row doesn't count.
    """

    title: str  # "source `use`"
    table: str
    key: str
    time: str


@dataclass(frozen=True)
class KeyCounts:
    """The number of rows of a table that have happened: all, those without a key, those with an
    unknown key (and examples).
    """

    of: str
    facts: int
    without: int
    unknown: int
    examples: tuple[str, ...]


def key_columns(model: Model) -> dict[tuple[str, ...], KeyColumn]:
    """The tables of sources, history, contracts and outcomes, by their place in the model."""
    columns: dict[tuple[str, ...], KeyColumn] = {}
    for source in model.sources.values():
        columns["sources", source.name] = KeyColumn(
            f"source `{source.name}`", source.table, source.key, source.time
        )
    history = model.entity.history
    if history is not None:
        columns["entity", "history"] = KeyColumn(
            f"history `{history.table}`", history.table, model.entity.key, history.time
        )
    contracts = model.entity.contracts
    if contracts is not None:
        columns["entity", "contracts"] = KeyColumn(
            f"contracts `{contracts.table}`", contracts.table, contracts.key, contracts.starts
        )
    for outcome in model.outcomes:
        if outcome.table and outcome.key and outcome.time:
            columns["outcomes", outcome.name] = KeyColumn(
                f"outcome `{outcome.name}`", outcome.table, outcome.key, outcome.time
            )
    return columns


def count_keys(
    connection: Connection, place: KeyColumn, known: Collection[str] | None
) -> KeyCounts | None:
    """Counts the rows by their key, before any `where`. None where a lookup's table has the key.

    `known`: the keys of the entity's table; None where every key is an entity.
    """
    types = {each.name: each.type for each in connection.columns(place.table)}
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
    unknown = {} if known is None else {key: n for key, n in counts.items() if key not in known}
    return KeyCounts(
        place.title,
        without + sum(counts.values()),
        without,
        sum(unknown.values()),
        tuple(sorted(unknown)[:3]),
    )


def load_key_column(model: Model, connection: Connection) -> pa.ChunkedArray | None:
    """The keys of the entity's table, one per row; None where every key in the sources is an
    entity.
    """
    entity = model.entity
    if entity.table is None:
        return None
    types = {each.name: each.type for each in connection.columns(entity.table)}
    key = dialect(connection.dialect).key(column(entity.key), types[entity.key]).as_("key")
    return connection.query(exp.select(key).from_(connection.table(entity.table)))["key"]


@dataclass(frozen=True)
class AmbiguousKeys:
    """Rows of the entity's table that can't be told apart: those without a key, and keys with
    several rows.
    """

    table: str
    key: str
    empty: int
    twice: tuple[str, ...]

    @classmethod
    def of(cls, keys: pa.Array | pa.ChunkedArray, table: str, key: str) -> AmbiguousKeys:
        twice = (
            value
            for value, count in Counter(keys.to_pylist()).items()
            if count > 1 and value is not None
        )
        return cls(table, key, keys.null_count, tuple(sorted(twice)))

    @property
    def keys(self) -> frozenset[str | None]:
        """The keys concerned; None among them if rows have no key."""
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
