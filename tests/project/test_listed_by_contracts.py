"""Entities whose only list is the table of their contracts: each has the row of its newest contract."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from salus import open_project
from salus.project.project import Project

TODAY = "2026-07-01"
HEAD = ["customer", "plan", "seats", "started", "cancelled"]
#: Three contracts of A, the newest in the middle; two of B, one after the other; a single one of C,
#: which has ended; D begins two on one day.
CONTRACTS = [
    ["A", "basic", "3", "2024-01-01", "2025-01-01"],
    ["A", "large", "9", "2026-01-01", ""],
    ["A", "plus", "5", "2025-01-01", "2026-01-01"],
    ["B", "basic", "2", "2025-03-01", "2025-09-01"],
    ["B", "plus", "4", "2025-09-01", ""],
    ["C", "basic", "1", "2025-01-01", "2026-02-01"],
    ["D", "basic", "7", "2025-05-01", "2026-05-01"],
    ["D", "plus", "6", "2025-05-01", ""],
]
NEWEST = {"A": ("large", 9.0), "B": ("plus", 4.0), "C": ("basic", 1.0)}
MODEL = """\
version: 1
name: listed
entity:
  name: customer
  table: {table}
  key: customer
  label: plan
  attributes: [seats]
  contracts: {{table: subscriptions, key: customer, starts: started, ends: cancelled}}
sources:
  use: {{table: use, key: customer, time: day}}
dimensions:
  d: {{measures: {{recent: {{count: use, within: 90d, bad: 0, good: 12}}, size: {{value: seats, bad: 0, good: 10}}}}}}
outcomes:
  churned: {{contracts: end}}
"""


def rows_of(name: str) -> list[list[str]]:
    if name == "subscriptions":
        return [HEAD, *CONTRACTS]
    if name == "use":
        days = [f"2026-0{month}-1{day}" for month in range(1, 7) for day in range(5)]
        return [["customer", "day"], *([key, day] for key in "ABCD" for day in days)]
    newest = {row[0]: row for row in sorted(CONTRACTS, key=lambda row: (row[3], row[1]))}
    return [HEAD, *newest.values()]


def listed(folder: Path, table: str) -> Project:
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(MODEL.format(table=table), encoding="utf-8")
    for name in ("subscriptions", "use", "customers"):
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows_of(name))
    return open_project(folder, TODAY)


def scores(project: Project) -> dict[str, dict[str, object]]:
    result = project.score(TODAY, keep=False)
    return dict(zip(result.ids, result.entities(), strict=True))


def test_the_newest_contract_is_the_row_of_its_entity(tmp_path: Path) -> None:
    own = scores(listed(tmp_path / "own", "subscriptions"))
    assert set(own) == {"A", "B", "D"}  # C has left
    assert own == scores(listed(tmp_path / "other", "customers"))


def test_who_left_is_still_known_before(tmp_path: Path) -> None:
    project = listed(tmp_path / "p", "subscriptions")
    assert set(project.score("2026-01-15", keep=False).ids) == {"A", "B", "C", "D"}


def test_the_same_from_postgresql(postgres: str, tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    project = listed(tmp_path / "p", "subscriptions")
    expected = scores(project)
    kinds = {"seats": "integer", "started": "date", "cancelled": "date", "day": "date"}
    with dbapi.connect(postgres) as connection, connection.cursor() as cursor:
        for name in ("subscriptions", "use"):
            head, *rows = rows_of(name)
            columns = ", ".join(f"{each} {kinds.get(each, 'text')}" for each in head)
            cursor.execute(f"drop table if exists {name}")
            cursor.execute(f"create table {name} ({columns})")
            for row in rows:
                values = ", ".join(f"'{cell}'" if cell else "null" for cell in row)
                cursor.execute(f"insert into {name} values ({values})")
        connection.commit()
    try:
        settings = f'[data]\nurl = "{postgres}"\n'
        (tmp_path / "p" / "salus.toml").write_text(settings, encoding="utf-8")
        assert scores(open_project(tmp_path / "p", TODAY)) == expected
    finally:
        with dbapi.connect(postgres) as connection, connection.cursor() as cursor:
            for name in ("subscriptions", "use"):
                cursor.execute(f"drop table {name}")
            connection.commit()


@pytest.mark.parametrize(("entity", "plan", "seats"), [(k, *v) for k, v in NEWEST.items()])
def test_attributes_are_those_of_the_newest_contract(
    tmp_path: Path, entity: str, plan: str, seats: float
) -> None:
    result = listed(tmp_path / "p", "subscriptions").explain(entity, "2026-01-15").as_dict()
    size = next(each for each in result["measures"] if each["name"] == "size")
    assert (result["label"], size["value"]) == (plan, seats)
