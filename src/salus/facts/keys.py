"""Whom the rows of a source belong to: rows without a key, and rows whose key is no entity."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from salus.facts.dialect import cast
from salus.facts.relation import column
from salus.model.model import Model
from salus.sources.connection import Connection


@dataclass(frozen=True)
class Keys:
    """Rows of a source that have happened: all, those without a key, those with an unknown one (and examples)."""

    source: str
    facts: int
    without: int
    unknown: int
    examples: tuple[str, ...]


def keys_of(model: Model, connection: Connection, name: str) -> Keys:
    """Count the rows by their key, before `where`. With a lookup the key is the other table's: nothing is counted."""
    source = model.sources[name]
    if source.key not in {found.name for found in connection.columns(source.table)}:
        return Keys(name, -1, 0, 0, ())
    key = cast(column(source.key), "text").as_("key")
    happened = exp.not_(exp.Is(this=column(source.time), expression=exp.null()))
    select = exp.select(key, cast(exp.Count(this=exp.Star()), "bigint").as_("n")).from_(
        connection.table(source.table)).where(happened).group_by(exp.Literal.number(1))
    counts = {row["key"]: int(row["n"]) for row in connection.query(select).to_pylist()}
    without = counts.pop(None, 0)
    known = _entities(model, connection)
    strange = {} if known is None else {key: n for key, n in counts.items() if key not in known}
    return Keys(name, without + sum(counts.values()), without, sum(strange.values()), tuple(sorted(strange)[:3]))


def _entities(model: Model, connection: Connection) -> frozenset[str] | None:
    """The keys of the entity's table; None where every key is an entity."""
    entity = model.entity
    if entity.table is None:
        return None
    select = exp.select(cast(column(entity.key), "text").as_("key")).from_(connection.table(entity.table))
    return frozenset(connection.query(select)["key"].to_pylist())
