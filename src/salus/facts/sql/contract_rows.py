"""The query for the contracts of all entities."""

from __future__ import annotations

from sqlglot import exp

from salus.errors import DataError
from salus.facts.sql.columns import BEGUN, ENDED, ENTITY, KNOWN
from salus.facts.sql.contract_amounts import value_columns
from salus.facts.sql.dialect import SQL, cast, dialect
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.links import KeyedTable, keyed_table
from salus.facts.sql.relation import column
from salus.facts.sql.sql_helpers import open_end
from salus.model.expressions.expression import find_names
from salus.model.model import Model
from salus.sources.connection import Connection


def select_contracts(model: Model, connection: Connection) -> exp.Select | None:
    """One row per contract that counts: the entity's key, the days on which the contract begins and
    ends, and the day on which the end became known; and what it is worth, if the model says so. None
    if the model has no contracts.

    Contracts without a key or a first day are left out.
    """
    contracts = model.entity.contracts
    if contracts is None:
        return None
    rules = dialect(connection.dialect)
    columns = {each.name for each in connection.columns(contracts.table)}
    named = (*contracts.key_columns, contracts.starts, contracts.ends, contracts.decided)
    missing = {*filter(None, named), *find_names(contracts.where), *contracts.value_columns}
    missing -= columns
    if missing:
        names = ", ".join(f"`{name}`" for name in sorted(missing))
        raise DataError(f"table {contracts.table} has no column {names}", "run `salus check`")

    rows, types = keyed_table(
        model, connection, KeyedTable(contracts.table, contracts.keys, contracts.starts)
    )

    def day(name: str | None) -> SQL:
        if name is None:
            return cast(exp.null(), "date")
        return open_end(rules.day(column(name), types[name], model.timezone))

    readable = Columns(types, rules, model.timezone)
    worth = {} if contracts.value is None else value_columns(contracts.value, readable)
    begun = rules.day(column(contracts.starts), types[contracts.starts], model.timezone)
    select = exp.select(
        rules.key(column(contracts.key), types[contracts.key]).as_(ENTITY),
        begun.as_(BEGUN),
        day(contracts.ends).as_(ENDED),
        day(contracts.decided).as_(KNOWN),
        *(sql.as_(name) for name, sql in worth.items()),
    ).from_(rows)
    if contracts.where is not None:
        select = select.where(condition(contracts.where, readable))
    present = [
        exp.not_(exp.Is(this=column(name), expression=exp.null())) for name in (ENTITY, BEGUN)
    ]
    own = [column(name) for name in (ENTITY, BEGUN, ENDED, KNOWN, *worth)]
    return exp.select(*own).from_(select.subquery("contracts", copy=False)).where(*present)
