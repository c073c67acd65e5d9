"""Warnings about contracts: a condition that no row meets, amounts and exchange rates that are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from salus.errors import Problem
from salus.facts.contract_values import ContractValues
from salus.facts.exchange_rates import build_rates
from salus.facts.partials.partial import Partial
from salus.facts.spells import build_contracts
from salus.facts.sql.contract_rows import select_contracts
from salus.facts.sql.keys import load_key_column
from salus.facts.sql.rate_rows import select_rates
from salus.model.contracts import Contracts
from salus.model.model import Model
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.periods.day import date_of, day_number
from salus.sources.connection import Connection

OLD = 92  # days; a rate that is older is named


def check_contracts(
    model: Model, connection: Connection, places: ModelLocations, as_of: dt.date
) -> Iterator[Problem]:
    """Warnings about the contracts of the entities, as they are valued on the date."""
    contracts, select = model.entity.contracts, select_contracts(model, connection)
    if contracts is None or select is None:
        return
    rows, keys = connection.query(select), load_key_column(model, connection)
    assert keys is not None
    if not rows.num_rows:
        yield from _no_rows(contracts, connection, places)
        return
    ids = sorted(keys.unique().drop_null().to_pylist())
    partial = build_contracts(rows, ids, contracts.value)
    if contracts.value is None or not len(partial):
        return
    yield from _without_amount(partial, ids, places)
    rates = select_rates(model, connection)
    exchange = build_rates(contracts.value, None if rates is None else connection.query(rates))
    values = ContractValues.of(partial, contracts.gap, exchange)
    yield from _rates(model, values, places, day_number(as_of))


def _no_rows(
    contracts: Contracts, connection: Connection, places: ModelLocations
) -> Iterator[Problem]:
    """A warning if the table has rows, but `where` or the days leave all of them out."""
    anything = exp.select(exp.Literal.number(1)).from_(connection.table(contracts.table)).limit(1)
    if not connection.query(anything).num_rows:
        yield places.problem(
            ("entity", "contracts", "table"),
            f"table `{shorten(contracts.table)}` has no rows, so nobody has a contract",
            "export it again, or name another table",
            "warning",
        )
    elif contracts.where is not None:
        yield places.problem(
            ("entity", "contracts", "where"),
            "no row meets `where` of the contracts, so nobody has a contract",
            "check its values and its columns",
            "warning",
        )


def _without_amount(
    contracts: Partial, ids: list[str], places: ModelLocations
) -> Iterator[Problem]:
    absent = np.flatnonzero(~contracts["present"])
    if not len(absent):
        return
    owners = list(dict.fromkeys(ids[entity] for entity in contracts.entity[absent].tolist()))
    more = f" and {len(owners) - 3} more" if len(owners) > 3 else ""
    yield places.problem(
        ("entity", "contracts", "amount"),
        f"{len(absent)} of {len(contracts)} contracts have no amount, or one that covers no months:"
        f" those of {', '.join(map(shorten, owners[:3]))}{more}",
        "their value isn't counted; fill the columns, or leave these contracts out with `where`",
        "warning",
    )


def _rates(
    model: Model, values: ContractValues, places: ModelLocations, as_of: int
) -> Iterator[Problem]:
    """Warnings about currencies without a rate on the date, and about rates that are old by then."""
    contracts = model.entity.contracts
    if contracts is None or contracts.value is None or contracts.value.currency is None:
        return  # the amounts are in the currency of the values
    key = "rates" if contracts.rates is not None else "currency"
    path = ("entity", "contracts", key)
    runs = (values.first < as_of) & (as_of <= values.last)
    for currency, rows in values.by_currency():
        entities = _count(values.rows.entity[rows[runs[rows]]])
        if not entities:
            continue
        noun = model.entity.name if entities == 1 else model.entity.names
        if not currency:
            yield places.problem(
                ("entity", "contracts", "currency"),
                f"contracts of {entities} {noun} have no currency, so their value is missing",
                "fill the column, or leave these contracts out with `where`",
                "warning",
            )
            continue
        factor = values.rates.factors(currency, np.array([as_of], dtype=np.int32))
        if np.isnan(factor[0]):
            yield places.problem(
                path,
                f"there is no exchange rate for {shorten(currency)} before {date_of(as_of)}, so the"
                f" value of {entities} {noun} is missing",
                "add the rate to the table of `rates`",
                "warning",
            )
            continue
        newest = values.rates.newest(currency, as_of)
        if newest is not None and as_of - newest > OLD:
            yield places.problem(
                path,
                f"the newest exchange rate for {shorten(currency)} is of {date_of(newest)}, but values"
                f" are needed on {date_of(as_of)}",
                "add newer rates to the table of `rates`",
                "warning",
            )


def _count(entities: NDArray[np.int32]) -> int:
    return len(set(entities.tolist()))
