"""The rows of the entity's table that are entities: all of them, or those that meet `where`."""

from __future__ import annotations

from sqlglot import exp

from salus.facts.sql.dialect import SQL, dialect
from salus.facts.sql.expressions import Columns, condition
from salus.model.model import Model
from salus.sources.connection import Connection


def entity_rows(model: Model, connection: Connection) -> exp.Table | exp.Subquery:
    """The table of the entities as part of a query, without the rows that aren't entities."""
    assert model.entity.table is not None
    table = connection.table(model.entity.table)
    kept = is_entity(model, connection)
    if kept is None:
        return table
    return exp.select(exp.Star()).from_(table).where(kept).subquery("salus_entities", copy=False)


def is_entity(model: Model, connection: Connection) -> SQL | None:
    """Whether a row of the table is an entity; None if every row is one."""
    entity = model.entity
    if entity.where is None or entity.table is None:
        return None
    types = {each.name: each.type for each in connection.columns(entity.table)}
    return condition(entity.where, Columns(types, dialect(connection.dialect), model.timezone))
