"""Footers are read once per file, and the rows of one entity are those that a full read finds."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.history.footers import FooterMemory, read_entity_rows
from salus.sources.file_states import YOUNG


def write(path: Path, keys: list[str], size: int = 3, *, sorted_words: bool = True) -> pa.Table:
    """A file with some rows per key; the column of keys is coded, as in history."""
    words = sorted({*keys, "never used"}) if sorted_words else list(dict.fromkeys(keys))
    entity = pa.DictionaryArray.from_arrays(
        pa.array([words.index(key) for key in keys], pa.int32()), pa.array(words)
    )
    table = pa.table({"entity": entity, "n": range(len(keys))})
    pq.write_table(
        table, path, row_group_size=size, write_statistics=["entity"], write_page_checksum=True
    )
    return table


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    reads: list[Path] = []
    original = pq.read_metadata

    def read(path: Path) -> pq.FileMetaData:
        reads.append(path)
        return original(path)

    monkeypatch.setattr(pq, "read_metadata", read)
    return reads


def let_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock runs so that no file counts as just written."""
    now = time.time_ns
    monkeypatch.setattr("salus.history.footers.time.time_ns", lambda: now() + 2 * YOUNG)


@pytest.mark.parametrize("seed", range(8))
def test_the_rows_of_an_entity_are_those_of_a_full_read(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    keys = [rng.choice(["", "A", "a", "Ä", "B-2", "B-10", "\U0001f600", "ﬀ"]) for _ in range(40)]
    if seed % 2:
        keys.sort()
    path = tmp_path / "rows.parquet"
    write(path, keys, rng.randrange(1, 9), sorted_words=bool(seed % 3))
    for key in ["", "A", "a", "Ä", "B-2", "B-10", "\U0001f600", "ﬀ", "none", "never used"]:
        rows = read_entity_rows(path, key, ["n", "absent"])
        assert rows.to_pydict() == {"n": [n for n, own in enumerate(keys) if own == key]}


def test_a_footer_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.parquet"
    write(path, ["A", "B"])
    let_age(monkeypatch)
    reads, memory = count_reads(monkeypatch), FooterMemory(2)
    first = memory.read(path)
    assert memory.read(path) is first
    assert reads == [path]


def test_a_file_written_a_moment_ago_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.parquet"
    write(path, ["A", "B"])
    reads, memory = count_reads(monkeypatch), FooterMemory(2)
    memory.read(path)
    memory.read(path)
    assert len(reads) == 2


def test_a_new_file_under_the_same_name_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "rows.parquet", tmp_path / "draft"
    write(path, ["A", "B"])
    let_age(monkeypatch)
    memory = FooterMemory(2)
    assert memory.index(path).groups_of("C") == []
    before = path.stat()
    write(other, ["A", "C"])
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert other.stat().st_size == before.st_size
    other.replace(path)
    assert memory.index(path).groups_of("C") == [0]


def test_only_the_last_footers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{n}.parquet" for n in range(3)]
    for path in paths:
        write(path, ["A"])
    let_age(monkeypatch)
    reads, memory = count_reads(monkeypatch), FooterMemory(2)
    for path in (*paths, paths[2], paths[1], paths[0]):
        memory.read(path)
    assert reads == [*paths, paths[0]]


def test_what_is_in_a_file_stays_known_without_its_footer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{n}.parquet" for n in range(3)]
    for path in paths:
        write(path, ["A"])
    let_age(monkeypatch)
    reads, memory = count_reads(monkeypatch), FooterMemory(1)
    for path in (*paths, *paths):
        assert memory.index(path).groups_of("A") == [0]
    assert reads == paths


def test_a_file_without_entities_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": [1]}), tmp_path / "rows.parquet")
    with pytest.raises(KeyError):
        read_entity_rows(tmp_path / "rows.parquet", "A", ["n"])


def test_without_bounds_every_row_group_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(
        pa.table({"entity": ["B", "A", "B"], "n": [0, 1, 2]}),
        path,
        row_group_size=1,
        write_statistics=False,
    )
    assert read_entity_rows(path, "B", ["n"])["n"].to_pylist() == [0, 2]
