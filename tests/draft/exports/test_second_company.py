"""A company that `init` wasn't built on: its folder's picture, and what `salus init --yes` makes of it.

Where something doesn't hold yet, the test is expected to fail, with the reason; a test that passes
says so by failing, and its mark is then removed.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pytest
from ruamel.yaml import YAML

from salus.draft import open_folder
from salus.draft.find_picture import find_picture
from salus.draft.picture import FolderPicture, RatesPicture
from tests.draft.exports.census import Census, take_census
from tests.draft.exports.measured import measure_project
from tests.draft.exports.picture_rows import PictureRows
from tests.draft.exports.proposed import Proposed, propose
from tests.draft.exports.second.generate import generate
from tests.draft.exports.second.truth import LEAK_NAMES, LEAKS, ROLES, TIMES, SecondCompany
from tests.draft.exports.verdict import leaks, wrong_customers, wrong_matches

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
    companies = picture.table("companies")
    assert companies is not None
    where = (companies.where or "true").replace("`", '"')
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


def test_no_condition_compares_a_numeric_key(picture: FolderPicture) -> None:
    """A project reads the keys of files as text, so such a condition would be refused there."""
    assert picture.customers is not None
    assert "Record ID" not in (picture.customers.where or "")


def test_duplicates_are_no_customers(second: SecondCompany, records: frozenset[str]) -> None:
    assert not set(second.duplicates) & records


def test_contracts_begin_and_end_where_billing_says(picture: FolderPicture) -> None:
    assert picture.customers is not None and picture.customers.contracts is not None
    contracts = picture.customers.contracts
    assert contracts.table == "stripe_subscriptions"
    assert (contracts.starts, contracts.ends) == ("Start Date (UTC)", "Ended At (UTC)")
    assert contracts.decided == "Canceled At (UTC)"
    assert contracts.currency == "Currency"


def test_contracts_are_worth_what_billing_says(picture: FolderPicture) -> None:
    """The price is for one seat, and the rates are pounds for one unit of another currency."""
    assert picture.customers is not None and picture.customers.contracts is not None
    contracts = picture.customers.contracts
    assert (contracts.amount, contracts.unit) == ("Amount * Quantity", None)
    assert contracts.rates == RatesPicture(
        "fx_rates", "month", "from_currency", "rate", "GBP", to="to_currency"
    )


@pytest.mark.parametrize("table", sorted(ROLES))
def test_each_table_has_its_role(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and found.role == ROLES[table]


@pytest.mark.parametrize("table", sorted(TIMES))
def test_each_table_has_its_time(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and found.time == TIMES[table]


TABLES = [name for name in ROLES if name not in ("stripe_prices", "fx_rates")]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_rows_lead_to_their_customers(second: SecondCompany, rows: PictureRows, table: str) -> None:
    match = rows.count(table, second.owners[table])
    assert match.right >= 0.95 * match.rows and match.wrong <= 0.01 * match.rows, match


@pytest.mark.parametrize("table", sorted(LEAKS))
def test_leaks_are_known(picture: FolderPicture, table: str) -> None:
    found = picture.table(table)
    assert found is not None and set(LEAKS[table]) <= set(found.leaks), found.leaks


@pytest.fixture(scope="module")
def attempt(second: SecondCompany, tmp_path_factory: pytest.TempPathFactory) -> Proposed:
    return propose(second.exports, tmp_path_factory.mktemp("second") / "project", "--yes")


@pytest.fixture
def proposal(attempt: Proposed) -> Path:
    """The project; a test that needs it fails where there is none."""
    assert attempt.is_ready, attempt.output[-400:]
    return attempt.folder


@pytest.fixture(scope="module")
def census(attempt: Proposed, second: SecondCompany) -> Census:
    assert attempt.is_ready
    return take_census(attempt.folder, second.truth)


def test_the_customers_are_the_true_ones(second: SecondCompany, census: Census) -> None:
    assert not wrong_customers(census, second.truth)


def test_the_model_leads_rows_to_their_customers(second: SecondCompany, proposal: Path) -> None:
    document = YAML(typ="safe").load((proposal / "salus.yaml").read_text(encoding="utf-8"))
    used = {source["table"] for source in document["sources"].values()}
    expected = {table: rows for table, rows in second.matches.items() if table in used}
    assert {"segment_tracks", "stripe_invoices", "zendesk_tickets", "typeform_nps"} <= used
    assert not wrong_matches(proposal, second.exports, second.truth, expected)


def test_merged_ids_in_billing_lead_to_the_surviving_record(
    second: SecondCompany, proposal: Path, picture: FolderPicture
) -> None:
    document = YAML(typ="safe").load((proposal / "salus.yaml").read_text(encoding="utf-8"))
    merged = document["links"]["merged"]
    assert (merged["table"], merged["from"]) == ("companies", "each(`Merged object IDs`)")
    customers = picture.table("stripe_customers")
    assert customers is not None
    way = next(way for way in customers.ways if way.steps[-1].target.functions == ("each",))
    assert way.matched == 3
    assert second.exports.joinpath("companies.csv").read_text(encoding="utf-8").count(";") == 1


def test_leaks_are_left_out(proposal: Path) -> None:
    assert not leaks(proposal / "salus.yaml", LEAK_NAMES)


def test_the_score_predicts_better_than_any_measure(second: SecondCompany, proposal: Path) -> None:
    measured = measure_project(proposal, second.truth)
    assert measured.auc > measured.best[1], measured.best


def test_ids_of_one_name_in_every_table_are_no_key(second: SecondCompany, tmp_path: Path) -> None:
    """The CRM calls the ids of companies, contacts, deals and activities `Record ID`. Without contracts
    it can't tell who is a customer, so that is asked.
    """
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("companies", "contacts", "deals", "activities", "company_property_history"):
        shutil.copy(second.exports / f"{name}.csv", folder)
    proposed = propose(folder, tmp_path / "project")
    assert proposed.code == 1, proposed.output
    assert not (proposed.folder / "salus.yaml").exists()
    assert "Former customer" in proposed.output
