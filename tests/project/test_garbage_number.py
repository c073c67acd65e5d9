"""One garbage number among good ones doesn't stop the others from being scored."""

from __future__ import annotations

from pathlib import Path

import pytest

import salus
from salus.errors import RejectedRowsWarning

MODEL = """\
version: 1
name: t
entity: {name: account, table: accounts, key: id, label: company, value: arr}
sources:
  inv: {table: invoices, key: id, time: day}
dimensions:
  d:
    measures:
      money: {sum: inv.amount, bad: 0, good: 100}
      usual: {mean: inv.amount, bad: 0, good: 10}
"""


def test_it_is_rejected_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "salus.yaml").write_text(MODEL)
    (tmp_path / "data" / "accounts.csv").write_text("id;company;arr\nA;Alpha;1\nB;Beta;2\n")
    rows = "".join(f"{'AB'[n % 2]};2026-01-{n % 28 + 1:02};5\n" for n in range(40))
    (tmp_path / "data" / "invoices.csv").write_text(
        f"id;day;amount\n{rows}A;2026-01-04;23456789012345678901234\n"
    )
    with pytest.warns(
        RejectedRowsWarning, match="1 of 41 rows is left out, such as line 42: amount"
    ):
        result = salus.open_project(tmp_path).score("2026-01-31")
    assert [entity["dimensions"]["d"]["score"] for entity in result.as_dict()["entities"]] == [
        75.0,
        75.0,
    ]
