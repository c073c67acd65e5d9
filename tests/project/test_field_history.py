"""A history with one row per change of a field, as a CRM exports it."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import DataError, Problem
from salus.project import open_project
from tests.project.test_kinds import project

MODEL = """\
version: 1
name: changes
entity:
  name: account
  table: accounts
  key: id
  attributes: [plan, seats, vip]
  history: {table: changes, KEYtime: at, field: what, value: new, BEFOREfields: {plan: Plan__c, seats: Seats}}
LINKSsources:
  use: {table: use, key: id, time: day}
dimensions:
  d:
    measures:
      n: {count: use, bad: 0, good: 1, weight: 0.001}
      size: {value: seats, bad: 0, good: 100}
"""
TABLES = {
    "accounts": "id,crm,plan,seats,vip\nA,x1,gold,20,true\nB,x2,tin,40,false\nC,x3,gold,60,true\n",
    "changes": (
        "id,crm,what,old,new,at\nA,x1,Seats,10,15,2026-02-01\nA,x1,Seats,15,20,2026-03-01\n"
        "B,x2,Plan__c,gold,tin,2026-02-01\nB,x2,Status,a,b,2026-02-01\nA,x1,Plan__c,,gold,2025-01-05\n"
    ),
    "use": "id,day\nA,2025-12-01\nB,2025-12-01\nC,2025-12-01\nA,2026-03-30\n",
}


def text(before: str = "before: old, ", key: str = "", links: str = "") -> str:
    return MODEL.replace("BEFORE", before).replace("KEY", key).replace("LINKS", links)


def seats_on(folder: Path, day: str) -> dict[str, object]:
    opened = open_project(folder)
    by_name = {}
    for entity in ("A", "B", "C"):
        lines = opened.explain(entity, day).as_dict()["measures"]
        by_name[entity] = next(line["value"] for line in lines if line["name"] == "size")
    return by_name


@pytest.mark.parametrize("database", [False, True])
def test_an_attribute_is_read_as_it_was_known(tmp_path: Path, database: bool) -> None:
    """Before the first change the old value applies; an attribute that never changed is as today."""
    assert project(tmp_path, TABLES, text(), database=database).check() == []
    assert seats_on(tmp_path, "2026-02-01") == {"A": 10, "B": 40, "C": 60}
    assert seats_on(tmp_path, "2026-02-02") == {"A": 15, "B": 40, "C": 60}
    assert seats_on(tmp_path, "2026-03-31") == {"A": 20, "B": 40, "C": 60}


def test_without_old_values_nothing_is_known_before_the_first_row(tmp_path: Path) -> None:
    project(tmp_path, TABLES, text(before=""))
    assert seats_on(tmp_path, "2026-02-01") == {"A": None, "B": None, "C": None}
    assert seats_on(tmp_path, "2026-02-02") == {"A": 15, "B": None, "C": None}


def test_the_key_may_go_through_a_link(tmp_path: Path) -> None:
    links = "links:\n  crm: {table: accounts, from: crm, to: id}\n"
    model = text(key="key: {crm: crm}, ", links=links)
    assert project(tmp_path, TABLES, model).check() == []
    assert seats_on(tmp_path, "2026-02-02") == {"A": 15, "B": 40, "C": 60}


def test_a_later_row_changes_no_earlier_date(tmp_path: Path) -> None:
    """A change that happens after a date leaves its values as they were, if its old value is right."""
    project(tmp_path / "before", TABLES, text())
    later = TABLES["changes"] + "C,x3,Seats,60,90,2026-05-01\nA,x1,Seats,20,70,2026-05-01\n"
    accounts = TABLES["accounts"].replace("x3,gold,60", "x3,gold,90").replace("d,20", "d,70")
    project(tmp_path / "after", {**TABLES, "changes": later, "accounts": accounts}, text())
    for day in ("2026-01-01", "2026-02-02", "2026-03-02"):
        assert seats_on(tmp_path / "after", day) == seats_on(tmp_path / "before", day)


def problems(folder: Path, changes: str, model: str = "") -> list[Problem]:
    return project(folder, {**TABLES, "changes": changes}, model or text()).check()


def test_check_names_what_cannot_be_read(tmp_path: Path) -> None:
    changes = TABLES["changes"].replace("Plan__c", "Plan__C").replace("10,15", "10,ten")
    first, second = problems(tmp_path, changes)
    assert str(first) == (
        "salus.yaml:8:86: warning: no row of an entity in table `changes` has `what` = 'Plan__c'\n"
        "    -> did you mean 'Plan__C'?"
    )
    assert str(second) == (
        "salus.yaml:8:101: warning: 1 of 4 values of `seats` in the history can't be read, such as"
        " 'ten', so it is missing there\n    -> write them as numbers, such as 1250.5"
    )


def test_check_names_a_field_that_is_another_attribute(tmp_path: Path) -> None:
    rows = [f"{id},x,Seats,1,{n},2026-02-01" for n, id in enumerate("ABCDEFG")]
    accounts = "id,crm,plan,seats,vip\n" + "\n".join(
        f"{id},x,gold,{n + (n > 1)},true" for n, id in enumerate("ABCDEFG")
    )
    changes = "id,crm,what,old,new,at\nA,x,Plan__c,,gold,2026-01-01\n" + "\n".join(rows) + "\n"
    tables = {**TABLES, "accounts": accounts + "\n", "changes": changes}
    (problem,) = project(tmp_path, tables, text()).check()
    assert problem.what == (
        "`seats` has another value today than after its last change in the history for 5 of 7 accounts"
    )


def test_a_column_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    model = text(before="before: was, ")
    (problem,) = problems(tmp_path, TABLES["changes"], model)
    assert str(problem).startswith("salus.yaml:8:72: table `changes` has no column `was`")
    with pytest.raises(DataError):
        open_project(tmp_path).score("2026-03-01")


def test_a_replay_names_the_attributes_that_are_as_today(tmp_path: Path) -> None:
    model = text().replace("{plan: Plan__c, seats: Seats}", "{plan: Plan__c}")
    project(tmp_path, TABLES, model)
    (note,) = open_project(tmp_path).replay("2026-03-01", "2026-03-02").notes
    assert note == (
        "`seats`: today's value is used for every date, because `fields` of the entity's history"
        " doesn't name it"
    )


VALUED = """\
version: 1
name: valued
entity: {name: account, table: accounts, key: id, value: arr, currency: EUR, starts: since, ends: until, HISTORY}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d:
    measures:
      n: {count: use, bad: 0, good: 1}
      worth: {value: arr, bad: 0, good: 500}
      growth: {formula: "arr / before", bad: 0, good: 2}
inputs:
  before: {value: arr, ago: 180d}
outcomes:
  churned: {table: accounts, key: id, time: until}
"""
VALUED_TABLES = {
    "accounts": "id,arr,since,until\nA,150,2023-01-01,\nB,260,2023-01-01,\nC,90,2023-01-01,2025-08-01\n",
    "wide": (
        "id,at,arr\nA,2020-01-01,100\nB,2020-01-01,260\nC,2020-01-01,80\n"
        "A,2025-03-01,120\nA,2025-09-01,150\nC,2025-02-01,90\n"
    ),
    "long": (
        "id,at,what,old,new\nA,2025-03-01,Amount,100,120\nA,2025-09-01,Amount,120,150\n"
        "C,2025-02-01,Amount,80,90\n"
    ),
    "use": "id,day\nA,2025-01-01\nB,2025-01-01\nC,2025-01-01\nA,2025-12-30\n",
}
WIDE = "history: {table: wide, time: at}"
LONG = (
    "history: {table: long, time: at, field: what, value: new, before: old, fields: {arr: Amount}}"
)


def test_metrics_and_scores_are_those_of_a_history_with_columns(tmp_path: Path) -> None:
    results = []
    for name, history in (("wide", WIDE), ("long", LONG)):
        opened = project(tmp_path / name, VALUED_TABLES, VALUED.replace("HISTORY", history))
        assert [each for each in opened.check() if each.severity == "error"] == []
        metrics = opened.metrics("2025-01-01", "2025-12-31").as_dict()
        scores = {
            day: [(row.id, row.score) for row in opened.score(day)]
            for day in ("2025-02-01", "2025-03-01", "2025-03-02", "2025-07-01", "2026-01-01")
        }
        results.append(({k: v for k, v in metrics.items() if k != "model"}, scores))
    assert results[0] == results[1]
