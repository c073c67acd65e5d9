"""What a contract costs: for all seats or for one, in cents or not, as invoices say."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import pytest

from salus.draft import open_folder, write_draft
from salus.draft.answers import DraftAnswers
from salus.draft.entity_block import without_value
from salus.draft.find_picture import find_picture
from salus.draft.picture import ContractsPicture, FolderPicture

pytestmark = pytest.mark.filterwarnings("ignore")
Rows = list[dict[str, object]]


def write(folder: Path, **tables: Rows) -> None:
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def picture_of(
    path: Path, tables: dict[str, Rows], answers: DraftAnswers | None = None
) -> FolderPicture:
    write(path / "tables", **tables)
    opened = open_folder(path / "tables", path / "scratch")
    try:
        return find_picture(opened.connection, opened.skip, answers=answers)
    finally:
        opened.connection.close()


def contracts_of(path: Path, **tables: Rows) -> ContractsPicture:
    picture = picture_of(path, tables)
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
    assert without_value(found) is not None


def rates(*currencies: str) -> Rows:
    return [
        {"Date": f"2026-0{month}-01", "Currency": code, "Base currency": "SEK", "Rate": rate}
        for month in (1, 2, 3)
        for code, rate in zip(currencies, (0.087, 0.096), strict=False)
    ]


def test_currencies_that_the_rates_lack_are_named(tmp_path: Path) -> None:
    folder = tables(False, False, currencies=("sek", "eur", "usd"))
    found = contracts_of(tmp_path, **folder, rates=rates("EUR"))
    assert (found.unrated, without_value(found)) == (("USD",), None)


def test_rates_of_every_currency_lack_none(tmp_path: Path) -> None:
    folder = tables(False, False, currencies=("sek", "eur", "usd"))
    found = contracts_of(tmp_path, **folder, rates=rates("EUR", "USD"))
    assert found.rates is not None and found.rates.per == "SEK"
    assert found.unrated == ()


@pytest.mark.parametrize(
    ("listed", "note"),
    [
        ((), "table agreed: no value: the amounts are in several currencies (`Currency`)"),
        (("EUR",), "table agreed: no value of contracts in USD: rates has no rate of it"),
    ],
)
def test_what_contracts_are_not_worth_is_said_first(
    tmp_path: Path, listed: tuple[str, ...], note: str
) -> None:
    folder = tables(False, False, currencies=("sek", "eur", "usd"))
    logins: Rows = [
        {
            "Customer number": row["Customer number"],
            "event": "login",
            "timestamp": f"2026-02-{day:02}",
        }
        for n, row in enumerate(folder["agreed"])
        for day in range(1, 3 + n % 20)
    ]
    folder |= {"logins": logins} | ({"rates": rates(*listed)} if listed else {})
    write(tmp_path / "tables", **folder)
    opened = open_folder(tmp_path / "tables", tmp_path / "scratch")
    try:
        draft = write_draft(opened.connection, "try", dt.date(2026, 3, 1), skip=opened.skip)
    finally:
        opened.connection.close()
    assert draft.left_out[0].startswith(note)


def with_prices(each: bool, discount: float = 1.0, cents: bool = False) -> dict[str, Rows]:
    """Contracts without invoices, and a list with the price of a seat by plan, interval and currency."""
    plans = {"basic": 19.5, "plus": 31.25, "pro": 58.0}
    listed: Rows = [
        {
            "Price ID": f"price_{plan}_{currency}_{interval}",
            "Plan": plan,
            "Unit amount": round(price * factor * (10 if interval == "year" else 1), 2),
            "Currency": currency,
            "Interval": interval,
        }
        for plan, price in plans.items()
        for currency, factor in (("sek", 11.0), ("eur", 1.0))
        for interval in ("month", "year")
    ]
    prices = {row["Price ID"]: float(str(row["Unit amount"])) for row in listed}
    rows = tables(each, False, billed=False, currencies=("sek", "eur"))["agreed"]
    for n, row in enumerate(rows):
        plan = list(plans)[n % 3]
        price = prices[f"price_{plan}_{row['Currency']}_{row['Interval']}"] * discount
        seats = int(str(row["Licences"]))
        row |= {
            "Plan": plan,
            "Price": round(price * (1 if each else seats) * (100 if cents else 1), 2),
        }
    return {"agreed": rows, "prices": listed}


@pytest.mark.parametrize("each", [True, False])
@pytest.mark.parametrize("cents", [True, False])
def test_without_invoices_a_price_list_says_what_a_price_is_for(
    tmp_path: Path, each: bool, cents: bool
) -> None:
    found = contracts_of(tmp_path, **with_prices(each, cents=cents))
    assert (found.amount, found.per_seat) == ("Price * Licences" if each else "Price", None)


@pytest.mark.parametrize("each", [True, False])
def test_a_price_list_that_no_contract_follows_decides_nothing(tmp_path: Path, each: bool) -> None:
    found = contracts_of(tmp_path, **with_prices(each, discount=0.83))
    assert (found.amount, found.per_seat) == ("Price", "Price * Licences")


def test_a_price_beside_seats_is_a_question(tmp_path: Path) -> None:
    found = picture_of(tmp_path, tables(each=True, cents=False, billed=False))
    assert [question.code for question in found.questions] == ["contracts.amount"]
    assert found.questions[0].options == ("contract", "seat")
    assert found.customers is not None and found.customers.contracts is not None
    assert without_value(found.customers.contracts) is not None


@pytest.mark.parametrize(
    ("header", "asked"), [("Price per month", True), ("Price per seat", False), ("Preis pro Monat", True)]
)  # fmt: skip
def test_a_price_per_month_may_be_that_of_all_seats(
    tmp_path: Path, header: str, asked: bool
) -> None:
    folder = tables(each=True, cents=False, billed=False)
    folder["agreed"] = [
        {header if name == "Price" else name: value for name, value in row.items()}
        for row in folder["agreed"]
    ]
    found = contracts_of(tmp_path, **folder)
    assert (found.per_seat is not None) == asked


@pytest.mark.parametrize(
    ("answer", "amount"), [("contract", "Price"), ("seat", "Price * Licences")]
)
def test_a_person_says_what_a_price_is_for(tmp_path: Path, answer: str, amount: str) -> None:
    folder = tables(each=True, cents=False, billed=False)
    found = picture_of(tmp_path, folder, DraftAnswers(amount=answer))
    assert found.questions == ()
    assert found.customers is not None and found.customers.contracts is not None
    assert found.customers.contracts.amount == amount
    assert without_value(found.customers.contracts) is None


def test_one_seat_each_leaves_no_doubt(tmp_path: Path) -> None:
    folder = tables(each=True, cents=False, billed=False)
    for row in folder["agreed"]:
        row["Licences"] = 1
    found = contracts_of(tmp_path, **folder)
    assert (found.amount, found.per_seat) == ("Price", None)
