"""`check` reports what only scoring itself finds, in the same words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.errors import SalusError
from salus.project import Project, open_project

MODEL = """\
version: 1
name: refused
entity: {name: account, table: accounts, key: id, starts: since, ends: gone}
sources:
  sales: {table: sales, key: id, time: day}
dimensions:
  d:
    measures:
      turnover: {sum: sales.amount, within: 365d, bad: 0, good: 100}
"""


def project(folder: Path, amounts: list[float], *, parquet: bool = False) -> Project:
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "salus.toml").write_text('[data]\nurl = "data"\n', encoding="utf-8")
    (folder / "salus.yaml").write_text(MODEL, encoding="utf-8")
    (data / "accounts.csv").write_text(
        "id,since,gone\nA,2024-01-01,\nB,2024-01-01,\n", encoding="utf-8"
    )
    days = [dt.date(2025, 12, 1 + place) for place in range(len(amounts))]
    if parquet:
        pq.write_table(
            pa.table({"id": ["A"] * len(amounts), "day": days, "amount": amounts}),
            data / "sales.parquet",
        )
    else:
        lines = [f"A,{day},{amount:.0f}\n" for day, amount in zip(days, amounts, strict=True)]
        (data / "sales.csv").write_text("id,day,amount\n" + "".join(lines), encoding="utf-8")
    return open_project(folder, today="2026-01-01")


@pytest.mark.parametrize(
    ("amounts", "parquet", "what"),
    [
        ([5e12, 5e12], False, "add up to more than 9.2e12 for one account"),
        ([1e19, 5.0], True, "contains a number beyond 9.2e12"),
    ],
)
def test_check_finds_what_score_refuses(
    tmp_path: Path, amounts: list[float], parquet: bool, what: str
) -> None:
    small = project(tmp_path, amounts, parquet=parquet)
    with pytest.raises(SalusError) as refusal:
        small.score(keep=False)
    assert what.replace("one account", "one entity") in str(refusal.value)
    assert refusal.value.problems == tuple(small.check())
    ended = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--json"])
    assert ended.exit_code == 3 and [
        each["severity"] for each in json.loads(ended.stdout)["problems"]
    ] == ["error"]


@pytest.mark.parametrize("parquet", [False, True])
def test_large_amounts_that_can_be_counted_are_no_problem(tmp_path: Path, parquet: bool) -> None:
    """Revenue in a currency of small units."""
    small = project(tmp_path, [4e12, 5e12], parquet=parquet)
    assert small.check() == [] and len(small.score()) == 2
    assert not (tmp_path / "partials" / "sales").exists()
