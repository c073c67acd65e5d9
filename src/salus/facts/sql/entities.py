"""The rows of the entity's table that are entities: all of them, or those that meet `where`.

Where the table holds the contracts too, the contract that begins last is the row of its entity.
"""

from __future__ import annotations

from sqlglot import exp

from salus.facts.sql.dialect import SQL, dialect
from salus.facts.sql.expressions import Columns, condition
from salus.model.model import Model
from salus.sources.connection import Connection

NEWEST = "salus_newest"  # the place of a contract among those of its entity, the latest first


def entity_rows(model: Model, connection: Connection) -> exp.Table | exp.Subquery:
    """The table of the entities as part of a query, without the rows that aren't entities."""
    assert model.entity.table is not None
    table = connection.table(model.entity.table)
    kept = is_entity(model, connection)
    newest = _place_of_contract(model, connection)
    if newest is not None:
        rows = exp.select(exp.Star(), newest.as_(NEWEST)).from_(table)
        ranked = (rows if kept is None else rows.where(kept)).subquery("salus_ranked", copy=False)
        first = exp.EQ(this=exp.column(NEWEST), expression=exp.Literal.number(1))
        select = exp.select(exp.Star()).from_(ranked).where(first)
        return select.subquery("salus_entities", copy=False)
    if kept is None:
        return table
    return exp.select(exp.Star()).from_(table).where(kept).subquery("salus_entities", copy=False)


def _place_of_contract(model: Model, connection: Connection) -> exp.Window | None:
    """The place of a row among the contracts of its entity; None if the table holds no contracts.

    Of contracts that begin together the place follows from the columns that the model uses.
    """
    entity = model.entity
    contracts = entity.contracts
    if contracts is None or contracts.table != entity.table or contracts.key != entity.key:
        return None
    types = {each.name: each.type for each in connection.columns(contracts.table)}
    names = dict.fromkeys((contracts.starts, *entity.columns, *filter(None, [contracts.ends])))
    order = [
        exp.Ordered(this=exp.column(name, quoted=True), desc=True, nulls_first=False)
        for name in names
        if name in types and name != entity.key
    ]
    key = dialect(connection.dialect).key(exp.column(entity.key, quoted=True), types[entity.key])
    return exp.Window(this=exp.RowNumber(), partition_by=[key], order=exp.Order(expressions=order))


def is_entity(model: Model, connection: Connection) -> SQL | None:
    """Whether a row of the table is an entity; None if every row is one."""
    entity = model.entity
    if entity.where is None or entity.table is None:
        return None
    types = {each.name: each.type for each in connection.columns(entity.table)}
    return condition(entity.where, Columns(types, dialect(connection.dialect), model.timezone))
