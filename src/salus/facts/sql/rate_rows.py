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
    """One row per exchange rate: its day, its currency, and how many units of it are 1 unit of the
    currency of all rates. None if the model has no rates.
    """
    declared = None if model.entity.contracts is None else model.entity.contracts.rates
    if declared is None:
        return None
    rules = dialect(connection.dialect)
    types = {each.name: each.type for each in connection.columns(declared.table)}
    rates, missing = find_rate_columns(declared, types)
    for each in missing:
        raise DataError(str(each), each.fix)
    date, currency, rate = str(rates.date), str(rates.currency), str(rates.rate)
    for name in (date, currency, rate, *((rates.to,) if rates.to else ())):
        if name not in types:
            raise DataError(f"table {rates.table} has no column `{name}`", "run `salus check`")
    day = rules.day(column(date), types[date], model.timezone).as_(DAY)
    code, number = cast(column(currency), "text"), cast(column(rate), "double")
    if rates.to is None:
        query = exp.select(day, code.as_(CURRENCY), number.as_(RATE))
        return query.from_(connection.table(rates.table))
    other = cast(column(rates.to), "text")
    into, out = _is_code(other, rates.per), _is_code(code, rates.per)
    inverse = exp.Div(
        this=exp.Literal.number("1.0"),
        expression=exp.func("NULLIF", number.copy(), exp.Literal.number("0.0")),
    )
    return (
        exp.select(
            day,
            exp.case().when(into, code).else_(other).as_(CURRENCY),
            exp.case().when(into.copy(), inverse).else_(number).as_(RATE),
        )
        .from_(connection.table(rates.table))
        .where(exp.or_(into.copy(), out))
    )


def _is_code(text: exp.Expr, code: str) -> exp.Expr:
    """Whether a text is the code of a currency, in capitals or not."""
    return exp.EQ(
        this=exp.Upper(this=exp.Trim(this=text.copy())), expression=exp.Literal.string(code)
    )
