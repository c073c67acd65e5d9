"""Narrow tests of the rules behind the picture: spellings, meanings, links by chance, questions."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.meanings import meanings
from salus.draft.picture import FolderPicture, KeyTerm
from salus.model.key_functions.functions import apply_functions

pytestmark = pytest.mark.filterwarnings("ignore")
Rows = list[dict[str, object]]
NAMES = [
    f"{a}{b} GmbH" for a in ("Nord", "Süd", "Ost", "West") for b in ("wind", "licht", "see", "tal")
]


def write_tables(path: Path, **tables: Rows) -> Path:
    folder = path / "tables"
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def picture_of(path: Path, **tables: Rows) -> FolderPicture:
    folder = write_tables(path, **tables)
    opened = open_folder(folder, path / "scratch")
    try:
        return find_picture(opened.connection, opened.skip)
    finally:
        opened.connection.close()


def companies(more: Callable[[int], dict[str, object]] = lambda n: {}) -> Rows:
    return [
        {
            "Record ID": 9_300_000_000 + n * 7919,
            "Company name": name,
            "Company Domain Name": f"www.firm{n}.example",
            "Company owner": ("Ann Lee", "Bo Tau")[n % 2],
            "Create Date": f"2024-01-{n + 1:02} 10:00",
        }
        | more(n)
        for n, name in enumerate(NAMES)
    ]


def subscriptions() -> Rows:
    return [
        {
            "id": f"sub_{n}x{n * 37}",
            "Customer ID": f"cus_{n}q{n * 91}",
            "Customer Name": name,
            "Plan": "basic",
            "Amount": "49.00",
            "Interval": ("month", "year")[n % 2],
            "Status": "active" if n % 5 else "canceled",
            "Start (UTC)": f"2025-02-{n + 1:02} 00:00",
            "Canceled At (UTC)": "" if n % 5 else "2026-01-05 00:00",
            "Ended At (UTC)": "" if n % 5 else "2026-02-01 00:00",
            "crm_id (metadata)": 9_300_000_000 + n * 7919,
        }
        for n, name in enumerate(NAMES[:12])
    ]


def invoices() -> Rows:
    return [
        {
            "id": f"in_{n}k{n * 13}",
            "Customer": f"cus_{n % 12}q{n % 12 * 91}",
            "Amount Due": "49.00",
            "Status": "void" if n % 9 == 0 else "paid",
            "Date (UTC)": f"2025-03-{n % 28 + 1:02} 00:00",
            "Due Date (UTC)": f"2025-04-{n % 28 + 1:02} 00:00",
            "Paid At (UTC)": f"2025-04-{n % 27 + 2:02} 00:00",
        }
        for n in range(60)
    ]


@pytest.mark.parametrize(
    ("text", "functions", "name"),
    [
        ("Müller & Söhne GmbH & Co. KG", ("company",), "mueller soehne"),
        ("MUELLER SÖHNE", ("company",), "mueller soehne"),
        ("Brændgård Emballage A/S", ("company",), "braendgaard emballage"),
        ("Holding AG", ("company",), "holding"),
        ("GmbH", ("company",), "gmbh"),
        ("https://www.Nord.example/path?x=1", ("domain",), "nord.example"),
        ("Ann@Nord.example", ("domain",), "nord.example"),
        ("ann@gmail.com", ("domain",), None),
        ("no host", ("domain",), None),
        ("00123", ("digits",), "123"),
        (" A ", ("trim", "lower"), "a"),
        ("001xyZABC", ("left 3",), "001"),
        ("   ", ("trim",), None),
    ],
)
def test_functions_of_keys(text: str, functions: tuple[str, ...], name: str | None) -> None:
    assert apply_functions(functions, text) == name


@pytest.mark.parametrize(
    ("header", "meaning", "yes"),
    [
        ("Zuletzt geändert am", "modified", True),
        ("Sidst ændret", "modified", True),
        ("Fällig am", "due", True),
        ("Forfaldsdato", "due", True),
        ("Created (UTC)", "created", True),
        ("Oprettet den", "created", True),
        ("Associated Company IDs", "key", True),
        ("crm_id (metadata)", "key", True),
        ("Kunde / Customer", "name", True),
        ("Gekündigt am", "notice", True),
        ("Due Date", "happened", False),
        ("Last update time", "happened", False),
        ("Datensatz-ID", "key", True),
        ("IDs des zugeordneten Unternehmens", "key", True),
        ("Domain-Name des Unternehmens", "website", True),
        ("Für das Unternehmen zuständiger Mitarbeiter", "owner", True),
        ("Datum der letzten Änderung", "modified", True),
        ("Datum der letzten Aktivität", "last", True),
        ("Lifecycle-Phase", "status", True),
        ("Deal-Phase", "stage", True),
        ("Ende der Testphase", "trial_end", True),
        ("Zusammengeführt in", "merged_into", True),
        ("Punktzahl", "score", True),
    ],
)
def test_meanings_of_headers(header: str, meaning: str, yes: bool) -> None:
    assert (meaning in meanings(header)) is yes


def test_a_term_is_written_as_the_model_language_writes_it() -> None:
    assert KeyTerm("a b", ("trim", "lower")).text == "lower(trim(`a b`))"
    assert KeyTerm("Id", ("left 15",)).text == "left(Id, 15)"


def test_tools_are_joined_by_their_ids(tmp_path: Path) -> None:
    found = picture_of(tmp_path, companies=companies(), subs=subscriptions(), invoices=invoices())
    assert found.customers is not None
    assert (found.customers.table, found.customers.key) == ("companies", "Record ID")
    contracts = found.customers.contracts
    assert contracts is not None
    assert (contracts.ends, contracts.decided) == ("Ended At (UTC)", "Canceled At (UTC)")
    assert contracts.per == "1 * (Interval = 'month') + 12 * (Interval = 'year')"
    assert contracts.unit is None
    billed = found.table("invoices")
    assert billed is not None
    assert billed.where == "Status != 'void'"
    assert (billed.matched, billed.rows) == (53, 53)
    assert [step.target_table for step in billed.ways[0].steps] == ["subs", "companies"]
    assert billed.time == "Date (UTC)"


def test_numbers_that_agree_by_chance_are_no_join(tmp_path: Path) -> None:
    random.seed(4)
    master: Rows = [
        {"customer_id": n, "name": f"Firm {n}", "industry": "Food"} for n in range(1, 41)
    ]
    other: Rows = [
        {
            "machine_id": random.randrange(1, 41),
            "event": "start",
            "timestamp": f"2026-01-{n % 28 + 1:02}",
        }
        for n in range(200)
    ]
    own: Rows = [
        {"Customer No": n % 40 + 1, "event": "open", "timestamp": f"2026-02-{n % 28 + 1:02}"}
        for n in range(200)
    ]
    found = picture_of(tmp_path, master=master, machines=other, logins=own)
    machines, logins = found.table("machines"), found.table("logins")
    assert machines is not None
    assert logins is not None
    assert machines.ways == ()
    assert machines.findings[0].code == "table.no_way"
    assert logins.matched == 200


def test_without_contracts_a_table_with_prospects_is_a_question(tmp_path: Path) -> None:
    mixed = companies(lambda n: {"Lifecycle Stage": ("customer", "lead")[n % 2]})
    tickets: Rows = [
        {
            "Ticket ID": 500 + n,
            "Subject": "Help",
            "Status": "Open",
            "Priority": "High",
            "Created at": f"2026-01-{n % 28 + 1:02} 09:00",
            "Company": NAMES[n % 16],
        }
        for n in range(80)
    ]
    found = picture_of(tmp_path, companies=mixed, tickets=tickets)
    assert found.customers is None
    assert [question.code for question in found.questions] == ["customers.rows"]
    assert found.questions[0].options == ("customer", "lead")


def test_a_list_of_names_alone_is_a_question(tmp_path: Path) -> None:
    names: Rows = [{"Kunde": name, "Branche": "Food", "Ort": "Kiel"} for name in NAMES]
    gone: Rows = [{"Kunde": name, "Slutdato": "2026-01-03"} for name in NAMES[:5]]
    found = picture_of(tmp_path, liste=names, opsagte=gone)
    assert found.customers is None
    assert found.questions


def test_contracts_that_no_account_matches_are_a_question(tmp_path: Path) -> None:
    unlisted = [
        row | {"crm_id (metadata)": "", "Customer Name": f"Other {n}"}
        for n, row in enumerate(subscriptions())
    ]
    tickets: Rows = [
        {
            "Ticket ID": 500 + n,
            "Subject": "Help",
            "Status": "Open",
            "Priority": "High",
            "Created at": f"2026-01-{n % 28 + 1:02} 09:00",
            "Company": NAMES[n % 16],
        }
        for n in range(80)
    ]
    found = picture_of(tmp_path, companies=companies(), subs=unlisted, tickets=tickets)
    assert found.customers is None
    assert [question.code for question in found.questions] == ["customers.contracts_unmatched"]


def test_rows_of_one_ticket_are_one_ticket(tmp_path: Path) -> None:
    audit: Rows = [
        {
            "Ticket ID": 500 + n // 3,
            "Subject": "Help",
            "Status": ("New", "Open", "Solved")[n % 3],
            "Priority": "High",
            "Created at": f"2026-01-{n // 3 % 28 + 1:02} 09:00",
            "Updated at": f"2026-02-{n % 28 + 1:02} 09:00",
            "Company": NAMES[n % 16],
        }
        for n in range(90)
    ]
    found = picture_of(tmp_path, companies=companies(), subs=subscriptions(), tickets=audit).table(
        "tickets"
    )
    assert found is not None
    assert (found.row_id, found.time) == ("Ticket ID", "Created at")


def test_merged_records_lead_to_the_survivor(tmp_path: Path) -> None:
    def merged(n: int) -> dict[str, object]:
        survivor = 9_300_000_000 + 3 * 7919 if n == 15 else ""
        return {"Is Deleted": "true" if n == 15 else "false", "Merged into": survivor}

    rows = subscriptions()
    rows[3]["crm_id (metadata)"] = 9_300_000_000 + 15 * 7919
    found = picture_of(tmp_path, companies=companies(merged), subs=rows, invoices=invoices())
    assert found.customers is not None
    assert found.customers.merged == "Merged into"
    contracts = found.table("subs")
    assert contracts is not None
    assert (contracts.matched, contracts.unknown) == (12, 0)
    assert any(step.term.column == "Merged into" for way in contracts.ways for step in way.steps)


def test_a_contract_that_only_a_later_way_leads_to_a_customer_is_not_lost(tmp_path: Path) -> None:
    """By the id of a record, of a merged record, by the mail of a contact or of a user, by the name."""

    def merged(n: int) -> dict[str, object]:
        survivor = 9_300_000_000 + 3 * 7919 if n == 15 else ""
        return {"Is Deleted": "true" if n == 15 else "false", "Merged into": survivor}

    def people(column: str, missing: tuple[int, ...]) -> Rows:
        return [
            {
                "First Name": f"Kim {n}",
                "Email": f"kim{n}@post.example",
                column: 9_300_000_000 + n * 7919,
            }
            for n in range(16)
            if n not in missing
        ]

    rows: Rows = [row | {"Email": f"kim{n}@post.example"} for n, row in enumerate(subscriptions())]
    rows[3]["crm_id (metadata)"] = 9_300_000_000 + 15 * 7919
    for n in (9, 10, 11):
        rows[n]["crm_id (metadata)"] = ""
    rows[11]["Email"] = ""
    found = picture_of(
        tmp_path,
        companies=companies(merged),
        subs=rows,
        contacts=people("Associated Company IDs", (10,)),
        users=people("Company ID", (9,)),
    )
    contracts = found.table("subs")
    assert contracts is not None
    assert (contracts.matched, contracts.unknown, contracts.empty) == (12, 0, 0)
    assert [way.steps[0].term.column for way in contracts.ways] == [
        *["crm_id (metadata)"] * 2,
        *["Email"] * 2,
        "Customer Name",
    ]


def test_the_ids_that_a_record_lists_lead_to_it(tmp_path: Path) -> None:
    def merged(n: int) -> dict[str, object]:
        return {"Merged object IDs": {3: "9100000017", 5: "9100000091; 9100000033"}.get(n, "")}

    rows = subscriptions()
    rows[3]["crm_id (metadata)"], rows[5]["crm_id (metadata)"] = 9100000017, 9100000033
    picture = picture_of(tmp_path, companies=companies(merged), subs=rows, invoices=invoices())
    contracts = picture.table("subs")
    assert contracts is not None
    assert (contracts.matched, contracts.unknown) == (12, 0)
    (step,) = contracts.ways[1].steps
    assert (step.target.text, contracts.ways[1].matched) == ("each(`Merged object IDs`)", 2)
