"""A total among the customers is left out of a file and named, and refused in a table of a
database.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import salus
from salus.errors import DataError, RejectedRowsWarning

MODEL = """\
version: 1
name: t
entity: {name: account, table: accounts, key: id, label: company, value: arr}
sources:
  use: {table: use, key: id, time: day}
dimensions:
  d:
    measures:
      n: {count: use, bad: 0, good: 10}
"""
ROWS = {
    "id": ["A", "B", "C", "X"],
    "company": ["Alpha", "Beta", "Gamma", "Total"],
    "arr": [5.0, 7.5, 10.0, 22.5],
}


def project(folder: Path, kind: str, rows: dict[str, list[object]]) -> Path:
    (folder / "data").mkdir()
    (folder / "salus.yaml").write_text(MODEL)
    (folder / "data" / "use.csv").write_text("id,day\nA,2026-01-02\nB,2026-01-03\n")
    if kind == "csv":
        lines = [
            "id,company,arr",
            *(",".join(map(str, row)) for row in zip(*rows.values(), strict=True)),
        ]
        (folder / "data" / "accounts.csv").write_text("\n".join(lines) + "\n")
    else:
        pq.write_table(pa.table(rows), folder / "data" / "accounts.parquet")
    if kind == "duckdb":
        with duckdb.connect(str(folder / "facts.duckdb")) as place:
            place.execute(
                f"CREATE TABLE accounts AS SELECT * FROM '{folder}/data/accounts.parquet'"
            )
            place.execute("CREATE TABLE use AS SELECT 'A' AS id, DATE '2026-01-02' AS day")
        (folder / "salus.toml").write_text('[data]\nurl = "duckdb:///facts.duckdb"\n')
    return folder


@pytest.mark.parametrize("kind", ["parquet", "duckdb"])
def test_a_database_is_refused_and_check_says_so(tmp_path: Path, kind: str) -> None:
    result = salus.open_project(project(tmp_path, kind, ROWS))
    assert [
        problem.severity for problem in result.check() if "looks like a total: `X`" in problem.what
    ] == ["error"]
    with pytest.raises(
        DataError, match=r"looks like a total: `X`, whose `arr` is the sum of the others"
    ):
        result.score("2026-01-31")
    assert not (tmp_path / "history").exists()


def test_of_a_file_it_is_left_out_and_named(tmp_path: Path) -> None:
    rows = {**ROWS, "id": ["A", "B", "C", ""]}
    result = salus.open_project(project(tmp_path, "csv", rows))
    assert [
        (problem.line, problem.severity)
        for problem in result.check()
        if "looks like a total" in problem.what
    ] == [(5, "warning")]
    with pytest.warns(RejectedRowsWarning, match=r"data/accounts.csv:5: .*looks like a total"):
        assert len(result.score("2026-01-31")) == 3


def test_of_a_file_with_a_key_beside_the_label_check_says_the_line(tmp_path: Path) -> None:
    result = salus.open_project(project(tmp_path, "csv", ROWS))
    assert any(
        "looks like a total: `X`" in problem.what and problem.what.endswith("in line 5")
        for problem in result.check()
    )
    with pytest.raises(DataError, match="looks like a total"):
        result.score("2026-01-31")


def test_a_customer_of_that_name_stays(tmp_path: Path) -> None:
    rows = {**ROWS, "arr": [5.0, 7.5, 10.0, 22.0]}
    assert len(salus.open_project(project(tmp_path, "duckdb", rows)).score("2026-01-31")) == 4
