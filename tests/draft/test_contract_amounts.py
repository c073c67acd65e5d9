"""What a contract costs: for all seats or for one, in cents or not, as invoices say."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.picture import ContractsPicture

pytestmark = pytest.mark.filterwarnings("ignore")
Rows = list[dict[str, object]]


def write(folder: Path, **tables: Rows) -> None:
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def contracts_of(path: Path, **tables: Rows) -> ContractsPicture:
    write(path / "tables", **tables)
    opened = open_folder(path / "tables", path / "scratch")
    try:
        picture = find_picture(opened.connection, opened.skip)
    finally:
        opened.connection.close()
    assert picture.customers is not None, picture.questions
    assert picture.customers.contracts is not None
    return picture.customers.contracts


def tables(
    each: bool, cents: bool, billed: bool = True, currencies: tuple[str, ...] = ("sek",)
) -> dict[str, Rows]:
    """Contracts of a vendor, and invoices of each. `each`: a price is for one seat."""
    order = random.Random(3)
    agreed: Rows = []
    invoices: Rows = []
    for n in range(30):
        seats, price = order.randint(2, 40), order.randint(7, 90)
        period = price * seats
        agreed.append(
            {
                "Contract number": f"V-{n}-{order.randint(100, 999)}",
                "Customer number": f"K{n}z{n * n}",
                "Company": f"Works {n} Ltd",
                "Start date": f"2025-03-{n % 28 + 1:02}",
                "End date": f"2026-02-{n % 28 + 1:02}" if n % 4 == 0 else "",
                "Price": (price if each else period) * (100 if cents else 1),
                "Licences": seats,
                "Currency": currencies[n % len(currencies)],
                "Interval": ("month", "year")[n % 2],
            }
        )
        for m in range(3):
            invoices.append(
                {
                    "Invoice number": f"R{n:03}{m}",
                    "Contract number": agreed[-1]["Contract number"],
                    "Invoice date": f"2025-{4 + m:02}-02",
                    "Due date": f"2025-{4 + m:02}-20",
                    "Net amount": f"{period}.00",
                    "Total": f"{period * 1.19:.2f}",
                }
            )
    return {"agreed": agreed, "billed": invoices} if billed else {"agreed": agreed, "x": [{"a": 1}]}


@pytest.mark.parametrize("each", [True, False])
@pytest.mark.parametrize("cents", [True, False])
def test_invoices_say_what_a_price_is_for(tmp_path: Path, each: bool, cents: bool) -> None:
    found = contracts_of(tmp_path, **tables(each, cents))
    assert found.amount == ("Price * Licences" if each else "Price")
    assert found.unit == ("cents" if cents else None)
    assert found.per == "1 * (Interval = 'month') + 12 * (Interval = 'year')"


def test_one_currency_needs_no_rates(tmp_path: Path) -> None:
    found = contracts_of(tmp_path, **tables(each=False, cents=False))
    assert (found.currency, found.rates) == ("SEK", None)


def test_two_currencies_are_a_column(tmp_path: Path) -> None:
    found = contracts_of(tmp_path, **tables(False, False, currencies=("sek", "eur")))
    assert found.currency == "Currency"
