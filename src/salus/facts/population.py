"""The entities and their attributes: today's columns and, if it is kept, their history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from salus.errors import DataError
from salus.facts.contract_values import ContractValues
from salus.facts.exchange_rates import build_rates
from salus.facts.field_changes import AttributesToday, fill_attributes
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.partial import Attributes, Partial
from salus.facts.partials.requirements import PartialSpec
from salus.facts.spells import build_contracts
from salus.facts.sql.change_rows import (
    ChangeRows,
    attribute_value,
    select_field_changes,
    select_wide_changes,
)
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN, RECORDED, TIME
from salus.facts.sql.contract_rows import select_contracts
from salus.facts.sql.dialect import dialect
from salus.facts.sql.entities import entity_rows
from salus.facts.sql.expressions import Columns
from salus.facts.sql.keys import AmbiguousKeys
from salus.facts.sql.origin import facts_of
from salus.facts.sql.rate_rows import select_rates
from salus.facts.sql.relation import FAR, Span, column
from salus.facts.sql.total_row import FIX, find_total_row
from salus.model.contracts import VALUE
from salus.model.model import Model
from salus.sources.connection import Connection

HISTORY = PartialSpec("the entity's history", "rows")
ODD = "salus_odd_"  # prefix of a column that says whether the value is NaN or infinite


def load_entity_keys(model: Model, connection: Connection) -> pa.Array:
    """The keys of all entities that are ever part of the population, sorted by code point."""
    if model.entity.table is not None:
        return pa.array(load_attributes(model, connection, 0, None).ids, pa.string())
    columns = []
    for name in model.sources:
        facts = (
            facts_of(model, connection, name)
            .relation(Span(None, FAR), ends=False)
            .select.subquery("facts", copy=False)
        )
        keys = connection.query(exp.select(column(ENTITY)).distinct().from_(facts))
        columns.append(keys[ENTITY].cast(pa.string()).combine_chunks())
    return pa.array(
        sorted(pc.unique(pa.chunked_array(columns, pa.string())).to_pylist()), pa.string()
    )


def load_attributes(
    model: Model, connection: Connection, last: int, keys: pa.Array | None
) -> Attributes:
    """The entities by key, sorted by code point. `keys` are those of the sources, for a model
    without a table of entities.
    """
    entity = model.entity
    if entity.table is None:
        return Attributes(ids=tuple(sorted(keys.to_pylist() if keys is not None else [])))
    current, changes = select_current(model, connection), select_changes(model, connection, last)
    contracts, rates = select_contracts(model, connection), select_rates(model, connection)
    attributes = build_attributes(
        model,
        connection.query(current),
        None if changes is None else connection.query(changes),
        None if contracts is None else connection.query(contracts),
        None if rates is None else connection.query(rates),
    )
    return _with_value(attributes, model, last)


def _with_value(attributes: Attributes, model: Model, day: int) -> Attributes:
    """The attributes with the value of the contracts on a day among their columns."""
    contracts, rates = model.entity.contracts, attributes.rates
    if contracts is None or attributes.contracts is None or rates is None:
        return attributes
    values = ContractValues.of(attributes.contracts, contracts.gap, rates)
    on = values.on(day, len(attributes.ids), day)
    column_ = pa.array(on, pa.float64(), mask=np.isnan(on))
    return replace(attributes, columns={**attributes.columns, VALUE: column_})


def build_attributes(
    model: Model,
    current: pa.Table,
    changes: pa.Table | None,
    contracts: pa.Table | None = None,
    rates: pa.Table | None = None,
) -> Attributes:
    """The entities in the rows of `select_current`, with the rows of `select_changes`, of
    `select_contracts` and of `select_rates`.
    """
    entity = model.entity
    keys = current[ENTITY].cast(pa.string()).combine_chunks()
    order = pc.array_sort_indices(keys)  # by bytes of UTF-8, which is the order by code point
    ids = keys.take(order)
    if keys.null_count or pc.any(pc.equal(ids[1:], ids[:-1])).as_py():
        raise DataError(
            str(AmbiguousKeys.of(keys, str(entity.table), entity.key)), "keep one row per key"
        )
    total_row = find_total_row(model, current)
    if total_row is not None:
        raise DataError(str(total_row), FIX)
    ids_in_order = tuple(ids.to_pylist())
    history = entity.history
    if changes is not None and history is not None and history.changes is not None:
        today = AttributesToday(ids_in_order, current.take(order), model.timezone)
        changes = fill_attributes(history.changes, changes, today)
    current = _nullify_odd(current)
    columns = {
        name: current[name].combine_chunks().take(order)
        for name in current.column_names
        if name != ENTITY
    }
    value = None if entity.contracts is None else entity.contracts.value
    spells = None if contracts is None else build_contracts(contracts, ids_in_order, value)
    exchange = None if value is None else build_rates(value, rates)
    columns, odd = _split_odd(columns)
    if changes is None:
        return Attributes(
            ids=ids_in_order, columns=columns, odd=odd, contracts=spells, rates=exchange
        )
    rows, values = _sort_changes(_nullify_odd(changes), ids_in_order)
    changing, changing_odd = _split_odd(values)
    return Attributes(
        ids=ids_in_order,
        columns=columns,
        odd=odd,
        history=rows,
        changing=changing,
        changing_odd=changing_odd,
        contracts=spells,
        rates=exchange,
    )


def _nullify_odd(table: pa.Table) -> pa.Table:
    """NaN and the infinities become nulls, and a column marks them where there are any."""
    for position, name in enumerate(table.column_names):
        if (
            pa.types.is_floating(table[name].type)
            and not pc.all(finite := pc.is_finite(table[name])).as_py()
        ):
            table = table.set_column(
                position, name, pc.if_else(finite, table[name], pa.scalar(None, table[name].type))
            )
            table = table.append_column(ODD + name, fill_nulls(pc.invert(finite), False))
    return table


def _split_odd(columns: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    odd = {
        name.removeprefix(ODD): column_ for name, column_ in columns.items() if name.startswith(ODD)
    }
    return {name: column_ for name, column_ in columns.items() if not name.startswith(ODD)}, odd


def _history_columns(model: Model, connection: Connection) -> list[str]:
    """The columns of the history table that are attributes."""
    history = model.entity.history
    if history is None or history.changes is not None:
        return []
    attributes = set(model.entity.readable) - {model.entity.key}
    return [
        column.name
        for column in connection.columns(history.table)
        if column.name in attributes and column.name not in history.own_columns
    ]


def select_current(model: Model, connection: Connection) -> exp.Select:
    """The query for one row per entity: its key, and its attributes as of today."""
    entity, rules = model.entity, dialect(connection.dialect)
    assert entity.table is not None
    every = {c.name: c.type for c in connection.columns(entity.table)}
    types = {name: kind for name, kind in every.items() if name in set(entity.columns)}
    missing = set(entity.columns) - set(types) - set(_history_columns(model, connection))
    if missing:
        raise DataError(
            f"table {entity.table} has no column"
            f" {', '.join(f'`{name}`' for name in sorted(missing))}",
            "run `salus check`",
        )
    columns = Columns(types, rules, model.timezone)
    key = rules.key(column(entity.key), types[entity.key]).as_(ENTITY)
    return exp.select(key, *(attribute_value(name, columns, entity.ends) for name in types)).from_(
        entity_rows(model, connection)
    )


def select_changes(model: Model, connection: Connection, last: int) -> exp.Select | None:
    """The query for one row per change of an attribute known before `last`; None if no history is
    kept.
    """
    history = model.entity.history
    if history is None:
        return None
    if history.changes is not None:
        rows = ChangeRows.of(model, connection, history)
        return select_field_changes(rows, history.changes, last)
    names = _history_columns(model, connection)
    if not names:
        return None
    return select_wide_changes(ChangeRows.of(model, connection, history), names, last)


def _sort_changes(table: pa.Table, ids: tuple[str, ...]) -> tuple[Partial, dict[str, Any]]:
    """The changes by entity and rank: of those known at a date the last one counts."""
    ranks = [name for name in (TIME, RECORDED) if name in table.column_names]
    changing = sorted(set(table.column_names) - {ENTITY, BEGUN, KNOWN, TIME, RECORDED})
    keys = [
        (name, "ascending", "at_start")
        for name in (*ranks, *(name for name in changing if not name.startswith(ODD)))
    ]
    table = table.take(pc.sort_indices(table, sort_keys=keys)).combine_chunks()
    position = pc.index_in(
        table[ENTITY].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    table, position = table.filter(pc.is_valid(position)), position.drop_null()
    entity = position.to_numpy(zero_copy_only=False).astype(np.int32)
    order = np.argsort(entity, kind="stable")
    days = {
        name: table[column_].combine_chunks().cast(pa.date32()).cast(pa.int32()).to_numpy()[order]
        for name, column_ in (("begun", BEGUN), ("known", KNOWN))
    }
    values = {name: table[name].combine_chunks().take(pa.array(order)) for name in changing}
    return Partial(HISTORY, entity[order], days), values
