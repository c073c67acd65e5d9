"""What exports of tools without a profile show: kinds of headers and values, not their names."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest

from salus.draft import open_folder, write_draft
from salus.draft.answers import UnansweredError
from salus.draft.find_picture import find_picture
from salus.draft.meanings import meanings
from salus.errors import DataError
from tests.draft.test_picture_rules import NAMES, Rows, picture_of, write_tables

pytestmark = pytest.mark.filterwarnings("ignore")
FIRST = dt.date(2025, 3, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def draft_of(folder: Path, path: Path) -> None:
    opened = open_folder(folder, path / "scratch")
    try:
        write_draft(opened.connection, "model", dt.date(2026, 6, 1), opened.skip)
    finally:
        opened.connection.close()


def accounts() -> Rows:
    return [
        {
            "(Do Not Modify) Account": str(uuid.UUID(int=n * 7919**8 % 2**128)),
            "Account Name": name,
            "Customer No": 20_000 + n * 7919,
            "Website": f"www.firm{n}.example",
            "Created On": f"{day(-n)} 10:00",
        }
        for n, name in enumerate(NAMES)
    ]


def subscriptions(leavers: int = 5) -> Rows:
    """Those who left gave notice 40 days before; one had a trial first."""
    rows: Rows = [
        {
            "uuid": f"s{n}x{n * 37}",
            "account_code": f"{name[:4].lower()}-{n * 91}",
            "account_name": name,
            "plan_code": "basic",
            "state": "expired" if n < leavers else "active",
            "unit_amount": 49,
            "activated_at": f"{day(n)}T01:00:00Z",
            "trial_ends_at": "",
            "canceled_at": f"{day(n + 160)}T01:00:00Z" if n < leavers else "",
            "expires_at": f"{day(n + 200)}T01:00:00Z" if n < leavers else "",
        }
        for n, name in enumerate(NAMES)
    ]
    trial = {"state": "expired", "uuid": "s9t", "unit_amount": 0, "canceled_at": ""}
    trial |= dict.fromkeys(("trial_ends_at", "expires_at"), f"{day(-3)}T05:00:00Z")
    return [*rows, {**rows[0], "activated_at": f"{day(-20)}T05:00:00Z", **trial}]


def test_a_contract_ends_when_it_expires_and_not_when_it_is_cancelled(tmp_path: Path) -> None:
    picture = picture_of(tmp_path, accounts=accounts(), subscriptions=subscriptions())
    assert picture.customers is not None and picture.customers.contracts is not None
    contracts = picture.customers.contracts
    assert (contracts.ends, contracts.decided) == ("expires_at", "canceled_at")
    assert contracts.where is not None and "trial_ends_at" in contracts.where


def test_uuids_are_the_key_whatever_their_header_says(tmp_path: Path) -> None:
    picture = picture_of(tmp_path, accounts=accounts(), subscriptions=subscriptions())
    assert picture.customers is not None
    assert picture.customers.table == "accounts"
    assert picture.customers.key == "(Do Not Modify) Account"


def test_the_number_of_a_customer_counts_and_not_the_spellings_of_the_name(tmp_path: Path) -> None:
    contracts: Rows = [
        {
            "Vertragsnr.": f"V-{n}",
            "Kunden-Nr.": 500 + n % 12 * 2,
            "Kunde": NAMES[n % 12] if n != 13 else NAMES[1].upper(),
            "Tarif": "Basis",
            "Beginn": day(n),
            "Ende": day(n + 90) if n > 15 else "",
        }
        for n in range(20)
    ]
    invoices: Rows = [
        {
            "Belegnummer": f"R{n}",
            "Belegdatum": day(n),
            "Fällig am": day(n + 14),
            "Kundennummer": 500 + n % 12 * 2,
            "Kontakt": NAMES[n % 12],
            "Nettobetrag": 20 + n,
        }
        for n in range(40)
    ]
    leads: Rows = [
        {"Potenzieller Kunde": name, "Thema": f"Ausbau {n}"} for n, name in enumerate(NAMES[:12])
    ]
    picture = picture_of(tmp_path, contracts=contracts, invoices=invoices, leads=leads)
    assert picture.customers is not None and picture.customers.key == "Kunden-Nr."
    bills = picture.table("invoices")
    assert bills is not None and bills.matched == 40


def test_the_end_of_a_questionnaire_is_no_end_of_a_customer(tmp_path: Path) -> None:
    answers: Rows = [
        {
            "Respondent ID": 118_000_000 + n * 7,
            "Start Date": f"{day(n)} 09:00",
            "End Date": f"{day(n)} 09:10",
            "Email Address": f"anna@firm{n}.example",
            "How likely is it that you would recommend us to a friend?": n % 11,
        }
        for n in range(len(NAMES))
    ]
    picture = picture_of(tmp_path, accounts=accounts(), answers=answers)
    table = picture.table("answers")
    assert table is not None and (table.role, table.time) == ("answers", "End Date")


def test_tokens_that_expire_are_no_former_customers(tmp_path: Path) -> None:
    tokens: Rows = [
        {"account": row["Customer No"], "expires_at": day(n)} for n, row in enumerate(accounts())
    ]
    picture = picture_of(tmp_path, accounts=accounts(), tokens=tokens)
    table = picture.table("tokens")
    assert table is not None and table.role != "endings"


def test_invoices_with_the_day_of_closing_are_no_list_of_open_items(tmp_path: Path) -> None:
    invoices: Rows = [
        {
            "invoice_number": 4000 + n,
            "account_name": NAMES[n % 9],
            "invoice_date": day(n),
            "due_on": day(n + 14),
            "closed_at": day(n + 9) if n < 35 else "",
            "total": 49,
            "balance": 0 if n < 35 else 49,
        }
        for n in range(40)
    ]
    table = picture_of(tmp_path, accounts=accounts(), invoices=invoices).table("invoices")
    assert table is not None and (table.role, table.until) == ("invoices", "closed_at")


def test_visits_that_only_the_server_dates_are_use(tmp_path: Path) -> None:
    visits: Rows = [
        {
            "idVisit": 7000 + n,
            "userId": f"anna@firm{n % 9}.example",
            "serverTimestamp": 1_745_000_000 + n * 40_000,
            "visitDuration": n % 50,
        }
        for n in range(90)
    ]
    table = picture_of(tmp_path, accounts=accounts(), visits=visits).table("visits")
    assert table is not None and (table.role, table.time) == ("events", "serverTimestamp")


def test_headers_of_german_help_desks() -> None:
    assert "ticket_id" in meanings("Vorgangsschlüssel") and "subject" in meanings("Zusammenfassung")
    assert "monthly" in meanings("Monatspreis netto") and "type" in meanings("Beziehungstyp")
    assert "score" in meanings("Review Stars")


def test_a_row_for_every_change_of_a_contract_is_a_question(tmp_path: Path) -> None:
    older = [
        row | {"state": "active", "canceled_at": "", "expires_at": ""}
        for row in subscriptions()
        if row["canceled_at"]
    ]
    folder = write_tables(tmp_path, accounts=accounts(), subscriptions=older + subscriptions())
    with pytest.raises(DataError, match="5 contracts have an end in one row and none in another"):
        draft_of(folder, tmp_path)


def test_one_list_with_prospects_is_a_question(tmp_path: Path) -> None:
    rows = [
        row | {"Relationship Type": ("Customer", "Prospect")[n % 2]}
        for n, row in enumerate(accounts())
    ]
    folder = write_tables(tmp_path, accounts=rows)
    with pytest.raises(UnansweredError) as raised:
        draft_of(folder, tmp_path)
    assert [question.code for question in raised.value.questions] == ["customers.rows"]


def test_headers_that_begin_with_the_subject_mean_the_rest(tmp_path: Path) -> None:
    people: Rows = [
        {
            "Person - ID": 900 + n,
            "Person - Organization": NAMES[n % 9],
            "Person - Email - Work": f"anna{n}@firm{n % 9}.example",
            "Person - Person created": f"{day(n)} 10:00",
        }
        for n in range(30)
    ]
    table = picture_of(tmp_path, accounts=accounts(), people=people).table("people")
    assert table is not None
    assert (table.role, table.time, table.matched) == ("people", "Person - Person created", 30)


def test_contracts_that_lack_customers_with_invoices_are_a_question(tmp_path: Path) -> None:
    invoices: Rows = [
        {
            "invoice_number": 4000 + n,
            "account_name": NAMES[n % len(NAMES)],
            "invoice_date": day(n),
            "due_on": day(n + 14),
            "total": 49,
        }
        for n in range(5 * len(NAMES))
    ]
    cut = subscriptions()[: len(NAMES) // 2]
    picture = picture_of(tmp_path, accounts=accounts(), invoices=invoices, subscriptions=cut)
    assert picture.customers is None
    (question,) = picture.questions
    assert question.code == "customers.without_contract" and question.options == ("accounts",)
    assert (question.parameters["lacking"], question.parameters["all"]) == (8, 16)


def ledger() -> list[dict[str, object]]:
    """The debtors of a bookkeeping program; two firms differ in their legal form only."""
    names = [*(f"{name} Byg ApS" for name in NAMES), f"{NAMES[0]} Byg I/S"]
    return [
        {"Kundenr.": 1000 + n * 7, "Navn": name, "E-mail": f"faktura@firm{n}.example"}
        for n, name in enumerate(names)
    ]


def agreements() -> Rows:
    """A sheet of contracts that is kept by hand: with names, now and then without legal form."""
    return [
        {
            "Kunde": row["Navn"] if n % 4 or n in (0, 16) else str(row["Navn"]).rsplit(" ", 1)[0],
            "Aftale": "Drift",
            "Startdato": day(n),
            "Næste fornyelse": day(n + 500) if n > 3 else "",
            "Opsagt den": "" if n > 3 else day(n + 100),
            "Ophører": "" if n > 3 else day(n + 200),
            "Årspris ekskl. moms": 6000 + 100 * n,
        }
        for n, row in enumerate(ledger())
    ]


def bills() -> Rows:
    return [
        {
            "Fakturanr.": 4000 + n,
            "Fakturadato": day(n),
            "Forfaldsdato": day(n + 14),
            "Kundenr.": row["Kundenr."],
            "Beløb": 49,
        }
        for n, row in enumerate(ledger() * 3)
    ]


def test_a_sheet_of_contracts_in_danish(tmp_path: Path) -> None:
    picture = picture_of(tmp_path, kunder=ledger(), kontrakter=agreements(), fakturaer=bills())
    assert picture.customers is not None and picture.customers.contracts is not None
    contracts = picture.customers.contracts
    assert (contracts.starts, contracts.ends) == ("Startdato", "Ophører")
    assert (contracts.decided, contracts.per) == ("Opsagt den", "year")
    sheet = picture.table("kontrakter")
    assert sheet is not None and sheet.matched == len(ledger())  # by the name as it is written
    assert picture.customers.duplicates == 0  # ApS and I/S are two firms


def test_headers_of_contracts_kept_by_hand() -> None:
    assert "yearly" in meanings("Jahrespreis netto") and "ended" in meanings("Ophører")
    assert "term_end" in meanings("Nächste Verlängerung")
    assert "created" in meanings("Conversation started at (UTC)")


@pytest.mark.parametrize("few", [2, 3, 4])
def test_contracts_that_lead_to_no_customer_are_a_question(tmp_path: Path, few: int) -> None:
    lost = [
        row | {"Kunde": f"Ukendt {n}"} if n < few else row for n, row in enumerate(agreements())
    ]
    picture = picture_of(tmp_path, kunder=ledger(), kontrakter=lost, fakturaer=bills())
    if few < 3:
        assert picture.customers is not None and not picture.questions
        return
    (question,) = picture.questions
    assert picture.customers is None and question.options == ("kunder",)
    assert question.code == "customers.without_owner" and question.parameters["lacking"] == few


def test_addresses_of_people_lead_through_other_people_before_the_domain(tmp_path: Path) -> None:
    """Two customers share a domain, so that only the people tell them apart."""
    contacts: Rows = [
        {
            "Contact ID": 900 + n * 7,
            "First Name": "Anna",
            "Account": row["(Do Not Modify) Account"],
            "Email": f"anna{n}@firm{max(n % len(NAMES), 1)}.example",
        }
        for n, row in enumerate(accounts() * 2)
    ]
    identifies: Rows = [
        {"anonymous_id": f"a{n * 31}x", "first_name": "Anna", "email": row["Email"]}
        for n, row in enumerate(contacts[:-3])
    ]
    listed = [row | {"Website": str(row["Website"]).replace("m0.", "m1.")} for row in accounts()]
    picture = picture_of(
        tmp_path,
        accounts=listed,
        subscriptions=subscriptions(),
        contacts=contacts,
        identifies=identifies,
    )
    people = picture.table("identifies")
    assert people is not None and (people.role, people.matched) == ("people", len(identifies))


def test_trials_in_seconds_since_1970_are_no_contracts(tmp_path: Path) -> None:
    stamp = 1_745_000_000
    rows: Rows = [
        {
            "id": f"sub_{n}k",
            "account_name": NAMES[n % len(NAMES)],
            "plan": "basic",
            "start_date": stamp + n * 86_400,
            "ended_at": stamp + (n + 90) * 86_400 if n < 9 else "",
            "trial_end": stamp + (n + 90) * 86_400 if n < 3 else "",
            "unit_amount": 49,
        }
        for n in range(40)
    ]
    folder = write_tables(tmp_path, accounts=accounts(), subs=rows)
    opened = open_folder(folder, tmp_path / "scratch")
    try:
        picture = find_picture(opened.connection, opened.skip)
    finally:
        opened.connection.close()
    contracts = picture.customers and picture.customers.contracts
    assert contracts and contracts.where and "trial_end" in contracts.where


def test_won_renewals_are_no_deals_on_top(tmp_path: Path) -> None:
    deals: Rows = [
        {
            "Deal ID": 17_000 + n * 31,
            "Account": row["(Do Not Modify) Account"],
            "Deal Type": "Existing Business" if n % 7 else "New Business",
            "Pipeline": "Renewals" if n % 3 else "Growth",
            "Deal Stage": "Closed Won" if n % 5 else "Closed Lost",
            "Probability": 50,
            "Amount": 500 + n,
            "Close Date": day(n),
        }
        for n, row in enumerate(accounts() * 2)
    ]
    folder = write_tables(tmp_path, accounts=accounts(), subscriptions=subscriptions(), deals=deals)
    opened = open_folder(folder, tmp_path / "scratch")
    try:
        draft = write_draft(opened.connection, "model", dt.date(2026, 6, 1), opened.skip)
    finally:
        opened.connection.close()
    assert "Pipeline != 'Renewals'" in draft.text or "upsells" not in draft.text
