"""Answers of a person come before what the tables say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from salus.draft import Draft, open_folder, write_draft
from salus.draft.answers import DraftAnswers, UnansweredError
from salus.draft.find_picture import find_picture
from salus.draft.folder import OpenFolder
from salus.errors import OptionError
from tests.draft.test_small_tables import folder

TODAY = dt.date(2026, 11, 1)
FIRMS = ["Nord", "Süd", "Ost", "West", "Berg", "Tal", "See", "Wald", "Feld", "Hof"]


def _rows() -> Iterator[tuple[str, str]]:
    """A CRM whose ids billing doesn't know: it has the names of the companies only."""
    numbers = range(40)
    names = {n: f"{FIRMS[n % 10]}{'abcd'[n // 10]}werk GmbH" for n in numbers}
    yield (
        "firms",
        "Id,Name,Type\n"
        + "".join(f"F{n:03},{names[n]},{'Customer' if n % 4 else 'Prospect'}\n" for n in numbers),
    )
    yield (
        "tickets",
        "Ticket ID,Company Name,Status,Priority,Created time\n"
        + "".join(
            f"{n},{names[n * 7 % 40]},Open,{'High' if n % 3 else 'Low'},"
            f"2026-{1 + n % 10:02}-{1 + n % 28:02} 10:00:00\n"
            for n in range(900)
        ),
    )
    yield (
        "leavers",
        "Company,Left on\n"
        + "".join(f"{names[n]},2026-0{1 + n % 9}-11\n" for n in range(1, 40, 5)),
    )


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenFolder]:
    reader = open_folder(folder(tmp_path / "tables", **dict(_rows())), tmp_path / "scratch")
    yield reader
    reader.connection.close()


def draft(opened: OpenFolder, **answers: str) -> Draft:
    return write_draft(opened.connection, "tried", TODAY, answers=DraftAnswers(**answers))


def test_without_an_answer_it_asks(opened: OpenFolder) -> None:
    with pytest.raises(UnansweredError) as raised:
        draft(opened)
    assert raised.value.questions


def test_a_named_table_lists_the_customers(opened: OpenFolder) -> None:
    model = draft(opened, entity="firms", where="Type = 'Customer'").model
    assert (model.entity.table, model.entity.key) == ("firms", "Id")
    assert model.entity.where is not None
    assert set(model.links) == {"name"}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"entity": "firm"}, "no table 'firm'"),
        ({"entity": "firms", "key": "Nr"}, "no column 'Nr'"),
        ({"entity": "firms", "where": "Type = 'Customer'", "outcome": "firms.Nr"}, "no column"),
        ({"entity": "firms", "where": "Type = 'Customer'", "outcome": "firms.Name"}, "no dates"),
    ],
)
def test_answers_that_the_tables_contradict(
    opened: OpenFolder, answers: dict[str, str], message: str
) -> None:
    with pytest.raises(OptionError, match=message):
        draft(opened, **answers)


def test_a_named_outcome_goes_through_the_links(opened: OpenFolder) -> None:
    where = "Type = 'Customer'"
    (dated,) = draft(opened, entity="firms", where=where, outcome="leavers.Left on").model.outcomes
    assert (dated.table, dated.time, dated.flag) == ("leavers", "Left on", None)
    (flag,) = draft(
        opened, entity="firms", where=where, outcome="firms.Type=Prospect"
    ).model.outcomes
    assert (flag.flag, flag.values) == ("Type", ("Prospect",))


def test_a_named_key_is_taken(opened: OpenFolder) -> None:
    picture = find_picture(
        opened.connection,
        answers=DraftAnswers(entity="firms", key="Name", where="Type = 'Customer'"),
    )
    assert picture.customers is not None
    assert (picture.customers.key, picture.customers.where) == ("Name", "Type = 'Customer'")
