"""`entity.where` says which rows of the table are entities; `check` counts the facts of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_kinds import project

MODEL = """\
version: 1
name: customers
entity: {name: account, table: companies, key: id, where: "`Lifecycle Stage` = 'customer'"}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {n: {count: use, bad: 0, good: 4}}}
"""
COMPANIES = "id,Lifecycle Stage\nA,customer\nB,lead\nC,customer\nB,lead\n"
USE = "id,day\nA,2026-01-02\nB,2026-01-03\nB,2026-01-03\nX,2026-01-03\n"


@pytest.mark.parametrize("database", [False, True])
def test_only_rows_that_meet_the_condition_are_entities(tmp_path: Path, database: bool) -> None:
    """Two rows with the same key don't matter if neither is an entity."""
    opened = project(tmp_path, {"companies": COMPANIES, "use": USE}, MODEL, database=database)
    assert sorted(row.id for row in opened.score("2026-01-04")) == ["A", "C"]
    inspection = opened.inspect()
    (counts,) = inspection.keys
    assert (counts.facts, counts.unknown, counts.left_out) == (4, 1, 2)
    assert counts.examples == ("X",)


@pytest.mark.parametrize("database", [False, True])
@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("`Lifecycle Stage` = 'Customer'", "did you mean 'customer'?"),
        ("stage = 'customer'", "table `companies` has no column `stage`"),
        ("`Lifecycle Stage` > 3", "`where` of the entity"),
    ],
)
def test_check_says_what_is_wrong(tmp_path: Path, database: bool, where: str, what: str) -> None:
    model = MODEL.replace("`Lifecycle Stage` = 'customer'", where)
    opened = project(tmp_path, {"companies": COMPANIES, "use": USE}, model, database=database)
    problems = opened.check()
    assert any(what in str(problem) for problem in problems), problems
    assert any(problem.severity == "error" for problem in problems)
