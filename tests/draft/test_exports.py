"""Profiles of exports: each is whole, recognises its own tables, and no table of another kind."""

from __future__ import annotations

import csv
import random
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.exports import ExportTable, load_exports, recognise
from salus.draft.exports.read_exports import read_profile
from salus.draft.exports.recognise import share_known
from salus.draft.find_picture import find_picture
from salus.draft.headers import fold
from salus.draft.profile import ColumnProfile, TableProfile

GOOD = """
tool: crm
tables:
  account:
    role: customers
    must: [[Id], [Name]]
    columns: {row_id: [Id], name: [Name]}
"""


def profile(*headers: str) -> TableProfile:
    columns = (
        ColumnProfile(name=header, type="text", rows=1, filled=1, distinct=1) for header in headers
    )
    return TableProfile("export(3)", 1, tuple(columns))


def own_headers(table: ExportTable, place: int) -> list[str]:
    """A header for each group and meaning: the first spelling, or the last."""
    groups = [*table.must, *table.columns.values()]
    return list(dict.fromkeys(group[place] for group in groups))


@pytest.mark.parametrize("table", load_exports(), ids=lambda table: f"{table.tool}.{table.table}")
@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_a_table_is_recognised_by_its_headers_in_any_order(table: ExportTable, place: int) -> None:
    headers = own_headers(table, place)
    if len({*headers}) < table.fewest:
        headers += [header for header in table.other if header not in headers][: table.fewest]
    random.Random(5).shuffle(headers)
    assert share_known(table, tuple(headers)) > 0
    best = max(share_known(other, tuple(headers)) for other in load_exports())
    assert share_known(table, tuple(headers)) == best
    found = recognise(profile(*headers))
    assert found is None or found == table  # None where two tables of a tool share these headers


@pytest.mark.parametrize("table", load_exports(), ids=lambda table: f"{table.tool}.{table.table}")
def test_all_headers_of_a_table_recognise_it(table: ExportTable) -> None:
    headers = [
        header for header in _all_headers(table) if header.isascii() or table.tool == "datev"
    ]
    assert recognise(profile(*headers)) == table
    assert recognise(profile(*[f"{header} " for header in headers])) == table
    for group in table.must:  # not without one of these
        rest = [header for header in headers if fold(header) not in set(map(fold, group))]
        assert recognise(profile(*rest)) != table


def _all_headers(table: ExportTable) -> list[str]:
    groups = [*table.must, *table.columns.values(), table.other]
    return list(dict.fromkeys(header for group in groups for header in group))


@pytest.mark.parametrize(
    "headers",
    [
        ("id", "customer_id", "status", "created_at"),
        ("account_id", "name", "owner", "country", "tier"),
        ("Kundennummer", "Rechnungsnummer", "Rechnungsdatum", "Betrag"),
        ("ticket_id", "account_id", "created_at", "priority", "status", "subject"),
        ("event", "time", "user_id", "account_id"),
        ("email", "first_name", "last_name", "company_name", "role", "created_at", "last_seen_at"),
        ("Date", "Base", "Currency", "Rate"),
        (),
    ],
)
def test_other_tables_are_of_no_tool(headers: tuple[str, ...]) -> None:
    assert recognise(profile(*headers)) is None


def test_columns_that_a_company_adds_do_not_count() -> None:
    headers = ["Id", "Name", "ParentId", "OwnerId", "CreatedDate", "IsDeleted"]
    added = [f"Field_{number}__c" for number in range(60)]
    table = recognise(profile(*headers, *added))
    assert table is not None and (table.tool, table.table) == ("salesforce", "account")
    assert recognise(profile(*headers, *(name.removesuffix("__c") for name in added))) is None


def test_meanings_by_any_spelling() -> None:
    table = next(
        table for table in load_exports() if table.table == "tickets" and table.tool == "freshdesk"
    )
    assert table.meanings("Created time") == ("time",) and table.meanings("created_time") == (
        "time",
    )
    assert table.meanings("Last update time") == ("modified", "leak") and not table.meanings(
        "Colour"
    )
    assert table.headers("due") == ("Due by Time",) and not table.headers("rate")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("tool: crm\n", "", "a profile has a tool and tables"),
        ("role: customers", "role: clients", "'clients' isn't one of"),
        ("row_id: [Id]", "identity: [Id]", "'identity' isn't one of"),
        ("row_id: [Id]", "row_id: Id", "isn't a list"),
        ("row_id: [Id]", "row_id: [Id, Id]", "there twice"),
        ("row_id: [Id]", "row_id: [7]", "isn't a text"),
        ("must: [[Id], [Name]]", "must: []", "must isn't among"),
        ("role: customers", "role: customers\n    colour: red", "has the keys"),
        ("role: customers", "role: customers\n    traps: [mud]", "'mud' isn't one of"),
        ("role: customers", "role: customers\n    leads_to: {Id: house}", "no table house"),
        ("role: customers", "role: customers\n    left_out: [{column: Gone, values: [x], reason: spam}]", "Gone"),
    ],
)  # fmt: skip
def test_a_broken_profile_is_refused(old: str, new: str, what: str) -> None:
    assert read_profile(GOOD, "crm.yaml")[0].tool == "crm"
    with pytest.raises(ValueError, match=what):
        read_profile(GOOD.replace(old, new), "crm.yaml")


def test_every_file_is_a_profile_of_its_name() -> None:
    names = {entry.name for entry in (files("salus") / "packs" / "exports").iterdir()}
    assert names == {f"{table.tool}.yaml" for table in load_exports()}


def test_the_folder_of_exports(shared: Path) -> None:
    folder = shared / "data" / "exports_crm" / "raw"
    if not folder.is_dir():
        pytest.skip("the folder of exports isn't here")
    found = {}
    for path in folder.glob("*.csv"):
        text = path.read_bytes().decode("utf-8", errors="replace")
        found[path.stem] = recognise(profile(*next(csv.reader(text.splitlines()[:1]))))
    tools = {name: table.tool for name, table in found.items() if table is not None}
    assert tools == {
        "Account": "salesforce",
        "AccountHistory": "salesforce",
        "Case": "salesforce",
        "Contact": "salesforce",
        "Opportunity": "salesforce",
        "OpportunityFieldHistory": "salesforce",
        "amplitude_mobile_events": "amplitude",
        "events": "mixpanel",
        "invoices": "chargebee",
        "responses": "delighted",
        "subscriptions": "chargebee",
        "tickets": "freshdesk",
    }


def test_the_picture_names_the_tool(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    headers = [
        "Ticket ID",
        "Subject",
        "Status",
        "Priority",
        "Created time",
        "Resolved time",
        "Company Name",
    ]
    rows = [
        [str(5000 + n), "Help", "Closed", "Low", f"2026-01-{n:02} 09:05", "", f"Firm {n % 4}"]
        for n in range(1, 29)
    ]
    with (data / "export(3).csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headers, *rows])
    opened = open_folder(data, tmp_path / "scratch")
    with closing(opened.connection) as connection:
        picture = find_picture(connection, skip=opened.skip)
    assert [table.tool for table in picture.tables] == ["freshdesk"]
