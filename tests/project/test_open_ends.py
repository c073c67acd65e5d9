"""An end that means no end, as systems write it, in every place of facts: the customer exists, and
the ticket is open.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import salus

MODEL = """\
version: 1
name: t
timezone: America/New_York
entity: {name: account, table: accounts, key: id, starts: began, ends: ended}
sources:
  tickets: {table: tickets, key: id, time: opened, until: closed}
dimensions:
  d:
    measures:
      open_now: {count: tickets, open: true, bad: 10, good: 0}
      oldest: {oldest_open: tickets, bad: 100, good: 0}
outcomes:
  churned: {table: accounts, key: id, time: ended}
"""
ENDS = ["9999-12-31", "1753-01-01", "0001-01-01", "1900-01-01", "9999-12-31 23:59:59"]


def tables(folder: Path, end: str, kind: str) -> None:
    """Account A and its ticket have no end, those of B ended in 2025."""
    (folder / "salus.yaml").write_text(MODEL)
    (folder / "data").mkdir()
    type_ = "TIMESTAMPTZ" if kind.endswith("tz") else "TIMESTAMP" if ":" in end else "DATE"
    with duckdb.connect(str(folder / "facts.duckdb")) as place:
        place.execute("SET TimeZone = 'UTC'")
        place.execute(
            f"CREATE TABLE accounts AS SELECT * FROM (VALUES ('A', DATE '2024-01-01', '{end}'::{type_}), "
            f"('B', DATE '2024-01-01', '2025-06-30'::{type_})) AS t(id, began, ended)"
        )
        place.execute(
            f"CREATE TABLE tickets AS SELECT * FROM (VALUES ('A', DATE '2026-01-01', '{end}'::{type_}), "
            f"('A', DATE '2026-01-02', '2026-01-03'::{type_}), ('A', DATE '2026-01-04', NULL)) AS t(id, opened, closed)"
        )
        if kind.startswith("parquet"):
            for name in ("accounts", "tickets"):
                place.execute(f"COPY {name} TO '{folder}/data/{name}.parquet'")
        elif kind == "csv":
            for name in ("accounts", "tickets"):
                place.execute(f"COPY {name} TO '{folder}/data/{name}.csv'")
    if kind.startswith("duckdb"):
        (folder / "salus.toml").write_text('[data]\nurl = "duckdb:///facts.duckdb"\n')


@pytest.mark.parametrize("kind", ["csv", "parquet", "parquet-tz", "duckdb", "duckdb-tz"])
@pytest.mark.parametrize("end", ENDS)
def test_the_same_everywhere(tmp_path: Path, end: str, kind: str) -> None:
    tables(tmp_path, end, kind)
    project = salus.open_project(tmp_path)
    assert not [problem for problem in project.check() if problem.severity == "error"]
    assert project.score("2026-01-31").ids == ("A",)
    measures = {
        each["name"]: each["value"]
        for each in project.explain("A", "2026-01-31").as_dict()["measures"]
    }
    assert measures == {"open_now": 2, "oldest": 30}
    metrics = project.metrics("2025-01-31", "2026-01-31", quick=True).as_dict()
    assert (metrics["at_start"], metrics["at_end"]) == (2, 1)


@pytest.mark.parametrize("end", ["infinity", "-infinity"])
def test_infinite_dates_of_a_database(tmp_path: Path, end: str) -> None:
    tables(tmp_path, end, "duckdb")
    project = salus.open_project(tmp_path)
    assert project.score("2026-01-31").ids == ("A",)
    assert {each["value"] for each in project.explain("A", "2026-01-31").as_dict()["measures"]} == {
        2,
        30,
    }
