"""Points of `true` and `false` fit every way of writing true and false in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_kinds import project

MODEL = """\
version: 1
name: truths
entity: {name: account, table: accounts, key: id, attributes: [paying]}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d:
    measures:
      pays:  {value: paying, points: {true: 100, false: 0}}
      happy: {latest: use.happy, points: {true: 100, false: 0}}
"""


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("true", "false"),
        ("True", "False"),
        ("TRUE", "FALSE"),
        ("yes", "no"),
        ("Ja", "Nein"),
        ("WAHR", "FALSCH"),
    ],
)
def test_points_of_truths(tmp_path: Path, yes: str, no: str) -> None:
    tables = {
        "accounts": f"id,paying\nA,{yes}\nB,{no}\n",
        "use": f"id,day,happy\nA,2026-01-02,{yes}\nB,2026-01-03,{no}\n",
    }
    opened = project(tmp_path, tables, MODEL)
    assert opened.check() == []
    scores = opened.score("2026-01-31")
    assert {row["id"]: row["score"] for row in scores.as_dict()["entities"]} == {
        "A": 100.0,
        "B": 0.0,
    }
