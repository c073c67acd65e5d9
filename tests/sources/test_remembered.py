"""A connection that remembers the rows of a query computes them once."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from sqlglot import exp

from salus.errors import DataError
from salus.sources import session
from salus.sources.connection import Connection
from salus.sources.duckdb_file import DuckDBFile
from salus.sources.folder import Folder
from salus.sources.parts import split_rows


def remembers(connection: Connection) -> None:
    asked = []

    def select() -> exp.Select:
        asked.append(1)
        return exp.select(exp.column("x").as_("y")).from_(connection.table("salus_remembered_0"))

    tables = [connection.remembered("all x", select) for _ in range(2)]
    assert len(asked) == 1
    for table in tables:
        assert table is not None
        assert connection.query(exp.select("y").from_(table))["y"].to_pylist() == [1, 2]
    again = connection.remembered("others", select)
    assert again is not None and again.name != table.name
    assert connection.tables() == ("salus_remembered_0",)


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "salus_remembered_0.csv").write_text("x\n1\n2\n", encoding="utf-8")
    folder = Folder(
        tmp_path / "data",
        tmp_path / "cache",
        tmp_path / "rejected",
        {},
        lambda _: {"x": "number"},
        "UTC",
    )
    remembers(folder)
    folder.close()


def test_a_file_that_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.duckdb"
    with duckdb.connect(str(path)) as writing:
        writing.execute("CREATE TABLE salus_remembered_0 AS SELECT unnest([1, 2]) AS x")
    before = path.read_bytes()
    file = DuckDBFile(path)
    remembers(file)
    file.close()
    assert path.read_bytes() == before


def test_rows_of_large_tables_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tables.duckdb"
    with duckdb.connect(str(path)) as writing:
        for rows in (2, 3):
            writing.execute(f"CREATE TABLE t{rows} AS SELECT unnest(range({rows})) AS x")
    monkeypatch.setattr(session, "MOST_KEPT", 2)
    file = DuckDBFile(path)
    assert file.keeps_rows("t2") and not file.keeps_rows("t3")
    file.close()


def test_more_rows_than_the_most_are_not_remembered(tmp_path: Path) -> None:
    path = tmp_path / "tables.duckdb"
    with duckdb.connect(str(path)) as writing:
        writing.execute("CREATE TABLE t AS SELECT unnest(range(3)) AS x")
    file = DuckDBFile(path)
    select = exp.select("x").from_(file.table("t"))
    assert file.remembered("three", lambda: select, 3) is not None
    for _ in range(2):
        assert file.remembered("too many", lambda: select, 2) is None
    file.close()


def test_parts_of_a_query_are_those_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "tables.duckdb"
    with duckdb.connect(str(path)) as writing:
        writing.execute(
            "CREATE TABLE t AS SELECT range % 4 - 1 AS n, range AS x, 'ä=%' || range AS name,"
            " DATE '2026-01-01' AS day, range > 5 AS truth FROM range(10)"
        )
    file = DuckDBFile(path)
    select = exp.select("*").from_(file.table("t"))
    expected = list(split_rows(file.query(select), "n"))
    parts = list(file.query_parts(select, "n"))
    assert [value for value, _ in parts] == [value for value, _ in expected] == [-1, 0, 1, 2]
    for (_, part), (_, rows) in zip(parts, expected, strict=True):
        assert part.sort_by("x").equals(rows.sort_by("x"))
    assert list(file.query_parts(select.where("x < 0"), "n")) == []
    with pytest.raises(DataError):
        list(file.query_parts(exp.select("missing").from_(file.table("t")), "n"))
    file.close()
