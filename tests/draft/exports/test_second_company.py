"""A company that `init` wasn't built on: its folder's picture, and what `salus init --yes` makes of it.

Where something doesn't hold yet, the test is expected to fail, with the reason; a test that passes
says so by failing, and its mark is then removed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

import duckdb
import pytest

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.picture import FolderPicture
from tests.draft.exports.picture_rows import PictureRows
from tests.draft.exports.second.generate import generate
from tests.draft.exports.second.truth import LEAKS, ROLES, TIMES, SecondCompany

pytestmark = [pytest.mark.xdist_group("second"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> SecondCompany:
    return generate(tmp_path_factory.mktemp("second") / "raw")


@pytest.fixture(scope="module")
def picture(second: SecondCompany, tmp_path_factory: pytest.TempPathFactory) -> FolderPicture:
    opened = open_folder(second.exports, tmp_path_factory.mktemp("scratch"))
    return find_picture(opened.connection, opened.skip)


@pytest.fixture(scope="module")
def records(second: SecondCompany, picture: FolderPicture) -> frozenset[str]:
    """The keys of the rows that the picture takes for customers."""
    assert picture.customers is not None
    where = (picture.customers.where or "true").replace("`", '"')
    path = second.exports / "companies.csv"
    rows = duckdb.sql(
        f"""select "Record ID" from read_csv('{path}', all_varchar = true) where {where}"""
    )
    return frozenset(name for (name,) in rows.fetchall())


@pytest.fixture(scope="module")
def rows(second: SecondCompany, picture: FolderPicture, records: frozenset[str]) -> PictureRows:
    tables = {}
    for path in second.exports.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream))
    return PictureRows(picture, tables, records)


def expected_failures(names: Mapping[str, object], reasons: Mapping[str, str]) -> list[object]:
    """The names as parameters; those with a reason are expected to fail."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=reasons[name], raises=AssertionError))
        if name in reasons
        else name
        for name in sorted(names)
    ]


def test_the_companies_are_the_customers(
    second: SecondCompany, picture: FolderPicture, records: frozenset[str]
) -> None:
    assert picture.questions == ()
    assert picture.customers is not None
    assert (picture.customers.table, picture.customers.key) == ("companies", "Record ID")
    assert (picture.customers.label, picture.customers.owner) == ("Company name", "Company owner")
    assert picture.customers.parent == "Parent Company"
    assert {customer.id for customer in second.truth.customers} <= records
    assert not set(second.children) & records


def test_duplicates_are_no_customers(second: SecondCompany, records: frozenset[str]) -> None:
    assert not set(second.duplicates) & records


def test_contracts_begin_and_end_where_billing_says(picture: FolderPicture) -> None:
    assert picture.customers is not None and picture.customers.contracts is not None
    contracts = picture.customers.contracts
    assert contracts.table == "stripe_subscriptions"
    assert (contracts.starts, contracts.ends) == ("Start Date (UTC)", "Ended At (UTC)")
    assert contracts.decided == "Canceled At (UTC)"
    assert contracts.currency == "Currency"


UNNAMED = {
    "activities": "meetings and calls of a CRM have no role yet",
    "app_workspaces": "tables on the way to the customers have no role yet",
    "stripe_customers": "tables on the way to the customers have no role yet",
    "stripe_prices": "a price list has no role yet",
}
FIRST_WAY = "the steps of a way follow only the first way of the table in the middle"
LOST = {"stripe_invoices": FIRST_WAY, "stripe_credit_notes": FIRST_WAY}
UNSEEN = {
    "app_users": "the day on which a user was switched off isn't known for a leak yet",
    "app_workspaces": "the day on which a workspace was deleted isn't known for a leak yet",
    "stripe_customers": "`Cancel At Period End` of a payer isn't known for a leak yet",
}


@pytest.mark.parametrize("table", expected_failures(ROLES, UNNAMED))
def test_each_table_has_its_role(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and found.role == ROLES[table]


@pytest.mark.parametrize("table", expected_failures(TIMES, {}))
def test_each_table_has_its_time(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and found.time == TIMES[table]


TABLES = {name: None for name in ROLES if name not in ("stripe_prices", "fx_rates")}


@pytest.mark.parametrize("table", expected_failures(TABLES, LOST))
def test_rows_lead_to_their_customers(second: SecondCompany, rows: PictureRows, table: str) -> None:
    match = rows.count(table, second.owners[table])
    assert match.right >= 0.95 * match.rows and match.wrong <= 0.01 * match.rows, match


@pytest.mark.parametrize("table", expected_failures(LEAKS, UNSEEN))
def test_leaks_are_known(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and set(LEAKS[table]) <= set(found.leaks), found.leaks
