"""The picture of one company's exports in other clothes, of another company, and of spoiled folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlglot import exp

from salus.draft import open_folder
from salus.draft.answers import DraftAnswers
from salus.draft.find_picture import find_picture
from salus.draft.picture import FolderPicture, TablePicture
from salus.errors import OptionError
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.postgres import Postgres
from tests.draft.exports.companies import Company, make_company
from tests.draft.exports.mutilations import MUTILATIONS
from tests.draft.exports.second.generate import generate
from tests.draft.exports.second.truth import LEAKS, ROLES, TIMES, SecondCompany
from tests.draft.exports.variations import CRM, VARIATIONS

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.xdist_group("exports"),
]
#: Roles that the two companies' truth names otherwise.
NAMES = {"history": "field_history", "rates": "lookup"}


def picture_of(folder: Path, scratch: Path, answers: DraftAnswers | None = None) -> FolderPicture:
    opened = open_folder(folder, scratch)
    try:
        return find_picture(opened.connection, opened.skip, answers=answers)
    finally:
        opened.connection.close()


def outline(table: TablePicture) -> tuple[object, ...]:
    """What stays the same whatever the table and its columns are called."""
    counts = table.rows, table.matched, table.ambiguous, table.empty
    named = table.time, table.until, table.recorded
    return table.role, *counts, *(name is not None for name in named)


@pytest.fixture(scope="module")
def plain(company: Company, tmp_path_factory: pytest.TempPathFactory) -> FolderPicture:
    return picture_of(company.exports, tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize("variation", ["renamed", "shuffled", "german"])
def test_other_clothes_change_nothing(
    company: Company, plain: FolderPicture, tmp_path: Path, variation: str
) -> None:
    VARIATIONS[variation](company.exports, tmp_path / "raw")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch")
    assert sorted(map(outline, found.tables)) == sorted(map(outline, plain.tables))
    assert found.questions == ()
    assert found.customers is not None
    assert plain.customers is not None
    for part in ("merged", "parent", "owner", "label"):
        assert getattr(found.customers, part) is not None
    assert found.customers.duplicates == plain.customers.duplicates
    assert found.customers.replaced == plain.customers.replaced
    assert found.customers.contracts is not None
    assert found.customers.contracts.unit == "cents"
    assert found.customers.contracts.rates is not None
    assert found.customers.contracts.decided is not None


@pytest.mark.parametrize("variation", ["without users", "without tickets", "without events"])
def test_a_table_may_be_missing(
    company: Company, plain: FolderPicture, tmp_path: Path, variation: str
) -> None:
    VARIATIONS[variation](company.exports, tmp_path / "raw")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch")
    assert found.customers is not None
    assert plain.customers is not None
    assert (found.customers.table, found.customers.key) == ("Account", "Id")
    assert found.customers.where == plain.customers.where
    for table in found.tables:
        whole = plain.table(table.name)
        assert whole is not None
        assert table.role == whole.role
        assert table.matched >= 0.95 * whole.matched


def test_without_the_crm_billing_lists_the_customers(
    company: Company, plain: FolderPicture, tmp_path: Path
) -> None:
    VARIATIONS["without CRM"](company.exports, tmp_path / "raw")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch")
    assert found.customers is not None
    assert (found.customers.table, found.customers.key) == ("subscriptions", "customer_id")
    for table in found.tables:
        assert table.name not in CRM
        whole = plain.table(table.name)
        assert whole is not None
        assert table.role == whole.role
        assert table.matched >= 0.95 * whole.matched


@pytest.mark.parametrize("seed", [3])
def test_other_companies_of_the_same_tools(
    shared: Path, plain: FolderPicture, tmp_path: Path, seed: int
) -> None:
    found = picture_of(make_company(shared, seed, tmp_path).exports, tmp_path / "scratch")
    assert found.questions == ()
    for table in found.tables:
        whole = plain.table(table.name)
        assert whole is not None
        assert (table.role, table.time, table.until, table.row_id) == (
            whole.role,
            whole.time,
            whole.until,
            whole.row_id,
        )
        if whole.matched:
            assert table.matched / table.rows > 0.95 * whole.matched / whole.rows - 0.07


def _tables(company: Company, scratch: Path) -> Iterator[tuple[str, Any]]:
    """The tables of the folder as a database would hold them."""
    opened = open_folder(company.exports, scratch)
    try:
        for name in opened.connection.tables():
            if name not in opened.skip:
                table = opened.connection.table(name)
                yield name, opened.connection.query(exp.select("*").from_(table))
    finally:
        opened.connection.close()


def _same_as_files(connection: Connection, plain: FolderPicture) -> None:
    found = find_picture(connection)
    assert sorted(map(outline, found.tables)) == sorted(map(outline, plain.tables))
    assert found.customers is not None
    assert plain.customers is not None
    assert found.customers.where == plain.customers.where
    assert found.customers.table.rsplit(".", 1)[-1] == plain.customers.table


def test_duckdb_gives_the_same_picture(
    company: Company, plain: FolderPicture, tmp_path: Path
) -> None:
    with duckdb.connect(tmp_path / "exports.duckdb") as database:
        for name, table in _tables(company, tmp_path / "scratch"):
            database.register("incoming", table)
            database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
    connection = DuckDBFile(tmp_path / "exports.duckdb")
    try:
        _same_as_files(connection, plain)
    finally:
        connection.close()


def test_postgresql_gives_the_same_picture(
    company: Company, plain: FolderPicture, postgres: str, tmp_path: Path
) -> None:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(postgres) as database, database.cursor() as cursor:
        for name, table in _tables(company, tmp_path / "scratch"):
            cursor.adbc_ingest(name, table, mode="create", db_schema_name="public")
        database.commit()
    connection = Postgres(postgres)
    try:
        _same_as_files(connection, plain)
    finally:
        connection.close()
        with dbapi.connect(postgres) as database, database.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            database.commit()


@pytest.fixture(scope="module")
def other(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return make_company(shared, 1, tmp_path_factory.mktemp("other"))


#: Spoiled folders, and the question that each ends with; None if the picture is right all the same.
QUESTIONS = {
    "keys removed": "customers.table",
    "two companies": "customers.several",
    "CRM of another company": "customers.contracts_unmatched",
    "only events": "customers.table",
    "only a sheet": "customers.table",
    "only the CRM's accounts and events": "customers.rows",
    "audit rows": None,
    "a duplicate row": None,
    "a line of totals": None,
    "no ends": "contracts.end",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_spoiled_folders_end_in_a_question_or_are_right(
    company: Company, other: Company, plain: FolderPicture, tmp_path: Path, name: str
) -> None:
    MUTILATIONS[name].make(company.exports, other.exports, tmp_path / "raw")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch")
    code = QUESTIONS[name]
    assert [question.code for question in found.questions] == ([code] if code else [])
    if code is None or code == "contracts.end":
        assert found.customers is not None
        assert plain.customers is not None
        assert (found.customers.table, found.customers.key) == ("Account", "Id")
        assert found.customers.where == plain.customers.where
        contracts = found.table("subscriptions")
        assert contracts is not None
        assert contracts.matched == 262
    else:
        assert found.customers is None
        assert found.questions[0].options or code == "customers.table"


def test_a_row_that_stands_twice_is_named(company: Company, other: Company, tmp_path: Path) -> None:
    MUTILATIONS["a duplicate row"].make(company.exports, other.exports, tmp_path / "raw")
    table = picture_of(tmp_path / "raw", tmp_path / "scratch").table("Account")
    assert table is not None
    assert any(each.code == "customers.repeated_key" for each in table.findings)


def test_answers_decide(company: Company, other: Company, tmp_path: Path) -> None:
    MUTILATIONS["two companies"].make(company.exports, other.exports, tmp_path / "raw")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch", DraftAnswers(entity="Account (2)"))
    assert found.questions == ()
    assert found.customers is not None
    assert (found.customers.table, found.customers.key) == ("Account (2)", "Id")
    assert found.customers.contracts is not None
    assert found.customers.contracts.table == "subscriptions (2)"
    foreign = found.table("subscriptions")
    assert foreign is not None
    assert foreign.matched == 0


def test_an_answer_says_which_rows_are_customers(
    company: Company, other: Company, tmp_path: Path
) -> None:
    name = "only the CRM's accounts and events"
    MUTILATIONS[name].make(company.exports, other.exports, tmp_path / "raw")
    answers = DraftAnswers(where="Type = 'Customer - Direct'")
    found = picture_of(tmp_path / "raw", tmp_path / "scratch", answers)
    assert found.customers is not None
    assert found.customers.where == "IsDeleted = false and (Type = 'Customer - Direct')"


@pytest.mark.parametrize(
    "answers",
    [
        DraftAnswers(entity="Nowhere"),
        DraftAnswers(entity="Account", key="Nothing"),
        DraftAnswers(key="Nothing"),
    ],
)
def test_an_answer_that_the_data_contradict_is_refused(
    company: Company, tmp_path: Path, answers: DraftAnswers
) -> None:
    with pytest.raises(OptionError):
        picture_of(company.exports, tmp_path / "scratch", answers)


@pytest.fixture(scope="module", params=[710])
def second(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> SecondCompany:
    return generate(tmp_path_factory.mktemp("second") / "raw", request.param)


def test_the_second_company(second: SecondCompany, tmp_path: Path) -> None:
    found = picture_of(second.exports, tmp_path / "scratch")
    assert found.questions == ()
    assert found.customers is not None
    assert (found.customers.table, found.customers.key) == ("companies", "Record ID")
    assert found.customers.duplicates == len(second.duplicates)
    assert found.customers.replaced == {
        **second.duplicates,
        **second.children,
        **second.merged,
    }
    contracts = found.customers.contracts
    assert contracts is not None
    assert contracts.amount == "Amount * Quantity"
    assert contracts.unit is None
    assert (contracts.ends, contracts.decided) == ("Ended At (UTC)", "Canceled At (UTC)")
    assert contracts.where is not None
    assert "`Ended At (UTC)` > `Trial End (UTC)`" in contracts.where
    for name, role in ROLES.items():
        table = found.table(name)
        assert table is not None
        assert table.role == NAMES.get(role, role), name
        assert set(LEAKS.get(name, ())) <= set(table.leaks), name
        if name in TIMES:
            assert table.time == TIMES[name]
        if name in second.matches:
            known = second.matches[name].total()
            assert table.matched >= 0.95 * min(known, table.rows - table.empty), name
