"""What a contract costs per period: for all seats or for one, in whole units or in cents.

Invoices decide where there are any: an amount that customers are billed is right. Else a price list
decides.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from salus.draft.headers import normalise
from salus.draft.overlaps import ColumnValues, headers_agree
from salus.draft.picture import quote_name
from salus.draft.price_lists import read_price_lists
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.table_roles import numeric
from salus.sources.connection import Connection

_CENTS = frozenset(["cents", "cent", "ore", "pence", "minor"])
_PERIOD_WORDS = frozenset(
    ["month", "quarter", "year", "monat", "quartal", "jahr", "maned", "kvartal", "ar"]
)
FEWEST = 5  # contracts with an invoice that are needed to tell
AGREEMENT = 0.4  # share of them whose invoices must agree
LEAST, MOST = 0.75, 1.06  # contract divided by invoice: invoices may contain tax
MOST_ROWS = 100_000
#: Amounts that cover other periods than invoices do, in periods of invoices.
_PERIODS: Mapping[str, tuple[float, ...]] = {
    "monthly": (1, 1 / 3, 1 / 6, 1 / 12),
    "yearly": (1, 2, 4, 12),
}


@dataclass(frozen=True)
class BillKey:
    """A column of invoices whose values are those of a column of contracts."""

    invoices: TableProfile
    column: str
    target: str


@dataclass(frozen=True)
class ContractAmount:
    """The columns whose product is the amount of a contract, and whether it is in cents."""

    factors: tuple[ColumnProfile, ...]
    cents: bool
    per_seat: str | None = None  # the amount if it is for one seat, where the data don't say that

    @property
    def text(self) -> str:
        """The amount as the model language writes it."""
        return " * ".join(quote_name(column.name) for column in self.factors)


def find_amount(
    connection: Connection,
    table: TableProfile,
    bills: Sequence[BillKey] = (),
    lists: Sequence[TableProfile] = (),
) -> ContractAmount | None:
    """The amount of the contracts in a table; None if no column holds one. `lists`: tables that may
    list prices.
    """
    price, seats = numeric(table, "unit_price"), numeric(table, "seats")
    single = price or numeric(table, "yearly", "monthly", "amount")
    if single is None:
        return None
    alone = (single,)
    each = (single, seats) if seats is not None and seats is not single else alone
    for bill in bills:
        choices = (alone, each) if each != alone else (alone,)
        amount = _compare(connection, table, bill, choices)
        if amount is not None:
            return amount
    each_seat = price is not None and not _is_per_period(price)
    if each_seat or seats is None or not _is_unclear(single, seats):
        factors = each if each_seat else alone
        return ContractAmount(factors, _says_cents(factors))
    said = read_price_lists(connection, table, single, seats, lists)
    factors = each if said == "seat" else alone
    doubt = " * ".join(quote_name(column.name) for column in each) if said is None else None
    return ContractAmount(factors, _says_cents(factors), doubt)


def _is_per_period(price: ColumnProfile) -> bool:
    """Whether the header of a price names a period alone, so that it may be that of all seats.

    "Price per month" does, "Preis pro Platz" doesn't.
    """
    words = normalise(price.name).split()
    return len(words) == 3 and words[-1] in _PERIOD_WORDS


def _is_unclear(amount: ColumnProfile, seats: ColumnProfile) -> bool:
    """Whether the headers leave open what an amount is for. Recurring revenue is that of all seats."""
    many = seats.maximum is not None and float(seats.maximum) > 1
    return many and amount is not seats and not amount.meanings & {"monthly", "yearly"}


def _says_cents(factors: Sequence[ColumnProfile]) -> bool:
    """Whether the tool or a header says that amounts are in cents."""
    if any(column.fractional for column in factors):
        return False
    return any(
        "cents" in column.meanings or set(normalise(column.name).split()) & _CENTS
        for column in factors
    )


def _compare(
    connection: Connection,
    table: TableProfile,
    bill: BillKey,
    choices: Sequence[tuple[ColumnProfile, ...]],
) -> ContractAmount | None:
    """The factors that give what invoices say; None if too few agree."""
    net = numeric(bill.invoices, "net", "amount")
    if net is None:
        return None
    hundredth = 100 if _says_cents([net]) else 1
    billed = _medians(connection, bill.invoices.name, bill.column, [net.name])
    best, most = None, AGREEMENT
    for factors in choices:
        agreed = _medians(connection, table.name, bill.target, [c.name for c in factors])
        ratios = [agreed[key] * hundredth / billed[key] for key in agreed if billed.get(key)]
        if len(ratios) < FEWEST:
            continue
        means = factors[0].meanings
        periods = next((p for name, p in _PERIODS.items() if name in means), (1.0,))
        for cents in (False, True):
            scales = [period * (100 if cents else 1) for period in periods]
            agree = sum(any(LEAST < r / s < MOST for s in scales) for r in ratios) / len(ratios)
            if agree > most:
                best, most = ContractAmount(factors, cents), agree
    return best


def find_bill_key(
    invoices: TableProfile, columns: Sequence[ColumnValues], contracts: Sequence[ColumnValues]
) -> BillKey | None:
    """The column of invoices that names contracts best: each of them, or else their customers."""
    best, most = None, (False, 0)
    for column in columns:
        for target in contracts:
            if column.kind != "id" or target.kind != "id":
                continue
            if (column.dense or target.dense) and not headers_agree(column, target, False):
                continue
            shared = len(column.counts.keys() & target.counts.keys())
            rank = target.is_unique, shared
            if shared >= max(FEWEST, 0.5 * len(column.counts)) and rank > most:
                best, most = BillKey(invoices, column.column, target.column), rank
    return best


def _medians(
    connection: Connection, table: str, key: str, factors: Sequence[str]
) -> dict[str, float]:
    """The median product of the columns for each key."""
    columns = [exp.column(name, quoted=True).as_(f"c{n}") for n, name in enumerate([key, *factors])]
    rows = connection.query(
        exp.select(*columns).from_(connection.table(table)).limit(MOST_ROWS)
    ).to_pylist()
    products: dict[str, list[float]] = {}
    for row in rows:
        numbers = [row[f"c{n + 1}"] for n in range(len(factors))]
        if row["c0"] is not None and all(number is not None for number in numbers):
            product = 1.0
            for number in numbers:
                product *= float(number)
            products.setdefault(str(row["c0"]), []).append(product)
    return {key: statistics.median(values) for key, values in products.items()}
