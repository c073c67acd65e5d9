"""The files in the folder of kept facts: complete months, replaced when the data or the model
change.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from salus.facts.build import FactSet, load_facts
from salus.facts.cache.partial_cache import MAX_DEFINITIONS, PartialCache
from salus.kernel.cells import compute_cells, join_cells, required_grid
from salus.model.model import Model
from salus.model.read import read_text
from salus.periods.day import day_number
from salus.sources.duckdb_file import DuckDBFile

MODEL = """
version: 1
name: shop
entity: {name: customer, table: customers, key: id}
sources: {visits: {table: visits, key: id, time: at%s}}
dimensions:
  use:
    measures:
      often: {count: visits, within: %s, bad: 0, good: 10}
      people: {count_distinct: visits.who, within: 20d, bad: 0, good: 3}
      ever: {sum: visits.amount, bad: 0, good: 100}
missing_guard: 0d
"""


def model(within: str = "40d", source: str = "") -> Model:
    return read_text(MODEL % (source, within))


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Visits on every third day of half a year, recorded up to 50 days later."""
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE customers AS SELECT 'c' || range AS id FROM range(9)")
        connection.execute("""
            CREATE TABLE visits AS SELECT 'c' || (range % 8) AS id, 'w' || (range % 5) AS who, range / 8.0 AS amount,
                DATE '2024-01-01' + INTERVAL (range % 180) DAY AS at, DATE '2024-01-01' + INTERVAL (range % 180
                + (range * 7) % 50) DAY AS told FROM range(0, 2000, 3)""")
    return path


def known(visits: Model, tables: Path, date: str, keep: PartialCache | None) -> FactSet:
    connection = DuckDBFile(tables)
    try:
        return load_facts(visits, connection, required_grid(visits, days_of(date)), keep)
    finally:
        connection.close()


def days_of(date: str) -> np.ndarray:
    return np.array([day_number(dt.date.fromisoformat(date))], dtype=np.int32)


def values(
    visits: Model, tables: Path, date: str, keep: PartialCache | None
) -> dict[str, list[float]]:
    cells = join_cells(
        list(compute_cells(visits, known(visits, tables, date, keep), days_of(date))), visits
    )
    return {name: value.data.tolist() for name, value in cells.values.items()}


def kept_in(folder: Path) -> list[Path]:
    """The files of kept facts, without the checksums."""
    return [path for path in folder.rglob("*.parquet") if not path.parts[-2].startswith("marks-")]


def files(folder: Path) -> dict[str, list[str]]:
    """The names of the files by kind of partial."""
    names: dict[str, list[str]] = {}
    for path in sorted(kept_in(folder)):
        names.setdefault(path.parts[-3].split("-")[0], []).append(path.name)
    return names


def test_only_the_months_in_reach_are_made(tables: Path, tmp_path: Path) -> None:
    known(model(), tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    assert files(tmp_path / "kept") == {
        "daily": ["2024-04-10.parquet", "2024-05-01.parquet"],
        "keys": ["2024-04-30.parquet", "2024-05-01.parquet"],
        "ever": ["2024-05-01.parquet", "before-2024-05-01.parquet"],
    }


def test_a_later_date_adds_its_month_only(tables: Path, tmp_path: Path) -> None:
    known(model(), tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    times = {path: path.stat().st_mtime_ns for path in kept_in(tmp_path / "kept")}
    known(model(), tables, "2024-06-02", PartialCache(tmp_path / "kept"))
    assert {path.name for path in kept_in(tmp_path / "kept")} - {path.name for path in times} == {
        "2024-06-01.parquet"
    }
    assert all(path.stat().st_mtime_ns == when for path, when in times.items())


def test_kept_facts_are_read_and_the_source_is_not(tables: Path, tmp_path: Path) -> None:
    known(model(), tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    connection = DuckDBFile(tables)
    before = len(connection.audit)
    load_facts(
        model(),
        connection,
        required_grid(model(), days_of("2024-05-20")),
        PartialCache(tmp_path / "kept"),
    )
    queries = [
        text for text in connection.audit[before:] if '"visits"' in text and "GROUP BY" in text
    ]
    connection.close()
    assert queries == []


@pytest.mark.parametrize("source", ["", ", recorded: told"])
def test_a_month_is_complete_whatever_date_was_asked_for(
    tables: Path, tmp_path: Path, source: str
) -> None:
    visits, keep = model(source=source), PartialCache(tmp_path / "kept")
    for date in ("2024-05-11", "2024-05-29", "2024-03-02", "2024-05-02", "2024-06-30"):
        assert values(visits, tables, date, keep) == values(visits, tables, date, None)


def test_changed_data_replace_what_was_kept(tables: Path, tmp_path: Path) -> None:
    keep = PartialCache(tmp_path / "kept")
    known(model(), tables, "2024-05-20", keep)
    old = set(kept_in(tmp_path / "kept"))
    with duckdb.connect(str(tables)) as connection:
        connection.execute(
            "INSERT INTO visits VALUES ('c8', 'w9', 5, DATE '2024-04-20', DATE '2024-04-20')"
        )
    assert values(model(), tables, "2024-05-20", keep)["often"][8] == 1
    assert not any(path.exists() for path in old)


def test_a_changed_measure_makes_only_its_own_partial_anew(tables: Path, tmp_path: Path) -> None:
    known(model(), tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    old = set(kept_in(tmp_path / "kept"))
    changed = read_text(
        (MODEL % ("", "40d")).replace("within: 40d", 'where: "amount > 9", within: 40d')
    )
    known(changed, tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    made = set(kept_in(tmp_path / "kept")) - old
    assert sorted(path.name for path in made) == ["2024-04-10.parquet", "2024-05-01.parquet"]
    assert {path.parts[-3].split("-")[0] for path in made} == {"daily"}


def test_a_longer_window_makes_the_month_it_needs(tables: Path, tmp_path: Path) -> None:
    visits, keep = model(), PartialCache(tmp_path / "kept")
    known(visits, tables, "2024-05-20", keep)
    assert values(model("45d"), tables, "2024-05-20", keep) == values(
        model("45d"), tables, "2024-05-20", None
    )
    assert files(tmp_path / "kept")["daily"] == [
        "2024-04-01.parquet",
        "2024-04-10.parquet",
        "2024-05-01.parquet",
    ]


def test_old_definitions_are_removed(tables: Path, tmp_path: Path) -> None:
    keep = PartialCache(tmp_path / "kept")
    for number in range(MAX_DEFINITIONS + 3):
        visits = read_text(
            (MODEL % ("", "20d")).replace(
                "within: 20d, bad", f'where: "amount > {number}", within: 20d, bad'
            )
        )
        known(visits, tables, "2024-05-20", keep)
    assert len(list((tmp_path / "kept" / "visits").iterdir())) == MAX_DEFINITIONS


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other"])
@pytest.mark.filterwarnings("ignore::salus.errors.DamagedFileWarning")
def test_a_damaged_file_is_noticed_and_made_anew(tables: Path, tmp_path: Path, damage: str) -> None:
    visits, expected = model(), values(model(), tables, "2024-05-20", None)
    known(visits, tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    path = next((tmp_path / "kept").rglob("daily-*/*/2024-05-01.parquet"))
    whole = path.read_bytes()
    if damage == "other":
        pq.write_table(pq.read_table(path).select(["salus_entity"]), path)
    else:
        path.write_bytes(
            {
                "cut": whole[: len(whole) // 2],
                "empty": b"",
                "flipped": whole[:60] + bytes([whole[60] ^ 255]) + whole[61:],
            }[damage]
        )
    keep = PartialCache(tmp_path / "kept")
    assert values(visits, tables, "2024-05-20", keep) == expected
    assert len(keep.notes) == 1
    assert "2024-05-01.parquet" in keep.notes[0]
    assert path.read_bytes() == whole


def test_equal_facts_are_equal_bytes(tables: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        known(model(), tables, "2024-05-20", PartialCache(tmp_path / name))
    visits, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.parquet")
        }
        for name in ("one", "two")
    )
    assert visits == two


def test_any_reader_of_parquet_can_use_the_files(tables: Path, tmp_path: Path) -> None:
    known(model(source=", recorded: told"), tables, "2024-05-20", PartialCache(tmp_path / "kept"))
    path = next((tmp_path / "kept").rglob("keys-*/*/2024-05-01.parquet"))
    plain = {field.physical_type for field in pq.ParquetFile(path).schema}
    assert plain == {"BYTE_ARRAY", "INT32"}
    rows = duckdb.sql(
        f"SELECT salus_entity, count(DISTINCT key) FROM '{path}' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows
    assert all(name.startswith("c") for name, _ in rows)


def test_nothing_is_kept_of_a_small_table(tables: Path, tmp_path: Path) -> None:
    known(model(), tables, "2024-05-20", PartialCache(tmp_path / "kept", least=10_000))
    assert files(tmp_path / "kept") == {}


def test_runs_at_the_same_time_agree(tables: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.keep.test_files import *\n"
        "for date in ('2024-05-20', '2024-03-10', '2024-06-20'):\n"
        "    keep = PartialCache(Path(sys.argv[2]))\n"
        "    print(values(model(), Path(sys.argv[1]), date, keep), keep.notes)\n"
    )
    arguments = [sys.executable, "-c", program, str(tables), str(tmp_path / "kept")]
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            arguments, stdout=subprocess.PIPE, text=True, cwd=root, env=dict(os.environ)
        )
        for _ in range(3)
    ]
    outputs = [process.communicate()[0] for process in running]
    expected = "".join(
        f"{values(model(), tables, date, None)} []\n"
        for date in ("2024-05-20", "2024-03-10", "2024-06-20")
    )
    assert outputs == [expected] * 3
    assert not list((tmp_path / "kept").rglob("*.part"))


def test_texts_that_recur_and_texts_that_do_not_are_one_in_memory(tmp_path: Path) -> None:
    """A month in which each visitor comes once keeps texts as they are, other months keep codes."""
    path, keep = tmp_path / "shop.duckdb", PartialCache(tmp_path / "kept")
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE customers AS SELECT 'c' || range AS id FROM range(9)")
        connection.execute("""
            CREATE TABLE visits AS SELECT 'c' || (range % 8) AS id, range / 8.0 AS amount, DATE '2024-04-01' + CAST(range // 10 AS INT) AS at,
                CASE WHEN range < 300 THEN 'w' || (range * 7 % 290) ELSE 'w' || (range % 5) END AS who FROM range(600)""")
    for date in ("2024-05-10", "2024-05-25"):
        assert values(model(), path, date, keep) == values(model(), path, date, None)
    kinds = {
        str(pq.read_schema(file).field("key").type) for file in tmp_path.rglob("keys-*/*/*.parquet")
    }
    assert len(kinds) == 2 and "string" in kinds
