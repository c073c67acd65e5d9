"""Which currencies the amounts of a table are in, and which of them have a rate."""

from __future__ import annotations

import re

from salus.draft.picture import RatesPicture
from salus.draft.profile import ColumnProfile, TableProfile

CODE = re.compile(r"[A-Za-z]{3}")


def find_codes(column: ColumnProfile) -> frozenset[str]:
    """The codes of currencies in a column, in capitals; none if it holds anything else."""
    codes = frozenset(value.strip().upper() for value in column.frequent_values)
    return codes if all(map(CODE.fullmatch, codes)) else frozenset()


def several_currencies(table: TableProfile) -> str | None:
    """The column that says that the amounts of a table are in several currencies."""
    columns = [
        column
        for column in table.columns
        if column.type == "text" and "currency" in column.meanings - {"unit"}
    ]
    named = [column.name for column in columns if len(find_codes(column)) > 1]
    return named[0] if named else None


def explain_several(column: str) -> str:
    """Why amounts can't be added up."""
    return (
        f"the amounts are in several currencies (`{column}`), and no table has rates that say how many"
        " units of each are 1 of another"
    )


def without_rate(
    contracts: TableProfile, currency: str | None, rates: RatesPicture, table: TableProfile
) -> tuple[str, ...]:
    """The currencies of contracts that the table of rates doesn't know."""
    if currency is None or not contracts.has(currency):
        return ()
    known = {rates.per}
    for name in (rates.currency, rates.to):
        known |= find_codes(table.column(name)) if name is not None else set()
    return tuple(sorted(find_codes(contracts.column(currency)) - known))
