"""A file of kept rows gives any range of entities, and only that range."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from salus.facts.cache import partial_file
from salus.facts.cache.partial_file import PartialFile, sort_rows, write_partial
from salus.facts.partials.requirements import PartialColumn, PartialColumns, PartialSpec
from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN

NEED = PartialColumns(
    PartialSpec("visits", "daily"), (PartialColumn("rows"),), reach=None, only_open=False
)
IDS = [f"c{number}" for number in range(9)]
EDGES = [None, "a", *IDS, "c4x", "d"]


def rows(factor: int = 1) -> pa.Table:
    """Three rows per entity, in no order."""
    numbers = [(7 * number) % 27 for number in range(27)]
    return pa.table(
        {
            ENTITY: [IDS[number % 9] for number in numbers],
            BEGUN: pa.array([19_000 + number // 9 for number in numbers], pa.date32()),
            KNOWN: pa.array([19_001 + number // 9 for number in numbers], pa.date32()),
            "c0": [factor * number for number in numbers],
        }
    )


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with five rows in each row group, so that some entities lie in two of them."""
    monkeypatch.setattr(partial_file, "ROWS", 5)
    write_partial(tmp_path / "visits.parquet", sort_rows(rows()), NEED)
    return tmp_path / "visits.parquet"


def counts(table: pa.Table) -> list[tuple[str, int]]:
    return list(zip(table[ENTITY].to_pylist(), table["c0"].to_pylist(), strict=True))


def expected(low: str | None, high: str | None, factor: int = 1) -> list[tuple[str, int]]:
    return sorted(
        (key, count)
        for key, count in counts(rows(factor))
        if (low is None or key >= low) and (high is None or key < high)
    )


@pytest.mark.parametrize("low", EDGES)
def test_a_range_holds_the_rows_of_its_entities(path: Path, low: str | None) -> None:
    for high in EDGES:
        if low is None or high is None or low <= high:
            found = PartialFile(path, NEED).between(low, high)
            assert sorted(counts(found)) == expected(low, high), (low, high)
            assert found.column_names == [ENTITY, BEGUN, KNOWN, "c0"]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_ranges_one_after_the_other_hold_every_row_once(path: Path, size: int) -> None:
    """They share row groups, the last of which stays in memory."""
    file = PartialFile(path, NEED)
    edges = [None, *IDS[size::size], None]
    parts = [file.between(low, high) for low, high in zip(edges, edges[1:], strict=False)]
    assert sorted(counts(pa.concat_tables(parts))) == expected(None, None)


def test_a_file_without_rows_has_empty_ranges(tmp_path: Path) -> None:
    write_partial(tmp_path / "none.parquet", sort_rows(rows().slice(0, 0)), NEED)
    found = PartialFile(tmp_path / "none.parquet", NEED).between("c1", "c5")
    assert (len(found), found.column_names) == (0, [ENTITY, BEGUN, KNOWN, "c0"])


def test_a_day_known_that_equals_the_day_begun_is_not_read(path: Path) -> None:
    file = PartialFile(path, NEED, known_as_begun=True)
    assert file.between("c1", "c2").column_names == [ENTITY, BEGUN, "c0"]
    assert file.between("x", "y").column_names == [ENTITY, BEGUN, "c0"]


def test_a_file_that_another_run_has_rewritten_is_read_with_its_new_values(path: Path) -> None:
    file = PartialFile(path, NEED)
    write_partial(path, sort_rows(rows(factor=1_000_000)), NEED)
    assert sorted(counts(file.between("c2", "c7"))) == expected("c2", "c7", factor=1_000_000)


def test_a_file_without_a_needed_column_is_refused_by_name(path: Path, tmp_path: Path) -> None:
    write_partial(tmp_path / "other.parquet", sort_rows(rows().drop_columns(["c0"])), NEED)
    with pytest.raises(pa.ArrowInvalid, match=r"other\.parquet has no column c0"):
        PartialFile(tmp_path / "other.parquet", NEED)


def test_nothing_is_written_into_a_folder_that_another_run_has_removed(tmp_path: Path) -> None:
    write_partial(tmp_path / "gone" / "visits.parquet", sort_rows(rows()), NEED)
    assert not (tmp_path / "gone").exists()
