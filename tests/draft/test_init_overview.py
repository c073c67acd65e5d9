"""The lines and notes of `init` agree with the model that it writes and with what `check` counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus import open_project
from salus.channels.folder.content import FolderContent, FolderTable
from salus.verbs.init.init import init
from salus.verbs.init.request import InitRequest
from salus.verbs.init.result import NewProject
from tests.draft.test_small_tables import EVENTS, draft_tables, folder

EXPORTS = Path(__file__).parents[2] / "examples" / "exports"
TODAY = dt.date(2025, 11, 30)
REQUEST = InitRequest(yes=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> NewProject:
    place = tmp_path_factory.mktemp("overview")
    return init(place / "project", source=str(EXPORTS), request=REQUEST, today=TODAY)


def tables(project: NewProject) -> dict[str, FolderTable]:
    content: FolderContent | None = project.content
    assert content is not None
    return {table.name: table for table in content.tables}


def test_a_table_s_share_is_the_one_that_check_counts(project: NewProject) -> None:
    uses = open_project(project.folder, TODAY).inspect().uses
    compared = 0
    for name, table in tables(project).items():
        counts = next((use.counts for use in uses if use.table == name and use.counts), None)
        if counts is not None:
            assert (table.dated, table.matched) == (counts.facts, counts.matched)
            assert (table.unknown, table.empty) == (counts.unknown, counts.without)
            compared += 1
    assert compared >= 3


def test_the_model_s_comments_leave_the_numbers_to_check(project: NewProject) -> None:
    text = (project.folder / "salus.yaml").read_text(encoding="utf-8")
    assert "the rows lead to an account by " in text
    assert " rows lead to an account, " not in text


def test_the_customers_table_says_how_many_ever_were_customers(project: NewProject) -> None:
    companies = tables(project)["companies"]
    assert (companies.rows, companies.kept, companies.ever) == (16, 16, 12)


def test_columns_that_the_model_uses_elsewhere_are_not_called_unclear(project: NewProject) -> None:
    (note,) = [note for note in project.left_out if "which values are good" in note]
    assert note == (
        "table companies: no measure is made from `Industry`, `Number of Employees`, because it"
        " isn't clear which values are good"
    )


def test_dates_of_unknown_meaning_have_advice(tmp_path: Path) -> None:
    rows = "".join(f"A{n},{n * 2},2024-03-{1 + n % 28:02},2024-05-01\n" for n in range(40))
    draft = draft_tables(
        tmp_path,
        accounts=f"account_id,tenure,glow,shine\n{rows}",
        events=EVENTS.format(key="account_id", user="user", at="at"),
    )
    (note,) = [note for note in draft.left_out if "isn't clear what" in note]
    assert note == (
        "table accounts: `glow`, `shine` aren't used, because it isn't clear what the dates mean; if"
        " one of them is the last day as a customer, enter it as `ends` under `entity`"
    )


def test_a_tidy_table_is_called_what_the_draft_takes_it_for(tmp_path: Path) -> None:
    """The names of its columns say nothing to the picture, but the key and an amount do to the draft."""
    rows = "".join(
        f"C{n % 40:03},2025-{1 + n % 12:02}-{1 + n % 28:02},{1 + n % 3},{5 + n % 17}.50\n"
        for n in range(600)
    )
    source = folder(tmp_path / "shop", cd_master=f"customer_id,date,quantity,amount\n{rows}")
    made = init(tmp_path / "project", source=str(source), request=REQUEST, today=TODAY)
    assert any("holds orders" in note for note in made.guessed)
    assert tables(made)["cd_master"].role == "orders"
