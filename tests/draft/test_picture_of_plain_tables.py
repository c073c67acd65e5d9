"""Pictures of folders from tools that no profile knows, in German, Danish and English."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.picture import FolderPicture

pytestmark = pytest.mark.filterwarnings("ignore")
Rows = list[dict[str, object]]
BEGIN, END = dt.date(2025, 1, 1), dt.date(2026, 8, 31)
PARTS = ("Holz", "Stein", "Wald", "Berg", "Fluss", "Korn", "Licht", "Eisen")
NAMES = [f"{a}{b.lower()} GmbH" for a in PARTS for b in PARTS if a != b]


def picture_of(path: Path, tables: Mapping[str, Rows]) -> FolderPicture:
    folder = path / "tables"
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
    opened = open_folder(folder, path / "scratch")
    try:
        return find_picture(opened.connection, opened.skip)
    finally:
        opened.connection.close()


def roles_of(picture: FolderPicture) -> dict[str, str]:
    return {table.name: table.role for table in picture.tables}


def times_of(picture: FolderPicture) -> dict[str, tuple[str | None, str | None]]:
    return {table.name: (table.time, table.until) for table in picture.tables if table.time}


def all_match(picture: FolderPicture) -> bool:
    return all(table.matched == table.rows for table in picture.tables)


class Days:
    """Days of the last two years, as a tool writes them."""

    def __init__(self, form: str) -> None:
        self.form, self.random = form, random.Random(5)

    def write(self, day: dt.date) -> str:
        return day.strftime(self.form)

    def __next__(self) -> dt.date:
        return BEGIN + dt.timedelta(days=self.random.randrange((END - BEGIN).days))


def test_german_tables(tmp_path: Path) -> None:
    days, order = Days("%d.%m.%Y"), random.Random(1)
    numbers = [10_000 + 17 * n for n in range(len(NAMES))]
    customers: Rows = []
    contracts: Rows = []
    for n, (number, name) in enumerate(zip(numbers, NAMES, strict=True)):
        gone = n % 4 == 0
        customers.append(
            {
                "Kundennummer": number,
                "Firma": name,
                "Branche": "Bau",
                "Betreuer": ("Anna", "Bernd")[n % 2],
                "Kunde seit": days.write(BEGIN),
                "Letzter Kontakt": days.write(END),
                "Status": "gekündigt" if gone else "aktiv",
            }
        )
        contracts.append(
            {
                "Vertragsnummer": f"V{2000 + n}",
                "Kundennummer": number,
                "Tarif": "Basis",
                "Beginn": days.write(BEGIN),
                "Ende": "30.06.2026" if gone else "31.12.9999",
                "Gekündigt am": "02.05.2026" if gone else "",
                "Monatsbetrag": f"{order.randint(1, 9)}00,00",
            }
        )
    invoices: Rows = [
        {
            "Rechnungsnummer": f"RE-{n}",
            "Kundennummer": order.choice(numbers),
            "Rechnungsdatum": days.write(day := next(days)),
            "Fällig am": days.write(day + dt.timedelta(days=14)),
            "Nettobetrag": "100,00",
            "Bezahlt am": days.write(day + dt.timedelta(days=20)),
            "Status": ("bezahlt", "storniert")[n % 50 == 0],
        }
        for n in range(300)
    ]
    tickets: Rows = [
        {
            "Ticketnummer": 5000 + n,
            "Kunde": order.choice(NAMES).upper(),
            "Betreff": "Hilfe",
            "Erstellt am": days.write(day := next(days)),
            "Gelöst am": days.write(day + dt.timedelta(days=2)),
            "Fällig am": days.write(day + dt.timedelta(days=3)),
            "Priorität": "hoch",
            "Zuletzt geändert am": days.write(END),
        }
        for n in range(300)
    ]
    visits: Rows = [
        {
            "Datum": days.write(next(days)),
            "Besuchsart": ("vor Ort", "Telefon")[n % 2],
            "Kunde": order.choice(NAMES),
            "Mitarbeiter": "Anna",
        }
        for n in range(100)
    ]
    found = picture_of(
        tmp_path,
        {
            "Kunden": customers,
            "Verträge": contracts,
            "Rechnungen": invoices,
            "Anfragen": tickets,
            "Besuche": visits,
        },
    )
    assert roles_of(found) == {
        "Kunden": "customers",
        "Verträge": "contracts",
        "Rechnungen": "invoices",
        "Anfragen": "tickets",
        "Besuche": "activities",
    }
    assert times_of(found)["Rechnungen"] == ("Rechnungsdatum", "Bezahlt am")
    assert times_of(found)["Anfragen"] == ("Erstellt am", "Gelöst am")
    assert all_match(found)
    assert found.questions == ()
    assert found.customers is not None
    assert (found.customers.key, found.customers.label) == ("Kundennummer", "Firma")
    made = found.customers.contracts
    assert made is not None
    assert (made.starts, made.ends, made.decided) == ("Beginn", "Ende", "Gekündigt am")
    assert (made.amount, made.per) == ("Monatsbetrag", "month")


def test_danish_tables(tmp_path: Path) -> None:
    days, order = Days("%d-%m-%Y"), random.Random(2)
    numbers = [40_000 + 31 * n for n in range(len(NAMES))]
    intervals = ("månedlig", "kvartalsvis", "årlig")
    found = picture_of(
        tmp_path,
        {
            "debitorer": [
                {
                    "Debitornr.": number,
                    "Navn": name,
                    "CVR-nr.": 30_000_000 + 37 * number,
                    "Kundeansvarlig": "Mia",
                    "Oprettet den": days.write(BEGIN),
                }
                for number, name in zip(numbers, NAMES, strict=True)
            ],
            "abonnementer": [
                {
                    "Aftalenummer": f"A{n}",
                    "Debitornr.": number,
                    "Startdato": days.write(next(days)),
                    "Slutdato": "30-06-2026" if n % 4 == 0 else "",
                    "Opsagt den": "20-05-2026" if n % 4 == 0 else "",
                    "Antal": order.randint(1, 9),
                    "Stykpris": order.randint(1, 9) * 50,
                    "Faktureringsinterval": intervals[n % 3],
                    "Valuta": "DKK",
                }
                for n, number in enumerate(numbers)
            ],
            "logins": [
                {
                    "bruger": f"b{n % 70}@firma.example",
                    "debitornr": numbers[n % 50],
                    "tidspunkt": days.write(next(days)) + " 08:00",
                }
                for n in range(900)
            ],
        },
    )
    assert roles_of(found) == {
        "debitorer": "customers",
        "abonnementer": "contracts",
        "logins": "events",
    }
    assert all_match(found)
    assert found.customers is not None
    assert (found.customers.key, found.customers.label) == ("Debitornr.", "Navn")
    made = found.customers.contracts
    assert made is not None
    assert (made.starts, made.ends, made.decided) == ("Startdato", "Slutdato", "Opsagt den")
    assert (made.amount, made.currency) == ("Stykpris * Antal", "DKK")
    assert made.per == (
        "1 * (Faktureringsinterval = 'månedlig') + 3 * (Faktureringsinterval = 'kvartalsvis')"
        " + 12 * (Faktureringsinterval = 'årlig')"
    )


def test_the_tables_of_an_application(tmp_path: Path) -> None:
    """Small whole numbers as keys, which also agree by chance."""
    days, order = Days("%Y-%m-%d"), random.Random(3)
    count = len(NAMES)
    found = picture_of(
        tmp_path,
        {
            "tenants": [
                {
                    "id": n + 1,
                    "name": name,
                    "created_at": f"{BEGIN} 09:00:00",
                    "country": "DE",
                    "deleted_at": "",
                }
                for n, name in enumerate(NAMES)
            ],
            "users": [
                {
                    "id": n + 1,
                    "tenant_id": n % count + 1,
                    "email": f"u{n}@firm{n % count}.example",
                    "name": f"U {n}",
                    "created_at": f"{BEGIN} 10:00:00",
                    "last_sign_in_at": f"{END} 10:00:00",
                }
                for n in range(200)
            ],
            "subscriptions": [
                {
                    "id": n + 1,
                    "tenant_id": n + 1,
                    "started_at": BEGIN,
                    "ended_at": "" if n % 4 else "2026-06-30",
                    "mrr_cents": order.randint(1, 90) * 1000,
                    "currency": "EUR",
                }
                for n in range(count)
            ],
            "events": [
                {
                    "id": n + 1,
                    "user_id": n % 200 + 1,
                    "name": ("login", "export")[n % 2],
                    "created_at": f"{next(days)} 10:00:00",
                }
                for n in range(900)
            ],
            "support": [
                {
                    "id": n + 1,
                    "user_id": order.randrange(200) + 1,
                    "subject": "Help",
                    "status": "closed",
                    "priority": "high",
                    "created_at": f"{next(days)} 10:00:00",
                }
                for n in range(200)
            ],
        },
    )
    assert roles_of(found) == {
        "tenants": "customers",
        "users": "people",
        "subscriptions": "contracts",
        "events": "events",
        "support": "tickets",
    }
    assert all_match(found)
    ways = {table.name: [step.term.text for step in table.ways[0].steps] for table in found.tables}
    assert ways["events"] == ["user_id", "tenant_id"]
    assert ways["subscriptions"] == ["tenant_id"]
    users = found.table("users")
    assert users is not None
    assert users.leaks == ("last_sign_in_at",)
    assert found.customers is not None
    made = found.customers.contracts
    assert made is not None
    assert (made.amount, made.per, made.unit, made.currency) == (
        "mrr_cents",
        "month",
        "cents",
        "EUR",
    )
