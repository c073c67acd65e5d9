"""`check` says when dated copies stopped and attributes have changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.project import open_project

MODEL = """\
version: 1
name: copies
entity:
  name: account
  table: accounts
  key: id
  attributes: [seats]
  history: {table: monthly, key: id, time: copied}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d: {measures: {size: {value: seats, bad: 0, good: 100}, n: {count: use, bad: 0, good: 9}}}
"""


@pytest.mark.parametrize(
    ("months", "today", "named"),
    [(6, 20, True), (6, 10, False), (11, 20, False)],
)
def test_copies_that_stopped(months: int, today: int, named: bool, tmp_path: Path) -> None:
    """Copies with 10 seats on the first days of the `months`; the list of `today` is of December."""
    monthly = "".join(
        f"{key},10,2025-{month:02}-01\n" for month in range(1, months + 1) for key in "ab"
    )
    use = "".join(f"a,2025-12-{day:02}\n" for day in range(1, 21))
    tables = {
        "accounts": f"id,seats\na,{today}\nb,10\n",
        "monthly": f"id,seats,copied\n{monthly}",
        "use": f"id,day\n{use}",
    }
    (tmp_path / "data").mkdir()
    for name, text in tables.items():
        (tmp_path / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "salus.yaml").write_text(MODEL, encoding="utf-8")
    project = open_project(tmp_path, today="2025-12-21")
    problems = [str(problem) for problem in project.check()]
    what = (
        "is of 2025-06-01. Since then `seats` changed for 1 of 2 accounts, but the old values count"
    )
    assert len(problems) == (1 if named else 0), problems
    assert all(what in problem for problem in problems)
