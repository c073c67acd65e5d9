"""`check` reports a population without entities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.errors import UsageError
from salus.project import open_project
from tests.project.test_kinds import project

MODEL = """\
version: 1
name: nobody
entity: {name: account, table: accounts, key: id, starts: start, ends: end}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {n: {count: use, bad: 0, good: 1}}}
"""
USE = "id,day\nA,2026-01-02\nB,2026-01-03\n"


@pytest.mark.parametrize("database", [False, True])
@pytest.mark.parametrize(
    ("rows", "severity", "what"),
    [
        ("", "error", "table `accounts` has no rows, so there is no account to score"),
        ("A,,\nB,,\n", "error", "`start` is empty in every row, so no account can be scored"),
        (
            "A,2025-01-01,2025-06-30\nB,2025-01-01,2025-07-31\n",
            "warning",
            "no account is active on 2026-01-04",
        ),
        ("A,2030-01-01,\nB,2030-01-01,\n", "warning", "no account is active on 2026-01-04"),
    ],
)
def test_nobody_can_be_scored(
    tmp_path: Path, rows: str, severity: str, what: str, database: bool
) -> None:
    project(tmp_path, {"accounts": f"id,start,end\n{rows}", "use": USE}, MODEL, database=database)
    opened = open_project(tmp_path, today=dt.date(2026, 5, 1))
    result = [problem for problem in opened.check() if "account" in problem.what]
    assert [(problem.severity, problem.line) for problem in result] == [(severity, 3)], result
    assert result[0].what.startswith(what)
    with pytest.raises(UsageError, match="no account is part of the population"):
        opened.score()


@pytest.mark.parametrize("end", ["", "2026-01-04", "9999-12-31"])
def test_somebody_is_there(tmp_path: Path, end: str) -> None:
    project(
        tmp_path,
        {"accounts": f"id,start,end\nA,2025-01-01,{end}\nB,2025-01-01,2025-02-01\n", "use": USE},
        MODEL,
    )
    opened = open_project(tmp_path, today=dt.date(2026, 5, 1))
    assert opened.check() == [] and opened.score().ids == ("A",)
