"""Whether price lists say that the amount of a contract is for one seat, or for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table_roles import numeric
from salus.sources.connection import Connection

AmountOf = Literal["contract", "seat"]
FEWEST = 5  # contracts with several seats that are needed to tell
AGREEMENT = 0.6  # share of them whose amount follows from the price list
FOUND = 0.9  # share of the rows of a column whose values must be in the price list
_EXACT = 0.005  # amounts are rounded
_SCALES = (1.0, 100.0, 0.01)  # one table in cents
MOST_ROWS = 100_000
_DETAILS = frozenset({"currency", "unit", "period_unit", "period_count"})


@dataclass(frozen=True)
class PriceList:
    """A list of prices, and the columns of contracts that say which of them applies."""

    table: TableProfile
    price: ColumnProfile
    pairs: tuple[tuple[str, str], ...]  # a column of contracts, and one of the list

    @classmethod
    def of(cls, table: TableProfile, contracts: TableProfile) -> PriceList | None:
        """The list in a table; None if it holds no prices of what the contracts are about."""
        price = numeric(table, "unit_price", "amount")
        pairs = [pair for c in contracts.columns if (pair := _pair(c, table)) is not None]
        if price is None or all(own.meanings & _DETAILS for own, _ in pairs):
            return None
        return cls(table, price, tuple((own.name, other.name) for own, other in pairs))


def read_price_lists(
    connection: Connection,
    contracts: TableProfile,
    amount: ColumnProfile,
    seats: ColumnProfile,
    tables: Iterable[TableProfile],
) -> AmountOf | None:
    """What the amount is for, as the first price list says that can tell; None if none can."""
    for table in tables:
        prices = PriceList.of(table, contracts)
        if prices is not None:
            said = _compare(connection, contracts, (amount, seats), prices)
            if said is not None:
                return said
    return None


def _pair(own: ColumnProfile, table: TableProfile) -> tuple[ColumnProfile, ColumnProfile] | None:
    """The column of a list that holds nearly all values of a column, and most rows of it."""
    total = sum(own.frequent_values.values())
    shares = [
        (sum(n for word, n in own.frequent_values.items() if word in c.frequent_values) / total, c)
        for c in table.columns
        if own.type == c.type == "text" and total
    ]
    fitting = [(share, c) for share, c in shares if share >= FOUND]
    return (own, max(fitting, key=lambda pair: (pair[0], pair[1].name))[1]) if fitting else None


def _compare(
    connection: Connection,
    contracts: TableProfile,
    columns: tuple[ColumnProfile, ColumnProfile],
    prices: PriceList,
) -> AmountOf | None:
    """What most amounts are for; None if too few agree, or if they agree with both."""
    listed: dict[tuple[object, ...], list[float]] = {}
    own, others = zip(*prices.pairs, strict=True)
    for row in _rows(connection, prices.table.name, (*others, prices.price.name)):
        if row[-1]:
            listed.setdefault(tuple(row[:-1]), []).append(_number(row[-1]))
    agree, rows = dict.fromkeys(("contract", "seat"), 0), 0
    names = (*own, *(column.name for column in columns))
    for *key, amount, seats in _rows(connection, contracts.name, names):
        possible = listed.get(tuple(key), [])
        if not amount or not seats or _number(seats) <= 1 or not possible:
            continue
        rows += 1
        agree["seat"] += _is_listed(_number(amount), possible)
        agree["contract"] += _is_listed(_number(amount) / _number(seats), possible)
    return _clear(agree, rows)


def _clear(agree: Mapping[str, int], rows: int) -> AmountOf | None:
    if rows < FEWEST:
        return None
    whole, single = agree["contract"], agree["seat"]
    if single >= AGREEMENT * rows and single > 2 * whole:
        return "seat"
    return "contract" if whole >= AGREEMENT * rows and whole > 2 * single else None


def _is_listed(amount: float, prices: Sequence[float]) -> bool:
    return any(abs(amount / (price * scale) - 1) < _EXACT for price in prices for scale in _SCALES)


def _number(value: object) -> float:
    return float(str(value))


def _rows(connection: Connection, table: str, names: Sequence[str]) -> list[list[object]]:
    columns = [exp.column(name, quoted=True).as_(f"c{n}") for n, name in enumerate(names)]
    query = exp.select(*columns).from_(connection.table(table)).limit(MOST_ROWS)
    return [list(row.values()) for row in connection.query(query).to_pylist()]
