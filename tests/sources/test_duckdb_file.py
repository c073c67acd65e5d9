"""A DuckDB file, read-only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp

from salus.errors import DataError
from salus.sources.duckdb_file import DuckDBFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with tables in two schemas, a view, and a view that reads another file."""
    path = tmp_path / "it's.duckdb"
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            'CREATE TABLE logins (id VARCHAR, n INTEGER, d DECIMAL(18,4), "at" TIMESTAMP, '
            "seen TIMESTAMPTZ, secret VARCHAR, parts VARCHAR[])"
        )
        connection.execute(
            "INSERT INTO logins VALUES ('007', 5, 1.5, '2024-07-01 12:00', now(), 'POISON', ['a'])"
        )
        connection.execute('CREATE SCHEMA "my schema"')
        connection.execute('CREATE TABLE "my schema"."odd ""name" ("se""lect" DATE)')
        connection.execute("CREATE VIEW few AS SELECT id FROM logins")
        connection.execute(
            f"CREATE VIEW outside AS SELECT * FROM read_csv('{tmp_path}/secret.csv')"
        )
    return path


def test_tables_and_columns(path: Path) -> None:
    file = DuckDBFile(path)
    assert set(file.tables()) == {"logins", "few", "outside", 'my schema.odd "name'}
    assert [(column.name, column.type) for column in file.columns("logins")] == [
        ("id", "text"),
        ("n", "integer"),
        ("d", "number"),
        ("at", "moment"),
        ("seen", "instant"),
        ("secret", "text"),
    ]
    assert file.names("logins")[-1] == "parts"
    assert [column.type for column in file.columns('my schema.odd "name')] == ["date"]


def test_rows(path: Path) -> None:
    file = DuckDBFile(path)
    result = file.query(exp.select(exp.column("id")).from_(file.table("logins")))
    assert result.to_pylist() == [{"id": "007"}]
    odd = exp.select(exp.column('se"lect', quoted=True)).from_(file.table('my schema.odd "name'))
    assert file.query(odd).num_rows == 0


def test_no_query_names_a_column_that_is_not_wanted(path: Path) -> None:
    file = DuckDBFile(path)
    file.columns("logins")
    file.query(exp.select(exp.column("id")).from_(file.table("logins")))
    assert not any("secret" in text or "*" in text for text in file.audit)


def test_a_view_that_reaches_out_is_refused(path: Path) -> None:
    file = DuckDBFile(path)
    with pytest.raises(DataError, match="Permission Error"):
        file.query(exp.select(exp.column("a")).from_(file.table("outside")))


def test_nothing_can_be_written(path: Path) -> None:
    file = DuckDBFile(path)
    with pytest.raises(DataError, match="read-only"):
        file._session.rows("DELETE FROM logins")


def test_a_file_that_another_process_writes(path: Path) -> None:
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(DataError, match="can't be opened") as caught:
            DuckDBFile(path)
        assert "close other programs that have the file open" in str(caught.value)
        other.communicate(b"")


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_file_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.duckdb").write_bytes(content)
    with pytest.raises(DataError, match="can't be opened"):
        DuckDBFile(tmp_path / "x.duckdb")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="doesn't exist"):
        DuckDBFile(tmp_path / "x.duckdb")


def test_a_table_that_is_not_there(path: Path) -> None:
    with pytest.raises(DataError, match="there is no table `login`"):
        DuckDBFile(path).columns("login")


def test_identity_follows_the_file(path: Path) -> None:
    file = DuckDBFile(path)
    first = file.identity("logins")
    file.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO logins (id) SELECT 'x' FROM range(100000)")
    assert DuckDBFile(path).identity("logins") != first


def test_what_was_written_to_the_log_of_a_file_is_seen(path: Path) -> None:
    """A program that was killed leaves its last rows in the log; the file itself is unchanged."""
    write = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('SET checkpoint_threshold = ' + repr('1TB')); "
        "c.execute('INSERT INTO logins (id) VALUES (' + repr(sys.argv[2]) + ')'); os._exit(0)"
    )
    result, before = [], path.read_bytes()
    for number in range(3):
        file = DuckDBFile(path)
        result.append(file.identity("logins"))
        rows = file.query(exp.select(exp.column("id")).from_(file.table("logins"))).num_rows
        assert rows == number + 1
        file.close()
        subprocess.run([sys.executable, "-c", write, str(path), str(number)], check=True)
    assert path.read_bytes() == before
    assert len(set(result)) == 3


def test_macros_of_the_file_don_t_take_the_place_of_functions(tmp_path: Path) -> None:
    """Not even operators; a view still means what its author wrote."""
    path = tmp_path / 'macros, "odd".duckdb'
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1.7 AS x, 2 AS y")
        for macro in (
            "trunc(x)",
            "floor(x)",
            "sum(x)",
            "count(x)",
            "date_trunc(x, y)",
            '"+"(x, y)',
        ):
            connection.execute(f"CREATE MACRO {macro} AS 42")
        connection.execute("CREATE VIEW v AS SELECT trunc(x) AS own FROM t")
    file = DuckDBFile(path)
    try:
        x, y = exp.column("x"), exp.column("y")
        select = exp.select(
            exp.func("floor", x).as_("floor"),
            exp.func("trunc", x).as_("trunc"),
            exp.Add(this=x, expression=y).as_("sum"),
        )
        assert [
            float(value)
            for value in file.query(select.from_(file.table("t"))).to_pylist()[0].values()
        ] == [1, 1, 3.7]
        assert file.query(exp.select("own").from_(file.table("v"))).to_pylist() == [{"own": 42}]
    finally:
        file.close()
