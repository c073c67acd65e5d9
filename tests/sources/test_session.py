"""The sandbox around DuckDB: what it must not be able to do."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DataError
from salus.sources.session import LIMITS, Session
from salus.sources.table import TableColumn


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.csv").write_text("a,b\n3,4\n", encoding="utf-8")
    (tmp_path / "data" / "link.csv").symlink_to(tmp_path / "secret.csv")
    return tmp_path / "data"


FORBIDDEN = [
    "SELECT * FROM read_csv('{root}/secret.csv')",
    "SELECT * FROM '{root}/secret.csv'",
    "SELECT * FROM read_csv('{root}/data/../secret.csv')",
    "SELECT * FROM read_csv('{root}/data/link.csv')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM glob('{root}/*')",
    "SELECT * FROM glob('/etc/*')",
    "COPY (SELECT 1) TO '{root}/out.csv'",
    "EXPORT DATABASE '{root}/out'",
    "ATTACH '{root}/other.duckdb' AS other",
    "LOAD httpfs",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM 'https://example.invalid/x.parquet'",
    "SELECT * FROM read_csv('s3://bucket/x.csv')",
    "SET enable_external_access=true",
    "SET allowed_directories=['/']",
    "SET lock_configuration=false",
    "SET memory_limit='100GB'",
    "SET autoload_known_extensions=true",
    "RESET memory_limit",
    "PRAGMA enable_external_access=true",
    "CREATE SECRET s (TYPE s3)",
    "SELECT getenv('HOME')",
    "SELECT * FROM sqlite_scan('x.db', 't')",
    "SELECT * FROM postgres_scan('', 'public', 't')",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_forbidden(inside: Path, text: str) -> None:
    session = Session([inside])
    with pytest.raises(DataError):
        session.rows(text.replace("{root}", str(inside.parent)))
    assert not (inside.parent / "out.csv").exists()
    session.close()


def test_the_declared_folder_can_be_read(inside: Path) -> None:
    assert Session([inside]).rows(f"SELECT * FROM read_csv('{inside}/t.csv')") == [(3, 4)]


def test_variables_of_the_program_are_no_tables(inside: Path) -> None:
    secret = __import__("pyarrow").table({"a": [1]})
    with pytest.raises(DataError):
        Session([inside]).rows("SELECT * FROM secret")
    assert secret.num_rows == 1


def test_memory_is_limited_and_spilling_works(inside: Path) -> None:
    session = Session([inside])
    limit = session.rows("SELECT current_setting('memory_limit')")[0][0]
    assert str(limit).startswith("762.9 MiB"), LIMITS["memory_limit"]
    rows = session.rows(
        "SELECT count(*) FROM (SELECT range AS a, hash(range) AS b, repeat('x', 60) AS c "
        "FROM range(1000000) ORDER BY b, c)"
    )
    assert rows == [(1_000_000,)]


def test_the_temporary_folder_goes_with_the_session(inside: Path) -> None:
    session = Session([inside])
    spill = Path(str(session.rows("SELECT current_setting('temp_directory')")[0][0]))
    assert spill.is_dir()
    session.close()
    assert not spill.exists()


def test_times_are_utc(inside: Path) -> None:
    result = Session([inside]).rows("SELECT CAST(TIMESTAMPTZ '2024-07-01 12:00:00+02' AS VARCHAR)")
    assert result == [("2024-07-01 10:00:00+00",)]


def test_every_text_is_audited(inside: Path) -> None:
    session = Session([inside])
    session.rows("SELECT 42")
    assert session.audit == ["SELECT 42"]


def test_a_query_over_little_data_runs_on_one_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the files count that the query reads: of a table with many files, those that it names."""
    from sqlglot import parse_one

    from salus.sources import session as module

    for name in ("a", "b"):
        pq.write_table(pa.table({"x": list(range(1000))}), tmp_path / f"{name}.parquet")
    parts = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    session = Session([tmp_path])
    session.view("t", parts, [TableColumn("x", "integer")])
    threads = "SELECT CAST(current_setting('threads') AS BIGINT) AS n, count(*) AS c FROM t"
    every = Session([tmp_path]).rows("SELECT current_setting('threads')")[0][0]

    def result(where: str = "") -> tuple[int, int]:
        [row] = session.query(parse_one(threads + where, dialect="duckdb")).to_pylist()  # type: ignore[arg-type]
        return row["n"], row["c"]

    assert result() == (1, 2000)
    monkeypatch.setattr(module, "SMALL", sum(path.stat().st_size for path in parts))
    assert result() == (every, 2000)
    assert result(f" WHERE salus_file IN ('{parts[0].resolve()}')") == (1, 1000)
