"""An entity that no score of a date has: `explain` says whether it left, comes later or never was one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus import open_project
from salus.errors import UsageError
from salus.model.suggest import plain_spellings
from salus.project.project import Project
from salus.scores.entity_lookup import UnknownEntityError, find_row
from tests.oracle.contracts import is_customer
from tests.project.test_contracts import FIRST, TODAY, contracts, works


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return works(tmp_path_factory.mktemp("absence") / "works")


@pytest.mark.parametrize("as_of", ["2023-01-05", "2024-03-01", TODAY])
def test_each_absent_customer_is_named_with_the_day_on_which_it_left(
    project: Project, as_of: str
) -> None:
    """The slow oracle counts every day."""
    today = dt.date.fromisoformat(as_of)
    scored = set(project.score(as_of).ids)
    for key, own in contracts().items():
        days = [day for day in range(0, 1400) if is_customer(own, 30, day)]
        if key in scored:
            continue
        dates = [FIRST + dt.timedelta(days=day) for day in days]
        past = [date for date in dates if date < today]
        expected = f"left on {max(past)}" if past else f"isn't an account yet on {as_of}"
        with pytest.raises(UsageError, match=expected) as error:
            project.explain(key, as_of)
        (problem,) = error.value.problems
        if past:
            assert f"--as-of {max(past)}" in str(problem.fix)
            assert project.explain(key, str(max(past))).id == key
        else:
            assert f"from {min(dates)} on" in str(problem.fix)


MODEL = """\
version: 1
name: firms
entity: {name: customer, table: firms, key: id, label: name, starts: since, ends: until, where: "test = 0"}
sources:
  use: {table: use, key: firm, time: day}
dimensions:
  d: {measures: {recent: {count: use, within: 90d, bad: 0, good: 12}}}
"""
FIRMS = """\
id,name,since,until,test
F-1,Kjærmose VVS,2024-01-01,,0
F-2,Kjærsgaard El,2024-01-01,2025-02-03,0
F-3,Müller & Söhne,,,0
F-4,Kjær Later,2025-09-01,,0
F-5,ZZ Test,2024-01-01,,1
F-6,Kjærmose Nord,2024-01-01,,0
"""


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder: Path = tmp_path_factory.mktemp("absence") / "firms"
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    (folder / "data" / "firms.csv").write_text(FIRMS, encoding="utf-8")
    use = "".join(f"F-{number},2025-06-30\n" for number in range(1, 7))
    (folder / "data" / "use.csv").write_text("firm,day\n" + use, encoding="utf-8")
    return open_project(folder, TODAY)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("F-2", "`F-2` Kjærsgaard El left on 2025-02-03"),
        ("Kjærsgaard El", "left on 2025-02-03"),
        ("kjaersgaard", "left on 2025-02-03"),
        ("muller", "`F-3` Müller & Söhne has never been a customer"),
        ("Mueller", "`F-3` Müller & Söhne has never been a customer"),
        ("Kjær Later", "isn't a customer yet"),
        ("F-5", "`where` of the entity leaves its row out"),
        ("ZZ Test", "`where` of the entity leaves its row out"),
        ("KJAERMOSE VVS", "did you mean `Kjærmose VVS`"),
        ("mose n", "part of this name: F-6 Kjærmose Nord\n.*use its key, `F-6`"),
        ("kjærmose", "part of these names: F-1 Kjærmose VVS, F-6 Kjærmose Nord"),
        ("nobody", "there is no `nobody` among the 2 scored"),
    ],
)
def test_a_name_leads_to_what_is_known_about_it(firms: Project, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        firms.explain(text, TODAY)


def test_a_former_customer_comes_before_a_name_that_contains_its_own() -> None:
    with pytest.raises(UnknownEntityError) as error:
        find_row("nord", ["A-1"], ["Nordwind"], dt.date(2025, 1, 1))
    assert error.value.listed


def test_letters_without_their_marks_are_found_both_ways() -> None:
    assert plain_spellings("Kjærmose") == ("kjaermose", "kjarmose")
    assert plain_spellings("Mu\u0308ller") == plain_spellings("Müller") == ("mueller", "muller")
    assert plain_spellings("") == ("", "")
