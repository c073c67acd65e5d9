"""The files of a replay: which exist, which are missing, and what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DamagedFileWarning, DataError
from salus.history.replays import BLOCK, DAYS, ReplayPart, Replays, block_of
from salus.periods.day import date_of

FIRST = BLOCK * 660  # the first day of a block
SECOND = FIRST + BLOCK


@pytest.fixture
def replays(tmp_path: Path) -> Replays:
    return Replays(tmp_path / "replay" / "12345678-state", "12345678")


def rows(entities: Iterable[str], days: Iterable[int]) -> pa.Table:
    cells = [(entity, date_of(day)) for entity in entities for day in days]
    return pa.table(
        {
            "entity": pa.array([entity for entity, _ in cells]).dictionary_encode(),
            "as_of": pa.array([day for _, day in cells], pa.date32()),
            "coverage": pa.array([1.0] * len(cells)),
        }
    )


def write(replays: Replays, part: ReplayPart, entities: Iterable[str] = ("A", "B")) -> None:
    with replays.open_writer([part]) as writer:
        writer.add(part, rows(entities, sorted(part.days)))


def part_of(block: int, *days: int, slab: int = 0) -> ReplayPart:
    return ReplayPart(block, slab, frozenset(days))


def test_blocks_begin_every_thirty_days_since_1970() -> None:
    assert [block_of(day) for day in (0, 29, 30, FIRST + 29)] == [0, 0, 30, FIRST]


def test_a_file_says_which_days_it_holds(replays: Replays) -> None:
    assert replays.parts() == ()
    part = part_of(FIRST, FIRST, FIRST + 2)
    write(replays, part)
    assert part.name == f"{date_of(FIRST).isoformat()}.0000.parquet"
    assert replays.parts() == (part,)


def test_files_that_cannot_be_read_count_as_missing(replays: Replays) -> None:
    part = part_of(FIRST, FIRST)
    write(replays, part)
    (replays.folder / "notes.txt").write_text("x", encoding="utf-8")
    (replays.folder / part_of(SECOND).name).write_bytes(b"damaged")
    pq.write_table(pa.table({"n": [1]}), replays.folder / part_of(SECOND, slab=1).name)
    assert replays.parts() == (part,)


def test_missing_names_the_days_to_write_and_those_that_exist(replays: Replays) -> None:
    assert replays.missing([FIRST, SECOND], 2) == (
        part_of(FIRST, FIRST),
        part_of(FIRST, FIRST, slab=1),
        part_of(SECOND, SECOND),
        part_of(SECOND, SECOND, slab=1),
    )
    write(replays, part_of(FIRST, FIRST))
    assert replays.missing([FIRST], 1) == ()
    assert replays.missing([FIRST + 1], 1) == (part_of(FIRST, FIRST, FIRST + 1),)
    assert replays.missing([FIRST], 1, fresh=True) == (part_of(FIRST, FIRST),)


def test_a_damaged_file_is_missing_with_a_warning(replays: Replays) -> None:
    part = part_of(FIRST, FIRST)
    write(replays, part)
    path = replays.folder / part.name
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.warns(DamagedFileWarning, match="it is computed again"):
        assert replays.missing([FIRST], 1) == (part,)
    assert path.exists()


def test_rows_are_read_by_block_and_only_those_of_the_days(replays: Replays) -> None:
    write(replays, part_of(SECOND, SECOND))
    write(replays, part_of(FIRST, FIRST, FIRST + 1))
    assert [len(table) for table in replays.read()] == [4, 2]
    [table] = replays.read(["entity"], [FIRST + 1, FIRST + 5])
    assert table.column_names == ["entity"]
    assert len(table) == 2
    assert [table["as_of"].to_pylist() for table in replays.read(None, [SECOND])] == [
        [date_of(SECOND)] * 2
    ]


def test_one_entity_is_read_from_all_files(replays: Replays) -> None:
    write(replays, part_of(FIRST, FIRST, FIRST + 1))
    write(replays, part_of(SECOND, SECOND), ("B", "C"))
    table = replays.read_entity("B", ["as_of"])
    assert table is not None
    days = [date_of(day) for day in (FIRST, FIRST + 1, SECOND)]
    assert table["as_of"].to_pylist() == days
    assert table.column_names == ["as_of"]
    assert replays.read_entity("D", ["as_of"]) is None


def test_a_damaged_page_of_an_entity_is_named(replays: Replays) -> None:
    part = part_of(FIRST, FIRST)
    write(replays, part)
    path = replays.folder / part.name
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF  # in the first page, that of the entities
    path.write_bytes(bytes(content))
    with pytest.raises(DataError, match="run the same `salus replay` again"):
        replays.read_entity("B", ["as_of"])


def test_a_file_that_was_removed_is_named(replays: Replays) -> None:
    write(replays, part_of(FIRST, FIRST))
    write(replays, part_of(SECOND, SECOND))
    tables = replays.read()
    next(tables)
    (replays.folder / part_of(SECOND).name).unlink()
    with pytest.raises(DataError, match="run the same `salus replay` again"):
        next(tables)


def test_an_error_leaves_no_file(replays: Replays) -> None:
    part = part_of(FIRST, FIRST)

    def fail() -> None:
        with replays.open_writer([part]) as writer:
            writer.add(part, rows("A", [FIRST]))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert replays.parts() == ()
    assert not (replays.folder / part.name).exists()


def test_row_groups_are_those_that_were_added(replays: Replays) -> None:
    part = part_of(FIRST, FIRST)
    with replays.open_writer([part]) as writer:
        writer.add(part, rows("AB", [FIRST]))
        writer.add(part, rows("CDE", [FIRST]))
    file = pq.ParquetFile(replays.folder / part.name)
    sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sizes == [2, 3]


def test_folders_that_spark_wrote_are_parts_of_all_entities(replays: Replays) -> None:
    part = ReplayPart(FIRST, -1, frozenset({FIRST, FIRST + 3}))
    folder = replays.folder / part.name
    folder.mkdir(parents=True)
    assert folder.name == f"block={date_of(FIRST).isoformat()}"
    assert replays.parts() == (ReplayPart(FIRST, -1, frozenset()),)
    days = [FIRST, FIRST + 3, SECOND]
    (replays.folder / DAYS).write_text(json.dumps(days), encoding="utf-8")
    assert replays.parts() == (part,)


def test_replays_of_other_states_are_removed(replays: Replays) -> None:
    write(replays, part_of(FIRST, FIRST))
    others = [replays.folder.parent / name for name in ("12345678-old", "87654321-state")]
    for other in others:
        other.mkdir()
    replays.remove_other_states()
    assert [other.exists() for other in others] == [False, True]
    assert replays.folder.exists()
    replays.remove()
    assert not replays.folder.exists()
    replays.remove()  # a second time changes nothing
