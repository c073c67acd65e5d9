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
from salus.facts.sql.entities import entity_rows, is_entity
from salus.facts.sql.relation import column
from salus.model.link import KeyPath
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
    paths: tuple[KeyPath, ...] = ()  # the ways to the key through links


@dataclass(frozen=True)
class NearName:
    """An unknown name that looks like one that a link knows: `like`, of the entity `key`."""

    name: str
    rows: int
    link: str
    like: str
    key: str


@dataclass(frozen=True, kw_only=True)
class KeyCounts:
    """The number of rows of a table that have happened: all, those without a key, those with an
    unknown key (and examples), those of rows of the entity's table that aren't entities.
    """

    of: str
    facts: int
    without: int
    unknown: int
    examples: tuple[str, ...]
    left_out: int = 0  # of rows of the entity's table that `entity.where` leaves out
    ambiguous: int = 0  # whose name leads to several entities
    different: int = 0  # whose ways lead to different entities; the first one decides
    ambiguous_names: tuple[str, ...] = ()  # the most frequent ones
    near_names: tuple[NearName, ...] = ()  # unknown ones that look like known ones

    @property
    def matched(self) -> int:
        """The number of rows that belong to an entity."""
        return self.facts - self.without - self.unknown - self.left_out - self.ambiguous


def key_columns(model: Model) -> dict[tuple[str, ...], KeyColumn]:
    """The tables of sources, history, contracts and outcomes, by their place in the model."""
    columns: dict[tuple[str, ...], KeyColumn] = {}
    for source in model.sources.values():
        columns["sources", source.name] = KeyColumn(
            f"source `{source.name}`", source.table, source.key, source.time, source.keys
        )
    history = model.entity.history
    if history is not None:
        columns["entity", "history"] = KeyColumn(
            f"history `{history.table}`",
            history.table,
            model.entity.history_key,
            history.time,
            history.keys,
        )
    contracts = model.entity.contracts
    if contracts is not None:
        columns["entity", "contracts"] = KeyColumn(
            f"contracts `{contracts.table}`",
            contracts.table,
            contracts.key,
            contracts.starts,
            contracts.keys,
        )
    for outcome in model.outcomes:
        if outcome.table and outcome.key and outcome.time:
            columns["outcomes", outcome.name] = KeyColumn(
                f"outcome `{outcome.name}`",
                outcome.table,
                outcome.key,
                outcome.time,
                outcome.keys,
            )
    return columns


def count_keys(
    connection: Connection,
    place: KeyColumn,
    known: Collection[str] | None,
    left_out: Collection[str] = (),
) -> KeyCounts | None:
    """Counts the rows by their key, before any `where`. None where a lookup's table has the key.

    `known`: the keys of the entities; None where every key is an entity. `left_out`: the keys that
    only rows have that aren't entities.
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
    unlisted = {} if known is None else {key: n for key, n in counts.items() if key not in known}
    unknown = {key: n for key, n in unlisted.items() if key not in left_out}
    return KeyCounts(
        of=place.title,
        facts=without + sum(counts.values()),
        without=without,
        unknown=sum(unknown.values()),
        examples=tuple(sorted(unknown)[:3]),
        left_out=sum(unlisted.values()) - sum(unknown.values()),
    )


def load_key_column(model: Model, connection: Connection) -> pa.ChunkedArray | None:
    """The keys of the entities, one per row of their table; None where every key in the sources is
    an entity.
    """
    entity = model.entity
    if entity.table is None:
        return None
    return connection.query(
        exp.select(_entity_key(model, connection)).from_(entity_rows(model, connection))
    )["key"]


def load_left_out_keys(model: Model, connection: Connection) -> frozenset[str]:
    """The keys of the rows of the entity's table that `entity.where` leaves out."""
    kept = is_entity(model, connection)
    if kept is None:
        return frozenset()
    table = connection.table(str(model.entity.table))
    left_out = exp.case().when(kept, exp.Literal.number(0)).else_(exp.Literal.number(1))
    select = (
        exp.select(_entity_key(model, connection))
        .from_(table)
        .where(exp.EQ(this=left_out, expression=exp.Literal.number(1)))
    )
    return frozenset(filter(None, connection.query(select)["key"].to_pylist()))


def _entity_key(model: Model, connection: Connection) -> exp.Expr:
    entity = model.entity
    types = {each.name: each.type for each in connection.columns(str(entity.table))}
    return dialect(connection.dialect).key(column(entity.key), types[entity.key]).as_("key")


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
