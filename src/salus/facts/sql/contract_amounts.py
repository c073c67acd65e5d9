"""The columns of a contract that say what it is worth."""

from __future__ import annotations

from sqlglot import exp

from salus.facts.sql.columns import AMOUNT, CURRENCY, MONTHS
from salus.facts.sql.dialect import SQL, cast
from salus.facts.sql.expressions import Columns, compute_column
from salus.facts.sql.relation import column
from salus.model.contracts import ContractValue
from salus.model.expressions.expression import Compute, Constant, Expression, Name


def value_columns(value: ContractValue, columns: Columns) -> dict[str, SQL]:
    """The amount of a contract, the months that it covers, and its currency if a column has it."""
    result = {
        AMOUNT: _number(value.amount, columns),
        MONTHS: _number(value.months, columns),
    }
    if isinstance(value.currency, Name):
        result[CURRENCY] = cast(column(value.currency.name), "text")
    return {name: exp.paren(sql) for name, sql in result.items()}


def _number(expression: Expression, columns: Columns) -> SQL:
    """The expression as a double; also a comparison, or a column without any value."""
    return compute_column(Compute("*", expression, Constant(1.0)), columns)[0]
