"""The query for exchange rates."""

from __future__ import annotations

from sqlglot import exp

from salus.errors import DataError
from salus.facts.rate_columns import find_rate_columns
from salus.facts.sql.columns import CURRENCY, DAY, RATE
from salus.facts.sql.dialect import cast, dialect
from salus.facts.sql.relation import column
from salus.model.model import Model
from salus.sources.connection import Connection


def select_rates(model: Model, connection: Connection) -> exp.Select | None:
    """One row per exchange rate: its day, its currency and the rate. None if the model has no rates."""
    declared = None if model.entity.contracts is None else model.entity.contracts.rates
    if declared is None:
        return None
    rules = dialect(connection.dialect)
    types = {each.name: each.type for each in connection.columns(declared.table)}
    rates, missing = find_rate_columns(declared, types)
    for each in missing:
        raise DataError(str(each), each.fix)
    date, currency, rate = str(rates.date), str(rates.currency), str(rates.rate)
    for name in (date, currency, rate):
        if name not in types:
            raise DataError(f"table {rates.table} has no column `{name}`", "run `salus check`")
    return exp.select(
        rules.day(column(date), types[date], model.timezone).as_(DAY),
        cast(column(currency), "text").as_(CURRENCY),
        cast(column(rate), "double").as_(RATE),
    ).from_(connection.table(rates.table))
