"""`check` names the sources that are too old for their measures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.project import open_project

MODEL = """\
version: 1
name: stopped
entity: {name: account, table: accounts, key: id}
sources:
  use: {table: use, key: id, time: day, fresh: 7d}
  tickets: {table: tickets, key: id, time: day}
dimensions:
  d:
    measures:
      recent: {count: use, within: 28d, bad: 0, good: 9}
      asked: {count: tickets, within: 28d, bad: 9, good: 0}
"""


def daily(last: str) -> str:
    days = (dt.date.fromisoformat(last) - dt.timedelta(days=back) for back in range(60))
    return "id,day\n" + "".join(f"a,{day}\n" for day in days)


@pytest.mark.parametrize(
    ("last", "age"),
    [("2026-04-24", None), ("2026-04-23", 8), ("2026-04-02", 29), ("2026-04-30", None)],
)
def test_a_source_is_named_when_its_measures_are_stale(
    last: str, age: int | None, tmp_path: Path
) -> None:
    """The other source goes on until the day before the scored one."""
    (tmp_path / "data").mkdir()
    tables = {"accounts": "id\na\n", "use": daily(last), "tickets": daily("2026-04-30")}
    for name, text in tables.items():
        (tmp_path / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "salus.yaml").write_text(MODEL, encoding="utf-8")
    project = open_project(tmp_path, today="2026-05-01")
    named = [str(problem) for problem in project.check()]
    missing = project.score(keep=False).to_arrow()["value:recent"].to_pylist() == [None]
    assert missing == (age is not None) == bool(named)
    if age is not None:
        assert f"`use` has no facts after {last}, {age} days before 2026-05-01" in named[0]
