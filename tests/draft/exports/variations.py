"""The same exports in other clothes: each function writes a changed copy of a folder of exports."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Rows = list[list[str]]
#: Files of the CRM. Without them billing lists the customers.
CRM = ("Account", "Contact", "Opportunity", "OpportunityFieldHistory", "AccountHistory", "Case")
#: Files that aren't plain tables: left as they are where tables are rewritten.
ODD = ("OPOS_Debitoren_20261031.csv",)
GERMAN: Mapping[str, str] = {
    "Name": "Firmenname", "Type": "Art", "Website": "Webseite", "Industry": "Branche", "OwnerId": "Betreuer",
    "NumberOfEmployees": "Mitarbeiterzahl", "CurrencyIsoCode": "Währung", "CreatedDate": "Erstellt am",
    "LastModifiedDate": "Zuletzt geändert am", "LastActivityDate": "Letzte Aktivität", "ParentId": "Übergeordnete Firma",
    "MasterRecordId": "Zusammengeführt in", "IsDeleted": "Gelöscht", "AccountId": "Firmen-ID", "Email": "E-Mail",
    "FirstName": "Vorname", "LastName": "Nachname", "StageName": "Phase", "Amount": "Betrag", "CloseDate": "Abschlussdatum",
    "IsClosed": "Geschlossen", "IsWon": "Gewonnen", "ClosedDate": "Geschlossen am", "Subject": "Betreff", "Priority": "Priorität",
    "Status": "Status", "SuppliedEmail": "Angegebene E-Mail", "IsEscalated": "Eskaliert", "Field": "Feld", "OldValue": "Alter Wert",
    "NewValue": "Neuer Wert", "customer_id": "Kundennummer", "customer_company": "Firma", "customer_email": "E-Mail des Kunden",
    "plan_id": "Tarif", "plan_quantity": "Menge", "plan_unit_price": "Einzelpreis", "billing_period": "Abrechnungszeitraum",
    "billing_period_unit": "Einheit des Zeitraums", "currency_code": "Währung", "status": "Status", "created_at": "Erstellt am",
    "started_at": "Vertragsbeginn", "cancelled_at": "Vertragsende", "cancel_schedule_created_at": "Gekündigt am",
    "trial_end": "Ende der Testphase", "cf_salesforce_id": "CRM-Nummer", "cf_debitor": "Debitorennummer",
    "Invoice Number": "Rechnungsnummer", "Reference Invoice": "Bezug", "Customer Id": "Kundennummer", "Subscription Id": "Vertragsnummer",
    "Company": "Firma", "Invoice Date": "Rechnungsdatum", "Due Date": "Fälligkeitsdatum", "Currency": "Währung", "Sub Total": "Nettobetrag",
    "Tax Total": "Umsatzsteuer", "Amount Paid": "Bezahlt", "Amount Due": "Offener Betrag", "Paid On": "Bezahlt am", "Rate": "Kurs",
    "Date": "Datum", "Ticket ID": "Ticketnummer", "Created time": "Erstellt am", "Due by Time": "Fällig am", "Resolved time": "Gelöst am",
    "Closed time": "Geschlossen am", "Last update time": "Zuletzt geändert am", "Company Name": "Firmenname", "Full name": "Vollständiger Name",
    "Rating": "Bewertung", "Sent at": "Gesendet am", "Responded at": "Beantwortet am", "Comment": "Kommentar", "event": "Ereignis",
    "time": "Zeitpunkt", "distinct_id": "Benutzer", "event_type": "Ereignis", "event_time": "Zeitpunkt", "user_id": "Benutzer-ID",
    "company_domain": "Domain der Firma", "company_name": "Firmenname", "email": "E-Mail", "role": "Rolle", "last_seen_at": "Zuletzt gesehen",
    "Score": "Punktzahl", "Created at": "Erstellt am", "Response ID": "Antwortnummer",
}  # fmt: skip


def plain(exports: Path, folder: Path) -> None:
    """The exports as they are."""
    shutil.copytree(exports, folder, copy_function=shutil.copyfile)


def renamed(exports: Path, folder: Path) -> None:
    """Names that say nothing: `export(3).csv`."""
    folder.mkdir(parents=True)
    for number, path in enumerate(sorted(exports.iterdir()), start=1):
        shutil.copyfile(path, folder / f"export({number}){path.suffix}")


def shuffled(exports: Path, folder: Path) -> None:
    """Rows and columns in another order."""
    order = random.Random(5)

    def shuffle(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        places = order.sample(range(len(header)), len(header))
        order.shuffle(rows)
        return [header[place] for place in places], [
            [row[place] for place in places] for row in rows
        ]

    rewrite(exports, folder, shuffle)


def german(exports: Path, folder: Path) -> None:
    """German headers; those without a translation stay."""

    def translate(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        names = [GERMAN.get(name, name) for name in header]
        doubled = {name for name in names if names.count(name) > 1}
        new = [old if name in doubled else name for old, name in zip(header, names, strict=True)]
        return new, rows

    rewrite(exports, folder, translate)


def without(*tables: str) -> Callable[[Path, Path], None]:
    """Some files are missing."""

    def copy(exports: Path, folder: Path) -> None:
        plain(exports, folder)
        for table in tables:
            (folder / f"{table}.csv").unlink()

    return copy


VARIATIONS: Mapping[str, Callable[[Path, Path], None]] = {
    "plain": plain,
    "renamed": renamed,
    "shuffled": shuffled,
    "german": german,
    "without users": without("users"),
    "without tickets": without("tickets", "satisfaction_ratings"),
    "without events": without("events"),
    "without CRM": without(*CRM),
}


def rewrite(
    exports: Path,
    folder: Path,
    change: Callable[[list[str], Rows], tuple[list[str], Rows]],
    only: Sequence[str] = (),
) -> None:
    """Copy the folder and change the plain tables in it, or only those of these names."""
    plain(exports, folder)
    for path in sorted(folder.glob("*.csv")):
        if path.name not in ODD and (not only or path.stem in only):
            with path.open(encoding="utf-8", newline="") as stream:
                header, *rows = list(csv.reader(stream))
            header, rows = change(header, rows)
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(header)
                writer.writerows(rows)
