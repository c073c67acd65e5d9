"""The picture of a folder of exports: roles, customers, ways, times, rows left out, contracts."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.picture import FolderPicture

EXPORTS = Path(__file__).parents[3] / "shared" / "data" / "exports_crm"
needs_exports = pytest.mark.skipif(
    not EXPORTS.exists(), reason="../shared/data/exports_crm isn't there"
)
pytestmark = pytest.mark.filterwarnings("ignore")

#: The share of rows that `expected.json` can match, by table, and the number of those rows.
MATCHED = {
    "Opportunity": 743,
    "OpportunityFieldHistory": 1940,
    "Case": 559,
    "invoices": 1757,
    "OPOS_Debitoren_20261031": 51,
    "tickets": 2682,
    "satisfaction_ratings": 614,
    "events": 55470,
    "amplitude_mobile_events": 7617,
    "users": 1941,
    "responses": 802,
    "CS_kunder_pulse.Kunder": 182,
    "CS_kunder_pulse.Opsagte": 43,
    "subscriptions": 262,
    "AccountHistory": 109,
}
TIMES = {
    "Opportunity": "CloseDate",
    "OpportunityFieldHistory": "CreatedDate",
    "Case": "CreatedDate",
    "invoices": "Invoice Date",
    "OPOS_Debitoren_20261031": "Datum",
    "tickets": "Created time",
    "satisfaction_ratings": "Responded at",
    "events": "time",
    "amplitude_mobile_events": "event_time",
    "responses": "Created at",
    "CS_kunder_pulse.Kunder": None,
    "subscriptions": "started_at",
}
ROLES = {
    "Account": "customers",
    "Contact": "people",
    "users": "people",
    "Opportunity": "deals",
    "OpportunityFieldHistory": "field_history",
    "AccountHistory": "field_history",
    "Case": "tickets",
    "tickets": "tickets",
    "subscriptions": "contracts",
    "invoices": "invoices",
    "exchange_rates": "lookup",
    "OPOS_Debitoren_20261031": "open_items",
    "satisfaction_ratings": "ratings",
    "responses": "answers",
    "events": "events",
    "amplitude_mobile_events": "events",
    "CS_kunder_pulse.Kunder": "snapshot",
    "CS_kunder_pulse.Opsagte": "endings",
}


def picture_of(folder: Path, scratch: Path) -> FolderPicture:
    opened = open_folder(folder, scratch)
    try:
        return find_picture(opened.connection, opened.skip)
    finally:
        opened.connection.close()


def write(folder: Path, **tables: list[dict[str, object]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> FolderPicture:
    if not EXPORTS.exists():
        pytest.skip("../shared/data/exports_crm isn't there")
    return picture_of(EXPORTS / "raw", tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize(("table", "role"), ROLES.items())
def test_roles_of_exports(exports: FolderPicture, table: str, role: str) -> None:
    found = exports.table(table)
    assert found is not None
    assert found.role == role


@pytest.mark.parametrize(("table", "rows"), MATCHED.items())
def test_ways_of_exports(exports: FolderPicture, table: str, rows: int) -> None:
    found = exports.table(table)
    assert found is not None
    assert found.matched >= 0.95 * rows
    assert found.matched + found.unknown + found.ambiguous + found.empty == found.rows


@pytest.mark.parametrize(("table", "time"), TIMES.items())
def test_times_of_exports(exports: FolderPicture, table: str, time: str | None) -> None:
    found = exports.table(table)
    assert found is not None
    assert found.time == time


def test_customers_of_exports(exports: FolderPicture) -> None:
    expected = json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))["customers"]
    customers = exports.customers
    assert customers is not None
    assert (customers.table, customers.key) == ("Account", "Id")
    assert (customers.merged, customers.parent) == ("MasterRecordId", "ParentId")
    assert customers.duplicates == len(expected["unmerged_duplicates"])
    assert customers.where is not None
    assert "IsDeleted = false" in customers.where
    for key in expected["unmerged_duplicates"]:
        assert key in customers.where
    assert exports.questions == ()


def test_contracts_of_exports(exports: FolderPicture) -> None:
    assert exports.customers is not None
    contracts = exports.customers.contracts
    assert contracts is not None
    assert contracts.table == "subscriptions"
    assert (contracts.starts, contracts.ends) == ("started_at", "cancelled_at")
    assert contracts.decided == "cancel_schedule_created_at"
    assert contracts.amount == "plan_unit_price * plan_quantity"
    assert (contracts.unit, contracts.currency) == ("cents", "currency_code")
    assert contracts.rates is not None
    assert contracts.rates.per == "EUR"


def test_leaks_of_exports(exports: FolderPicture) -> None:
    for name, leaks in {
        "Account": {"Type", "Churn_Reason__c", "LastActivityDate"},
        "subscriptions": {
            "status",
            "mrr",
            "cancel_reason_code",
            "due_invoices_count",
            "next_billing_at",
        },
        "users": {"status", "last_seen_at"},
        "invoices": {"Status", "Amount Due"},
    }.items():
        table = exports.table(name)
        assert table is not None
        assert leaks <= set(table.leaks)


def test_own_staff_of_exports(exports: FolderPicture) -> None:
    rows = {
        table.name: finding.get("rows")
        for table in exports.tables
        for finding in table.findings
        if finding.code == "rows.own_staff"
    }
    assert rows == {"events": 420, "responses": 4}


def test_times_of_processing_are_recorded(exports: FolderPicture) -> None:
    events, mobile = exports.table("events"), exports.table("amplitude_mobile_events")
    assert events is not None
    assert mobile is not None
    assert events.recorded == "mp_processing_time_ms"
    assert mobile.recorded == "server_upload_time"


@needs_exports
def test_names_of_files_change_nothing(exports: FolderPicture, tmp_path: Path) -> None:
    folder = tmp_path / "renamed"
    folder.mkdir()
    for n, file in enumerate(sorted((EXPORTS / "raw").iterdir(), reverse=True)):
        shutil.copy(file, folder / f"export({n}){file.suffix}")
    renamed = picture_of(folder, tmp_path / "scratch")
    before = sorted((t.role, t.matched, t.time or "") for t in exports.tables)
    assert sorted((t.role, t.matched, t.time or "") for t in renamed.tables) == before


@needs_exports
def test_without_the_crm_billing_lists_the_customers(tmp_path: Path) -> None:
    folder = tmp_path / "billing"
    folder.mkdir()
    for file in (EXPORTS / "raw").iterdir():
        if file.stem not in ("Account", "Contact", "Case", "Opportunity") and (
            "History" not in file.stem
        ):
            shutil.copy(file, folder / file.name)
    found = picture_of(folder, tmp_path / "scratch")
    assert found.customers is not None
    assert (found.customers.table, found.customers.key) == ("subscriptions", "customer_id")
    for name in ("invoices", "tickets", "events", "users"):
        table = found.table(name)
        assert table is not None
        assert table.matched >= 0.9 * (table.rows - table.empty)


@needs_exports
def test_only_events_end_in_a_question(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    for name in ("events.csv", "amplitude_mobile_events.csv"):
        shutil.copy(EXPORTS / "raw" / name, folder / name)
    found = picture_of(folder, tmp_path / "scratch")
    assert found.customers is None
    assert [question.code for question in found.questions] == ["customers.table"]
