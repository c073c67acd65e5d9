"""A project is the same under a relative path, an absolute path and another name, and a change of
its data is always noticed.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from salus.project import open_project
from salus.sources import file_states
from salus.verbs.replay.result import ReplayResult
from salus.workspace import workspace as workspace_module
from tests.project.company import write_company
from tests.replay.shop import model, write_shop

TEXT = model().replace("missing_guard: 12d", "missing_guard: 0d")
FIRST, LAST = "2024-03-20", "2024-05-10"
CSV_FIRST, CSV_LAST = "2025-10-01", "2025-10-20"


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts of any table are kept, and files count as settled at once."""
    monkeypatch.setattr(workspace_module, "PARTIALS_FROM", 0)
    monkeypatch.setattr(file_states, "YOUNG", 0)


def replayed(folder: Path, first: str = FIRST, last: str = LAST) -> ReplayResult:
    result = open_project(folder).replay(first, last)
    assert isinstance(result, ReplayResult)
    return result


def files(folder: Path, inside: str) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in (folder / inside).rglob("*.parquet")
    }


@pytest.mark.parametrize("kind", ["Parquet", "CSV"])
def test_any_path_to_a_project_leads_to_the_same_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder, days = (
        tmp_path / "shop",
        ((FIRST, LAST) if kind == "Parquet" else (CSV_FIRST, CSV_LAST)),
    )
    write_shop(folder, TEXT) if kind == "Parquet" else write_company(folder)
    assert replayed(folder, *days).computed > 0
    before = {**files(folder, "partials"), **files(folder, "history")}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("shop")
    for path in (Path("shop"), Path("shop/../shop"), Path("link"), tmp_path / "link"):
        assert replayed(path, *days).computed == 0
    folder.rename("moved")
    assert replayed(Path("moved"), *days).computed == 0
    monkeypatch.chdir(tmp_path / "moved")
    assert replayed(Path(), *days).computed == 0
    assert {**files(Path(), "partials"), **files(Path(), "history")} == before


def test_a_moved_project_still_finds_its_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept facts name the files of the data by their present place."""
    write_shop(tmp_path / "shop", TEXT)
    replayed(tmp_path / "shop", "2024-03-20", "2024-03-31")
    (tmp_path / "shop").rename(tmp_path / "moved")
    table = replayed(tmp_path / "moved").to_arrow()
    assert table.equals(replayed(write_shop(tmp_path / "new", TEXT)).to_arrow())


def test_a_part_of_a_table_that_changed_in_place_is_replayed_anew(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", TEXT)
    part = folder / "data" / "visits" / "1.parquet"
    rows = pq.read_table(part)
    pq.write_table(rows, part, compression="none", use_dictionary=False)
    before, status = replayed(folder), part.stat()
    table = before.to_arrow()
    at = pc.add(rows["at"].cast(pa.int32()), pa.scalar(3, pa.int32())).cast(pa.date32())
    pq.write_table(
        rows.set_column(rows.column_names.index("at"), "at", at),
        part,
        compression="none",
        use_dictionary=False,
    )
    os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (part.stat().st_size, part.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    result = replayed(folder)
    assert result.computed > 0
    assert not result.to_arrow().equals(table)


def test_a_csv_that_changed_under_an_equal_size_and_time_is_read_anew(tmp_path: Path) -> None:
    folder = write_company(tmp_path / "small")
    table = folder / "data" / "tickets.csv"
    before, status = replayed(folder, CSV_FIRST, CSV_LAST), table.stat()
    rows = before.to_arrow()
    table.write_text(
        table.read_text(encoding="utf-8").replace("A-01,2025-09-01", "A-03,2025-09-01"),
        encoding="utf-8",
    )
    os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (table.stat().st_size, table.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    result = replayed(folder, CSV_FIRST, CSV_LAST)
    assert result.computed > 0
    assert not result.to_arrow().equals(rows)


def test_rows_in_the_log_of_a_duckdb_file_are_replayed(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", TEXT)
    (folder / "salus.toml").write_text('[data]\nurl = "duckdb:///shop.duckdb"\n', encoding="utf-8")
    with duckdb.connect(str(folder / "shop.duckdb")) as connection:
        for table in ("customers", "visits", "orders"):
            place = (
                folder
                / "data"
                / ("customers.parquet" if table == "customers" else f"{table}/*.parquet")
            )
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM '{place}'")
    before = replayed(folder).to_arrow()
    content = (folder / "shop.duckdb").read_bytes()
    writer = duckdb.connect(str(folder / "shop.duckdb"))
    writer.execute("PRAGMA disable_checkpoint_on_shutdown")
    writer.execute("UPDATE orders SET amount = amount + 100")
    writer.close()
    assert (folder / "shop.duckdb").read_bytes() == content and (
        folder / "shop.duckdb.wal"
    ).is_file()
    result = replayed(folder)
    assert result.computed > 0
    assert not result.to_arrow().equals(before)
    assert replayed(folder).computed == 0
